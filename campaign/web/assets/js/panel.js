// The judging panel: one photo at a time by touch or by key, saved behind the judge's back, and honest when it was not.
// Without this script each ballot is a plain form.
import { Refusal, ask, mayPass } from "./api.js";
import { hang, preload } from "./easel.js";
import { back, cast, current, empty, later, merge, restore, undo } from "./stack.js";
import { transfer } from "./transfer.js";

const AHEAD = 5;
const MOST = 20;
const SAVE_PATIENCE_MS = 10_000;

const panel = document.querySelector("[data-panel]");
const easel = document.querySelector("[data-easel]");
const part = (name) => document.querySelector(`[data-part="${name}"]`);
const keys = document.querySelector("[data-keys]");
let stack = empty;
let saves = Promise.resolve();
let waiting = 0;
let fetching = false;

if (panel && easel) void begin();

async function begin() {
  listenForKeys();
  for (const button of document.querySelectorAll("[data-open-keys]")) {
    button.hidden = false;
    button.addEventListener("click", () => keys.showModal());
  }
  await fetchMore();
  if (!current(stack)) return;
  const shown = stack.queue.findIndex(({ id }) => id === easel.dataset.assignment);
  if (shown > 0) stack = { ...stack, queue: [stack.queue[shown], ...stack.queue.filter((_, i) => i !== shown)] };
  if (shown < 0) show(0);
  for (const name of ["later", "back"]) part(name).hidden = false;
  part("later").addEventListener("click", () => putAside());
  part("back").addEventListener("click", () => layBack());
  part("ballot").addEventListener("submit", (event) => { event.preventDefault(); give(Number(event.submitter.value)); });
  document.addEventListener("submit", (event) => { if (event.target.matches("[data-undo]")) { event.preventDefault(); takeBack(); } });
  window.addEventListener("beforeunload", (event) => { if (waiting) event.preventDefault(); });
  listenForSwipes();
  update();
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

function give(stars) {
  const top = current(stack);
  if (!top) return;
  stack = cast(stack, stars);
  save(top, stars, () => ask("PUT", `/api/v1/assignments/${top.id}/ballot`, { stars }));
  announce(`${stars} given.`);
  void turn(1);
}

function putAside() {
  const judged = current(stack)?.stars;
  if (!judged && stack.queue.length === 1) return tell("This is the only one left.");
  stack = later(stack);
  announce(judged ? "" : "Put aside for later.");
  void turn(-1);
}

function layBack() {
  if (stack.past.length === 0) return tell("This is the first one of this sitting.");
  stack = back(stack);
  announce(`You gave this one ${current(stack).stars}.`);
  show(0);
}

function takeBack() {
  const given = current(stack)?.stars ?? stack.past.at(-1)?.stars;
  const { stack: before, undone } = undo(stack);
  if (!undone) return earlier();
  stack = before;
  save({ id: undone, stars: given }, null, () => ask("DELETE", `/api/v1/assignments/${undone}/ballot`));
  announce("Taken back.");
  show(0);
}

/** What was judged before this page opened is undone by the plain form. */
function earlier() {
  const form = document.querySelector("[data-undo]");
  if (form.getAttribute("action")) form.submit();
  else tell("Nothing to take back yet.");
}

/** One save after another, in the order the judge meant them. */
function save(assignment, stars, act) {
  waiting += 1;
  saves = saves.then(async () => {
    try {
      const { progress } = await transfer({ sign: act, put: (answer) => answer, mayPass, patience: SAVE_PATIENCE_MS });
      if (waiting === 1 && progress) stack = { ...stack, ...progress };
    } catch (problem) {
      stack = restore(stack, assignment.id, assignment.stars ?? null);
      const why = problem instanceof Refusal ? problem.message : "The network did not carry it.";
      tell(`${stars ? `Your ${stars}` : "Taking it back"} was not saved. ${why} The photo is here again.`);
      show(0);
    }
    waiting -= 1;
    update();
  });
}

async function turn(way) {
  if (stack.queue.length < AHEAD - 1) await (stack.queue.length ? void fetchMore() : fetchMore());
  if (current(stack)) return show(way);
  await saves;
  if (!current(stack)) location.reload();
}

function show(way) {
  const top = current(stack);
  if (!top) return;
  hang(easel, top, way);
  preload(stack.queue.slice(1));
  if (way) tell("");
  update();
}

function update() {
  const stars = current(stack)?.stars;
  for (const button of part("ballot").querySelectorAll("button")) button.setAttribute("aria-pressed", String(Number(button.value) === stars));
  part("bar").max = stack.total || 1;
  part("bar").value = stack.done;
  part("count").textContent = `${stack.done} of ${stack.total} yours`;
  part("back").disabled = stack.past.length === 0;
  part("undo").disabled = !stars && stack.past.length === 0 && !document.querySelector("[data-undo]").getAttribute("action");
}

const tell = (words) => { part("tell").textContent = words; };
const announce = (words) => {
  const next = current(stack)?.submissions[0];
  part("live").textContent = `${words} ${next ? `${next.caption}. ${next.place}.` : ""} ${stack.done} of ${stack.total}.`;
};

function listenForKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.repeat || event.altKey || event.ctrlKey || event.metaKey || keys.open) return;
    if (/^[1-5]$/.test(event.key)) part("ballot").querySelector(`[value="${event.key}"]`).click();
    else if (event.key === "ArrowRight") part("later").click();
    else if (event.key === "ArrowLeft") part("back").click();
    else if (event.key === "u") part("undo").click();
    else if (event.key === "?") keys.showModal();
    else return;
    event.preventDefault();
  });
}

function listenForSwipes() {
  let from;
  easel.addEventListener("touchstart", ({ touches }) => { from = touches.length === 1 ? touches[0] : null; }, { passive: true });
  easel.addEventListener("touchend", ({ changedTouches }) => {
    if (!from) return;
    const across = changedTouches[0].clientX - from.clientX;
    const down = changedTouches[0].clientY - from.clientY;
    from = null;
    if (Math.abs(across) < 60 || Math.abs(across) < 2 * Math.abs(down)) return;
    part(across < 0 ? "later" : "back").click();
  }, { passive: true });
}
