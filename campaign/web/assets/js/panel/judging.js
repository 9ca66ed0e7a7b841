// The judge's desk: what lies on top, what is said about it, and what comes next. Words are kept on this device the moment
// they are said and sent behind the judge's back; without this script each of them is a plain form.
import { ask } from "../api.js";
import { drawn } from "./easel.js";
import { ahead, held } from "./outbox.js";
import { forget, preload } from "./pictures.js";
import { sender } from "./sending.js";
import { isRestDue, judgedOne, remember, remembered, restWords } from "./sitting.js";
import { back, cast, current, empty, merge, restore, skip, stepAside, undo, wasAside } from "./stack.js";
import { moreWords } from "./view.js";
import { nameOf, spoken } from "./words.js";

/** How many lie here at most, and how few are few: enough for a minute without a network. Pairs and lists are chosen late. */
const AHEAD = { stars: [20, 15], shortlist: [20, 15], duel: [4, 3], ranking: [4, 3] };
const RETRY_MS = 5000;
/** Where few are left they come one by one: what was said last is on its way, and its answer brings the next. */
const ON_ITS_WAY_MS = 1000;
const NOT_HERE = {
  waiting: "One moment: the photo is still on its way to you.",
  missing: "This photo did not arrive, so it cannot be judged just now. Skip it, and it comes back later.",
};

