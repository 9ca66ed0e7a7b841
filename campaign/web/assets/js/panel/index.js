// Putting the panel's page together: the ballot of the round's method, the loupe, keys, fingers and dialogs.
import { ballot } from "./ballot.js";
import { gestures } from "./gestures.js";
import { judging } from "./judging.js";
import { keysFor, listen, swipesFor } from "./keys.js";
import { rankingList } from "./list.js";
import { loupe } from "./loupe.js";
import { marks } from "./marks.js";
import { FEWEST, ranked, rankingIn } from "./order.js";
import { largest } from "./pictures.js";
import { viewOf } from "./view.js";
import { nameOf } from "./words.js";

/** Begin to judge on this page. */
export async function panel(root) {
  const { method, round } = root.dataset;
  const part = (name) => document.querySelector(`[data-part="${name}"]`);
  const region = document.querySelector("[data-loupe]");
  const easel = root.querySelector("[data-easel]");
  let judge, view, starred, looking;

  const underGlass = () => (method === "ranking" ? [looking] : judge.top().submissions);
  const glass = loupe(region, () => underGlass().map((photo) => ({ ...largest(photo), alt: nameOf(photo) })));
  const look = (photo, isTrue = false) => {
    looking = photo;
    region.dataset.photo = photo.id;
    region.querySelector("[data-named]").textContent = method === "duel" ? "" : nameOf(photo);
    glass.open({ true: isTrue });
    starred.draw(photo.id);
  };
  const list = method === "ranking" ? rankingList(easel, { say: (words) => view.say(words), look, changed: (order) => { showGiven(part("give"), order); view.tell(""); } }) : null;
  const form = list ? orderForm(part("ballot"), list, { say: (word) => judge.give(word), tell: (words) => view.tell(words) })
    : ballot(part("ballot"), { say: (word) => judge.give(word), tell: (words) => view.tell(words) });

  view = viewOf(root, { form, list, glass, marks: () => starred });
  judge = await judging(root, view);
  starred = marks(root, { put: judge.post.put, round, tell: view.tell, announce: view.say });

  function zoom() {
    if (glass.isOpen()) return glass.close();
    const photo = method === "ranking" ? list.focused() : judge.top()?.submissions[0];
    if (photo) look(photo, true);
    else view.tell("Press a photo’s picture, and it is shown large.");
  }

  /** The photo that f, n, g and m mean: the one under the loupe, the one in hand, else the first or the second that hangs. */
  const meant = (at) => (method === "ranking" ? (glass.isOpen() ? looking : list.focused()) : judge.top()?.submissions[at]);
  const PRESSED = {
    zoom, keys: () => document.querySelector("[data-keys]").showModal(), know: askWhose,
    favourite: () => withPhoto(0, starred.toggle), "favourite-2": () => withPhoto(1, starred.toggle),
    note: () => withPhoto(0, starred.write), "note-2": () => withPhoto(1, starred.write),
  };

  function withPhoto(at, then) {
    const photo = meant(at);
    if (photo) then(photo.id);
    else view.tell("Choose a photo of the list first.");
  }

  function act(name) {
    if (PRESSED[name]) PRESSED[name]();
    else if (part(name)) { if (!part(name).hidden && !part(name).disabled) part(name).click(); }
    else return form.press(name);
    return true;
  }

  const whose = document.querySelector("[data-whose]");
  function askWhose() {
    if (!judge.top()) return;
    whose.querySelector("textarea").value = "";
    document.querySelector(".more[open]")?.removeAttribute("open");
    whose.showModal();
  }

  whose.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter?.value === "yes") judge.recuse(whose.querySelector("textarea").value.trim());
    whose.close();
  });
  onClick("[data-part=know]", askWhose);
  onClick("[data-part=zoom]", zoom);
  onClick("[data-part=back]", () => judge.layBack());
  onClick("[data-open-keys]", PRESSED.keys);
  onSubmit("[data-part=skipping]", () => judge.putAside());
  onSubmit("[data-undo]", () => judge.takeBack());
  document.addEventListener("click", ({ target }) => { if (!target.closest(".more")) document.querySelector(".more[open]")?.removeAttribute("open"); });
  document.addEventListener("keydown", ({ key }) => { if (key === "Escape") shutMenu(); });
  listen(keysFor(method), { act, ballot: form, glass });
  gestures({ easel: list ? null : easel, region, glass, swiped: (way) => { const name = swipesFor(method)[way]; if (name) act(name); } });
  root.dataset.script = "on";
  await judge.begin();
}

/** The menu closes, and the focus stays where it was opened. */
function shutMenu() {
  const menu = document.querySelector(".more[open]");
  if (!menu) return;
  menu.removeAttribute("open");
  menu.querySelector("summary").focus();
}

function onClick(selector, then) {
  document.addEventListener("click", (event) => {
    if (!event.target.closest(selector)) return;
    event.preventDefault();
    then();
  });
}

function onSubmit(selector, then) {
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(selector)) return;
    event.preventDefault();
    then();
  });
}

/** A ranking's ballot: the order of the list, once two photos have a place. */
function orderForm(form, list, { say, tell }) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (ranked(list.order()) < FEWEST) tell("Give at least two photos a place.");
    else say(rankingIn(list.order()));
  });
  const press = (key) => {
    if (key !== "g" && key !== "Enter") return false;
    form.requestSubmit(form.querySelector("[data-part=give]"));
    return true;
  };
  return { show() {}, press };
}

function showGiven(button, order) {
  const all = order.rest.length + ranked(order);
  button.querySelector("[data-words]").textContent = `Give this order: ${ranked(order)} of ${all} ranked`;
}
