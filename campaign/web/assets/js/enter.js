// Sending photos: choose, say what they show, send, know. Without this script the same form posts them by itself.
import "./stage.js";
import { Refusal, ask } from "./api.js";
import { Card } from "./card.js";
import { draftsIn, nameOf } from "./drafts.js";
import { typeOf, whyNot } from "./photo_file.js";
import { queue } from "./queue.js";
import { bring, explain, follow, newJob, settle } from "./sending.js";
import { putBytes, wait } from "./transfer.js";

const form = document.querySelector("[data-enter]");
const after = document.querySelector("[data-after]");
const part = (name) => document.querySelector(`[data-part="${name}"]`);
const drafts = draftsIn(() => localStorage, `flaunt:${form.dataset.draft}`);
const twoAtATime = queue(2);
const left = Number(form.dataset.left);
let made = 1;
let cards = [ready(new Card(form.querySelector("[data-card]")))];

// What the server sent back stands; otherwise what was typed here before.
if (!cards[0].words.caption && !cards[0].words.place) cards[0].words = drafts.words("");

for (const input of [form.elements.camera, form.elements.photo]) {
  const take = () => {
    add([...input.files]);
    input.value = "";
  };
  input.addEventListener("change", take);
  if (input.files.length > 0) queueMicrotask(take); // chosen before this script came, on a slow network
}

function ready(card) {
  card.onInput = () => drafts.keep(nameOf(card.file), card.words);
  card.onLeave = () => leaveOut(card);
  card.onChange = (name) => spread(card, name);
  return card;
}

/** Photos that were chosen get a card each, up to the entries left; what cannot be hung is told at once. */
function add(files) {
  const told = [];
  const good = files.filter((file) => {
    const why = whyNot(file, Number(form.dataset.most));
    if (why) told.push(files.length > 1 ? `${file.name}: ${why}` : why);
    return !why;
  });
  if (left === 1 && good.length === 1) cards[0].hold(undefined); // the one there is takes the other's place
  const room = left - cards.filter((card) => card.file).length;
  if (good.length > room) told.push(room === 0 ? "That is all you can send here. Leave one out to take another." : `You can send ${room} more here, so we left out ${good.slice(room).map((file) => file.name).join(", ")}.`);
  const held = good.slice(0, room).map(hang);
  say("photo", told.join(" "));
  count();
  if (told.length === 0) held[0]?.element.scrollIntoView({ block: "nearest" });
}

function hang(file) {
  const card = cards.find((one) => !one.file) ?? anew();
  const typed = card.words;
  card.hold(file);
  const kept = drafts.words(nameOf(file));
  card.words = kept.caption || !typed.caption ? { ...kept, caption: kept.caption || typed.caption } : typed;
  card.words = { ...toldOnce(), ...written(card.words) };
  drafts.forget("");
  drafts.keep(nameOf(file), card.words);
  return card;
}

function anew() {
  const card = ready(cards[0].another(++made));
  cards.push(card);
  return card;
}

const written = (words) => Object.fromEntries(Object.entries(words).filter(([, word]) => word));

/** The place and the category that some photo has already: they serve whichever is added later, too. */
function toldOnce() {
  const { caption, ...shared } = Object.assign({}, ...cards.map((card) => written(card.words)).reverse());
  return shared;
}

/** A place or a category told once serves the photos of which none was told. */
function spread(card, name) {
  if (name === "caption") return;
  for (const one of cards) {
    if (one.words[name]) continue;
    one.words = { ...one.words, [name]: card.words[name] };
    one.onInput();
  }
}

function leaveOut(card) {
  const begun = part("finish").hidden;
  drafts.forget(nameOf(card.file));
  if (cards.length === 1 && begun) return location.reload();
  if (cards.length === 1) card.hold(undefined);
  else card.element.remove();
  cards = cards.filter((one) => one.element.isConnected);
  if (begun) finished();
  else form.elements.photo.focus();
  count();
}