/** The judging on this page; `view` shows it (view.js). Returns what buttons, keys and swipes call. */
export async function judging(root, view) {
  const { round, next, method } = root.dataset;
  const [most, few] = AHEAD[method];
  const easel = root.querySelector("[data-easel]");
  let stack = empty;
  let fetching = null;
  let known = Infinity;
  let sitting = remembered(sessionStorage);
  const post = await sender(root, { onSent, onLost });
  const { tell, announce } = view;
  const isBack = (way) => (way === "back" ? 0 : way);

  /** Fetch what comes next. Progress is taken over only where nothing is under way that it may or may not know of. */
  function fetchMore() {
    return (fetching ??= (async () => {
      const before = await post.waiting();
      const { data, progress } = await ask("GET", `${next}?limit=${most}`);
      const after = await post.waiting();
      stack = merge(stack, data, before.length || after.length ? {} : progress, held(after));
      prepare();
    })().finally(() => { fetching = null; }));
  }

  const prepare = () => preload(stack.queue.slice(1)).then((ready) => { root.dataset.ready = String(ready); });

  /** Nothing is judged that was not seen: words count from the moment everything on the easel is drawn. */
  async function watch() {
    easel.dataset.state = "waiting";
    const top = current(stack);
    try {
      await drawn(easel);
      if (current(stack) !== top) return;
      easel.dataset.state = "here";
      view.untell(NOT_HERE.waiting);
    } catch {
      if (current(stack) !== top) return;
      easel.dataset.state = "missing";
      forget(top.submissions);
      tell(NOT_HERE.missing);
    }
  }

  function send(kind, top, more) {
    void post.put({ kind, round, assignment: top.id, before: top.word, counts: 0, name: nameOf(top.submissions[0]), ...more });
  }

  function give(word) {
    const top = current(stack);
    if (!top || easel.dataset.state !== "here") return tell(NOT_HERE[easel.dataset.state] ?? "");
    stack = cast(stack, word);
    send("cast", top, { word, counts: top.word ? 0 : 1 });
    sit();
    announceNext(`${spoken(word, top.submissions)} given.`);
    void turn(word.vote === "no" || word.winner === top.submissions[0].id ? -1 : 1);
  }

  function sit() {
    sitting = judgedOne(sitting, Date.now());
    remember(sessionStorage, sitting);
    post.line.hide("welcome");
    if (isRestDue(sitting)) post.line.show("rest", restWords(sitting));
    else if (sitting.judged % 10 === 3) post.line.hide("rest");
  }

  function putAside() {
    const top = current(stack);
    if (!top) return;
    if (!top.word && stack.queue.length === 1 && stack.total - stack.done <= 1) return tell("This is the only one left. Skipping is no vote: it waits here until you come back.");
    stack = skip(stack);
    if (!top.word) send("skip", top);
    announceNext(top.word ? "" : "Put aside for later, no vote.");
    void turn(-1, top.word ? "" : "Put aside, no vote: it comes back after the others.");
  }

  function recuse(reason) {
    const top = current(stack);
    if (!top) return;
    stack = stepAside(stack);
    send("recuse", top, { reason, counts: top.word ? -1 : 0 });
    announceNext("Somebody else judges it.");
    void turn(-1, "Thank you for saying so. Somebody else judges it, and it does not come back to you.");
  }

  function layBack() {
    if (stack.past.length === 0) return tell("This is the first one of this sitting.");
    stack = back(stack);
    const top = current(stack);
    announceNext(top.word ? `You gave this one ${spoken(top.word, top.submissions)}.` : "You put this one aside.");
    show("back");
  }

  function takeBack() {
    if (wasAside(stack) && !current(stack)?.word) return layBack();
    const { stack: before, undone } = undo(stack);
    if (!undone) return view.earlier() || tell("Nothing to take back yet.");
    stack = before;
    send("undo", undone, { counts: -1 });
    announceNext("Taken back.");
    show("back");
  }

  function onSent(entry, { progress } = {}, list) {
    if (entry.round !== round || !progress) return;
    stack = { ...stack, ...progress, done: progress.done + ahead(list, round) };
    if (!current(stack)) void turn(0);
    else {
      update();
      if (stack.queue.length < few) fetchMore().catch(() => {});
    }
  }

  /** What was not taken comes back as it was; a round that is over is told at the panel's front door, which knows what was lost. */
  function onLost(lost) {
    const here = lost.filter((one) => one.round === round);
    if (here.some(({ code }) => code?.startsWith("round_"))) return location.assign(root.dataset.home);
    for (const one of here.filter(({ assignment }) => assignment)) stack = restore(stack, one.assignment, one.before ?? null);
    if (here.length) show(0);
  }

  async function turn(way, words = "") {
    view.leave();
    if (!current(stack)) await fetchMore().catch(() => {});
    else if (stack.queue.length < few) fetchMore().catch(() => {});
    if (current(stack)) { show(way); return words && tell(words); }
    update();
    if ((await post.waiting()).length || !navigator.onLine) return dry();
    await ask("GET", `${next}?limit=1`).then(() => location.reload(), dry);
  }

  /** Everything on this device is judged, and nothing more arrives: wait, and say so. */
  function dry() {
    setTimeout(() => { if (!current(stack)) view.dry(true); }, navigator.onLine ? ON_ITS_WAY_MS : 0);
    setTimeout(() => { if (!current(stack)) void turn(0); }, RETRY_MS);
  }

  function show(way) {
    const top = current(stack);
    if (!top) return;
    view.dry(false);
    view.show(top, isBack(way));
    void watch();
    void prepare();
    tell("");
    update();
  }

  /** What came to this judge since they sat down, from those who are behind, is told: a total that grows unexplained looks like a mistake. */
  function update() {
    view.update(stack);
    if (stack.total > known && current(stack)) tell(moreWords(stack.total - known));
    if (known !== Infinity) known = stack.total;
  }

  const announceNext = (words) => announce(words, current(stack), stack);

  /** What the page itself shows is on top already; what waits to be sent is not asked again. */
  async function begin() {
    const laid = JSON.parse(root.dataset.laid || "null");
    const list = await post.waiting();
    const progress = JSON.parse(root.dataset.progress);
    stack = { ...stack, ...progress, done: progress.done + ahead(list, round) };
    if (laid) stack = merge(stack, [laid], {}, held(list));
    if (current(stack)) show(0);
    await fetchMore().catch(() => { if (current(stack)) tell("The next photos are slow to arrive. Your ballots are safe."); });
    if (!current(stack)) return turn(0);
    if (!laid || stack.queue[0].id !== laid.id) show(0);
    update();
    known = stack.total;
  }

  return { begin, give, putAside, recuse, layBack, takeBack, top: () => current(stack), post };
}
