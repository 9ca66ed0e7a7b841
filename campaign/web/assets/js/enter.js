// Sending photos: choose, say what they show, send, know. Without this script the same form posts them by itself.
import "./stage.js";
import { ask } from "./api.js";
import { Deck } from "./deck.js";
import { dispatcher } from "./dispatch.js";
import { isOurs, makeOffer, offered } from "./offer.js";
import { isSame, typeOf, whyNot } from "./photo_file.js";
import { newPhoto, uploader } from "./upload/index.js";

const form = document.querySelector("[data-enter]");
const after = document.querySelector("[data-after]");
const nextSteps = document.querySelector("[data-next-steps]");
const part = (name) => document.querySelector(`[data-part="${name}"]`);
const rulesVersion = Number(form.elements.rules_version.value);
const left = Number(form.dataset.left);
/** The note of no photo: words typed before one was chosen, or the place and the category used last. */
const LOOSE = "";
const way = uploader({ person: form.dataset.person, api: form.dataset.api, ask });
const send = dispatcher({ way, stake, onArrived: keepPlace, onRefused: keepWords, onRest: rest });
const deck = new Deck(form.querySelector("[data-card]"), { onInput: keep, onLeave: leaveOut });
let kept = [];
let resumed = 0; // photos whose entries were taken before this page came

begin();

async function begin() {
  const all = await way.photos();
  const { first } = deck;
  const loose = all.find(({ id }) => id === LOOSE)?.words;
  // What the server sent back stands; otherwise what was typed here before.
  if (loose && !first.words.caption && !first.words.place) first.words = loose;
  const ours = await Promise.all(all.map((photo) => photo.file && isOurs(photo)));
  kept = all.filter((_, number) => ours[number]);
  for (const input of [form.elements.camera, form.elements.photo]) mind(input);
  const offer = offered(kept, rulesVersion);
  const mayGoOn = offer.begun || left > 0;
  if (offer.photos.length > 0 && mayGoOn && !first.photo) await comeBack(offer);
}

function mind(input) {
  const take = () => {
    add([...input.files]);
    input.value = "";
  };
  input.addEventListener("change", take);
  if (input.files.length > 0) take(); // chosen before this script came, on a slow network
}

/** “You were sending 2 photos”: the rest of the page waits for the answer. */
async function comeBack(offer) {
  const section = document.querySelector("[data-offer]");
  form.hidden = nextSteps.hidden = true;
  document.querySelector("[data-waiting]")?.remove();
  const goOn = await makeOffer(section, offer);
  if (!goOn) await Promise.all(offer.photos.map(way.leave));
  if (!goOn && offer.begun) return location.reload(); // the entries are free again
  section.hidden = true;
  form.hidden = nextSteps.hidden = false;
  if (!goOn) return;
  for (const photo of offer.photos) {
    const card = deck.hang(photo);
    if (offer.begun) card.phase("stopped");
    if (photo.ticket) resumed += 1;
  }
  if (offer.begun) return sendAll();
  form.elements.consent.checked = offer.photos.every(({ agreed }) => agreed === rulesVersion);
  count();
  deck.first.focus();
}

/** Photos that were chosen get a card each, up to the entries left; what cannot be hung is told at once. */
function add(files) {
  const told = [];
  const good = files.filter((file, number) => {
    const others = [...files.slice(0, number), ...deck.holding.map(({ photo }) => photo.file)];
    const twice = others.some((one) => isSame(one, file));
    const why = twice ? "You have chosen this one already; it is sent once." : whyNot(file, Number(form.dataset.most));
    if (why) told.push(files.length > 1 ? `${file.name}: ${why}` : why);
    return !why;
  });
  if (left === 1 && good.length === 1) letGo(deck.first); // the one there is takes the other's place
  const room = left - deck.holding.length;
  if (good.length > room) told.push(room === 0 ? "That is all you can send here. Leave one out to take another." : `You can send ${room} more here, so we left out ${good.slice(room).map((file) => file.name).join(", ")}.`);
  const held = good.slice(0, room).map(choose);
  say("photo", told.join(" "));
  count();
  if (told.length === 0) held[0]?.element.scrollIntoView({ block: "nearest" });
}

/** A photo that was kept from before, and is chosen again, is still the same photo. */
function choose(file) {
  const photo = kept.find((one) => isSame(one.file, file)) ?? newPhoto(file);
  const card = deck.hang(photo);
  isOurs(photo);
  way.hold(photo);
  keep(card);
  keepPlace(card);
  return card;
}

function keep(card) {
  const { photo, words } = card;
  if (!photo) return keepWords(card);
  Object.assign(photo, { words, agreed: form.elements.consent.checked && rulesVersion });
  return way.keep(photo);
}

/** For the next photo: all the words of one that nobody could open, or the place and the category used last. */
function keepWords({ words }) {
  return way.keep({ id: LOOSE, words });
}

function keepPlace({ words: { caption, ...shared } }) {
  return keepWords({ words: shared });
}

function letGo(card) {
  const { photo } = card;
  kept = kept.filter((one) => one !== photo);
  deck.empty(card);
  return photo && way.leave(photo);
}

async function leaveOut(card) {
  const begun = part("finish").hidden;
  const given = letGo(card);
  count();
  if (!begun) return form.elements.photo.focus();
  await given;
  if (deck.holding.length === 0) location.reload();
  else rest();
}

/** How many there are, in the words of the page. */
function count() {
  const chosen = deck.holding.length;
  part("send").textContent = chosen > 1 ? `Send my ${chosen} photos` : "Send my photo";
  deck.number({ mayLeave: !part("finish").hidden });
}

function say(name, words) {
  const line = form.querySelector(`[data-mend="${name}"]`);
  line.textContent = words;
  line.hidden = !words;
  if (words && name === "photo") form.elements.photo.focus();
}

form.elements.consent.addEventListener("change", () => deck.cards.forEach(keep));

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (deck.holding.length === 0) return say("photo", "Choose a photo first, or take one.");
  say("form", "");
  sendAll();
});

/** Whatever waits for it; a second press finds nothing that does. */
function sendAll() {
  for (const name of ["[data-pick]", "[data-part=finish]"]) form.querySelector(name).hidden = true;
  nextSteps.hidden = true;
  addEventListener("beforeunload", warn);
  for (const card of deck.holding) send(card);
  count();
  deck.first.focus();
  scrollTo({ top: 0 });
}

/** What the API is told. Where it was told something else before, that entry is given back, and the photo begins anew. */
async function stake(card) {
  const { file } = card.photo;
  const claim = { ...card.words, rules_version: rulesVersion, photo: { filename: file.name, content_type: typeOf(file), bytes: file.size } };
  if (JSON.stringify(card.photo.claim ?? claim) !== JSON.stringify(claim)) {
    await way.leave(card.photo);
    card.photo = newPhoto(file);
    way.hold(card.photo);
  }
  card.photo.claim = claim;
  keep(card);
}

/** Once nothing travels any more: what became of them all, and where to go from here. */
function rest() {
  const { cards } = deck;
  if (cards.some((card) => card.is("sending"))) return;
  removeEventListener("beforeunload", warn);
  const there = cards.filter((card) => card.is("there")).length;
  const many = cards.length;
  after.hidden = there === 0;
  part("sum").textContent = many === 1 ? "Thank you" : there === many ? `All ${there} photos reached us` : `${there} of ${many} photos reached us`;
  part("more").hidden = left <= there - resumed;
}

const warn = (event) => event.preventDefault();
