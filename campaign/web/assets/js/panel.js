// The judging panel: one photo at a time by touch or by key, saved behind the judge's back, and honest when it was not.
// Without this script each ballot is a plain form.
import { Refusal, ask, newKey } from "./api.js";
import { ballot, sent, spoken } from "./ballot.js";
import { drawn, hang, largest, preload } from "./easel.js";
import { loupe } from "./loupe.js";
import { keysFor, listen, swipesFor } from "./panel_keys.js";
import { back, cast, current, empty, merge, restore, skip, undo, wasAside } from "./stack.js";
import { swipes } from "./swipes.js";
import { tellReaderTimes } from "./times.js";
import { persevere } from "./upload/patience.js";

const AHEAD = 5;
const MOST = 20;
const SAVE_PATIENCE_MS = 10_000;

const panel = document.querySelector("[data-panel]");
const easel = document.querySelector("[data-easel]");
const part = (name) => document.querySelector(`[data-part="${name}"]`);
const keys = document.querySelector("[data-keys]");
const NOT_HERE = {
  waiting: "One moment: the photo is still on its way to you.",
  missing: "This photo did not arrive, so it cannot be judged just now. Skip it, and it comes back later.",
};
let stack = empty;
let saves = Promise.resolve();
let waiting = 0;
let fetching = false;
let form;
let glass;

tellReaderTimes(document);
if (panel && easel) void begin();

async function begin() {
  for (const button of document.querySelectorAll("[data-open-keys]")) {
    button.hidden = false;
    button.addEventListener("click", () => keys.showModal());
  }
  form = ballot(part("ballot"), { say: give, tell });
  glass = loupe(document.querySelector("[data-loupe]"), onTop);
  listen(keysFor(panel.dataset.method), { act, ballot: form, glass, dialog: keys });
  part("zoom").addEventListener("click", (event) => { event.preventDefault(); if (current(stack)) glass.toggle(); });
  easel.dataset.state = "waiting";
  await fetchMore();
  if (!current(stack)) return;
  const shown = stack.queue.findIndex(({ id }) => id === easel.dataset.assignment);
  if (shown > 0) stack = { ...stack, queue: [stack.queue[shown], ...stack.queue.filter((_, i) => i !== shown)] };
  if (shown < 0) show(0);
  else void watch();
  part("back").hidden = false;
  part("back").addEventListener("click", layBack);
  part("unzoom").addEventListener("click", () => glass.close());
  onSubmit("[data-part=skipping]", putAside);
  onSubmit("[data-undo]", takeBack);
  window.addEventListener("beforeunload", (event) => { if (waiting) event.preventDefault(); });
  swipes(easel, swipesFor(panel.dataset.method), act);
  update();
}

function onSubmit(selector, then) {
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(selector)) return;
    event.preventDefault();
    then();
  });
}

async function fetchMore() {
  if (fetching) return;
  fetching = true;
  try {
    const { data, progress } = await ask("GET", `${panel.dataset.next}?limit=${Math.min(AHEAD + stack.queue.length, MOST)}`);
    stack = merge(stack, data, waiting ? {} : progress);
    preload(stack.queue.slice(1));
  } catch (problem) {
    if (stack.queue.length < 2) tell(problem instanceof Refusal ? problem.message : "The next photos are slow to arrive. Your ballots are safe.");
  }
  fetching = false;
}

/** Nothing is judged that was not seen: words count from the moment the photo is drawn. */
async function watch() {
  easel.dataset.state = "waiting";
  const image = easel.querySelector("[data-hang] img");
  const isHere = () => easel.querySelector("[data-hang] img") === image;
  try {
    await drawn(easel);
    if (isHere()) easel.dataset.state = "here";
  } catch {
    if (isHere()) { easel.dataset.state = "missing"; tell(NOT_HERE.missing); }
  }
}