/** How many there are, in the words of the page. */
function count() {
  const chosen = cards.filter((card) => card.file).length;
  part("send").textContent = chosen > 1 ? `Send my ${chosen} photos` : "Send my photo";
  for (const [number, card] of cards.entries()) {
    card.part("legend").textContent = cards.length > 1 ? `About photo ${number + 1} of ${cards.length}` : "About your photo";
    card.part("picture").alt = cards.length > 1 ? `The photo you chose, ${number + 1} of ${cards.length}` : "The photo you chose";
    if (card.element.dataset.phase === "words") card.offer("", card.file && !part("finish").hidden ? "Leave this one out" : "");
  }
}

function say(name, words) {
  const line = form.querySelector(`[data-mend="${name}"]`);
  line.textContent = words;
  line.hidden = !words;
  if (words && name === "photo") form.elements.photo.focus();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!cards.some((card) => card.file)) return say("photo", "Choose a photo first, or take one.");
  say("form", "");
  for (const name of ["[data-pick]", "[data-part=finish]"]) form.querySelector(name).hidden = true;
  document.querySelector("[data-next-steps]").hidden = true;
  window.addEventListener("beforeunload", warn);
  for (const card of cards) send(card);
  cards[0].focus();
  scrollTo({ top: 0 });
});

/** One photo from here to “it reached us”, waiting for its turn. */
async function send(card) {
  card.hush();
  card.phase("sending");
  card.tell("Waiting for its turn", "Two photos travel at a time; this one is next. Keep this page open.", 0);
  card.job ??= newJob(form.dataset.api, claim(card), card.file);
  const tell = (...said) => card.tell(...said);
  const put = (upload, onProgress) => putBytes(upload, card.file, { onProgress });
  try {
    const id = await twoAtATime(() => bring(card.job, { ask, put, tell }));
    arrived(card, id);
  } catch (problem) {
    stopped(card, problem);
  }
  finished();
}

function claim({ words, file }) {
  return { ...words, rules_version: Number(form.elements.rules_version.value), photo: { filename: file.name, content_type: typeOf(file), bytes: file.size } };
}

async function arrived(card, id) {
  drafts.forget(nameOf(card.file));
  card.phase("there");
  card.tell("Your photo reached us", "We are making it ready to hang. You can stay and watch, or leave: it is safe with us.");
  const now = await follow(() => ask("GET", `/api/v1/me/submissions/${id}`), { sleep: wait });
  if (now?.state !== "rejected") return card.tell("Your photo reached us", "A person from the show looks at it next, usually within a day. “My photos” always knows where it is.");
  card.phase("refused");
  card.part("bar").hidden = true;
  card.tell(now.words.title, `${now.words.sentence} ${now.words.next_step}`);
  drafts.keep("", card.words); // for the photo that takes its place
  card.onAgain = () => location.reload();
  card.offer("Choose another photo");
  finished();
}

/** Honest about what stopped it; the chosen photo and the words stay. */
function stopped(card, problem) {
  settle(card.job, problem);
  const named = problem instanceof Refusal && problem.status === 422 ? Object.entries(problem.fields) : [];
  const other = named.filter(([name, words]) => !card.say(name, [words].flat().join(" "))).map(([, words]) => [words].flat().join(" "));
  const { again, title, words } = explain(problem);
  card.onAgain = problem.code === "rules_changed" ? () => location.reload() : () => send(card);
  card.phase(named.length > other.length ? "words" : "stopped");
  card.part("bar").hidden = true;
  if (named.length > 0) card.job = undefined;
  card.tell(title, other.join(" ") || words);
  card.offer(again, cards.length > 1 ? "Leave this one out" : "");
  card.focus();
}

/** Once nothing travels any more: what became of them all, and where to go from here. */
function finished() {
  const phases = cards.map((card) => card.element.dataset.phase);
  if (phases.includes("sending")) return;
  window.removeEventListener("beforeunload", warn);
  const there = phases.filter((phase) => phase === "there").length;
  after.hidden = there === 0;
  part("sum").textContent = cards.length === 1 ? "Thank you" : there === cards.length ? `All ${there} photos reached us` : `${there} of ${cards.length} photos reached us`;
  part("more").hidden = left <= there;
}

const warn = (event) => event.preventDefault();