function give(word) {
  const top = current(stack);
  if (!top || easel.dataset.state !== "here") return tell(NOT_HERE[easel.dataset.state]);
  stack = cast(stack, word);
  save(top, `Your ${spoken(word)}`, () => ask("PUT", `/api/v1/assignments/${top.id}/ballot`, sent(word)));
  announce(`${spoken(word)} given.`);
  void turn(word === "no" ? -1 : 1);
}

function putAside() {
  const top = current(stack);
  if (!top) return;
  if (!top.word && stack.queue.length === 1 && stack.total - stack.done <= 1) return tell("This is the only one left. Skipping is no vote: it waits here until you come back.");
  stack = skip(stack);
  const key = newKey();
  if (!top.word) save(top, "Putting it aside", () => ask("POST", `/api/v1/assignments/${top.id}/skip`, undefined, { key }));
  announce(top.word ? "" : "Put aside for later, no vote.");
  void turn(-1, top.word ? "" : "Put aside, no vote: it comes back after the others.");
}

function layBack() {
  if (stack.past.length === 0) return tell("This is the first one of this sitting.");
  stack = back(stack);
  tell("");
  const { word } = current(stack);
  announce(word ? `You gave this one ${spoken(word)}.` : "You put this one aside.");
  show(0);
}

function takeBack() {
  if (wasAside(stack) && !current(stack)?.word) return layBack();
  const { stack: before, undone } = undo(stack);
  if (!undone) return earlier();
  const held = [...stack.queue, ...stack.past].find(({ id }) => id === undone);
  stack = before;
  tell("");
  save(held, "Taking it back", () => ask("DELETE", `/api/v1/assignments/${undone}/ballot`));
  announce("Taken back.");
  show(0);
}

/** What was judged before this page opened is undone by the plain form. */
function earlier() {
  const before = document.querySelector("[data-undo]");
  if (before.getAttribute("action")) before.submit();
  else tell("Nothing to take back yet.");
}

/** One save after another, in the order the judge meant them. */
function save(assignment, what, act) {
  waiting += 1;
  saves = saves.then(async () => {
    try {
      const { progress } = await persevere(act, { patience: SAVE_PATIENCE_MS });
      if (waiting === 1 && progress) stack = { ...stack, ...progress };
    } catch (problem) {
      stack = restore(stack, assignment.id, assignment.word ?? null);
      const why = problem instanceof Refusal ? problem.message : "The network did not carry it.";
      tell(`${what} was not saved. ${why} The photo is here again.`);
      show(0);
    }
    waiting -= 1;
    update();
  });
}

async function turn(way, words = "") {
  glass.close();
  if (stack.queue.length < AHEAD - 1) {
    // After what was said is saved: else a photo just put aside would come back at once.
    const more = saves.then(fetchMore);
    if (!stack.queue.length) await more;
  }
  if (current(stack)) { show(way); if (words) tell(words); return; }
  await saves;
  if (!current(stack)) location.reload();
}

function show(way) {
  const top = current(stack);
  if (!top) return;
  hang(easel, top, way);
  form.show(top.word);
  void watch();
  preload(stack.queue.slice(1));
  part("zoom").href = largest(top.submissions[0])?.url ?? "";
  if (way) tell("");
  update();
}

function update() {
  const top = current(stack);
  part("aside").hidden = !top?.skipped;
  part("bar").max = stack.total || 1;
  part("bar").value = stack.done;
  part("count").textContent = `${stack.done} of ${stack.total} yours`;
  part("back").disabled = stack.past.length === 0;
  part("undo").disabled = !top?.word && stack.past.length === 0 && !document.querySelector("[data-undo]").getAttribute("action");
}

function onTop() {
  const photo = current(stack).submissions[0];
  return { ...largest(photo), alt: photo.caption };
}

function tell(words) {
  part("tell").textContent = words;
}

function announce(words) {
  const next = current(stack)?.submissions[0];
  part("live").textContent = `${words} ${next ? `${next.caption}. ${next.place}.` : ""} ${stack.done} of ${stack.total}.`;
}

function act(name) {
  const button = part(name);
  if (!button) return form.press(name);
  if (!button.hidden && !button.disabled) button.click();
  return true;
}
