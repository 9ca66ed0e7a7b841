// Moderation without waiting: decisions and steps through the list change this page in place, and keys do what buttons
// do. Without this script every one of them is a link or a form that works.
import { listenToKeys } from "./moderation_keys.js";
import { keepLooking } from "./looking.js";
import { choosing } from "./selecting.js";

const SILENCE = "That was not saved: nobody answered. Nothing has changed; try once more.";

const desk = () => document.querySelector("[data-moderation]");
const ahead = new Map(); // pictures that were asked for before their page; held, so that the browser keeps them

export function moderateByKey() {
  if (!desk()) return;
  ready();
  listenToKeys({ desk, say, neighbour });
  keepLooking(desk);
  choosing(desk, say);
  document.addEventListener("submit", decide);
  document.addEventListener("click", open);
  document.addEventListener("change", fillIn);
  document.addEventListener("error", missing, true);
  addEventListener("popstate", () => location.reload());
}

function decide(event) {
  const { target: form, submitter } = event;
  if (!form.closest("[data-moderation]") || form.method !== "post") return;
  event.preventDefault();
  void swap(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, submitter)) });
}

function open(event) {
  const link = event.target.closest("[data-moderation] :is([data-queue] a:not([data-all]), [data-skip])");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
  event.preventDefault();
  void swap(link.href, {});
}

/** Put the answered page's desk in the place of this one; say so when none came. One request at a time. */
async function swap(url, options) {
  const old = desk();
  if (old.ariaBusy === "true") return;
  old.ariaBusy = "true";
  try {
    const answer = await fetch(url, { credentials: "same-origin", ...options });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-moderation]");
    if (!fresh) throw new Error(page.querySelector("main .lead")?.textContent ?? SILENCE, { cause: "another page" });
    old.replaceWith(fresh);
    tell(page);
    history.pushState(null, "", answer.url);
    settle(fresh);
    ready();
  } catch (problem) {
    old.ariaBusy = "false";
    old.querySelector("[data-silence]")?.remove();
    const line = Object.assign(document.createElement("p"), { className: "flash problem", textContent: problem.cause ? problem.message : SILENCE });
    line.dataset.silence = "";
    line.setAttribute("role", "alert");
    old.prepend(line);
    line.scrollIntoView({ block: "nearest" });
  }
}

/** Where the eye and the reader go on: the photo's title, with the whole photo on the screen. */
function settle(fresh) {
  fresh.querySelector("[data-queue] [aria-current='true']")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  fresh.querySelector("[data-focus]")?.focus({ preventScroll: true });
  const photo = fresh.querySelector("[data-look]");
  if (matchMedia("(max-width: 59.99rem)").matches) photo?.scrollIntoView({ block: "start", behavior: "instant" });
  else if (fresh.getBoundingClientRect().top < 0) fresh.scrollIntoView({ block: "start", behavior: "instant" });
}

/** What the next page would have said on top is said here, once to the eye and once to the reader. */
function tell(page) {
  document.querySelector("main > .flashes")?.remove();
  const said = page.querySelector("main > .flashes");
  say(said?.textContent.trim() ?? "");
  said?.removeAttribute("role");
  if (said) document.querySelector("main").prepend(said);
}

function say(words) {
  document.querySelector("[data-tell]").textContent = words;
}

/** The next or previous photo that nobody else has open; beyond the last one, the next page. */
function neighbour(by) {
  const links = [...desk().querySelectorAll("[data-queue] li:not([data-taken]) a:not([data-all]), [data-queue] a[aria-current]")];
  const here = links.findIndex((link) => link.getAttribute("aria-current") === "true");
  return links[here + by];
}

/** A reason that was chosen stands in the field, where it may be changed. */
function fillIn({ target }) {
  if (!target.matches("[data-moderation] [data-reason]")) return;
  const field = target.form.elements.reason;
  field.value = target.value;
}

/** The store is away: say so in the picture's place. */
function missing({ target }) {
  const look = target.closest?.("[data-look]");
  if (look && target.tagName === "IMG") look.querySelector("[data-away]").hidden = false;
}

function ready() {
  const shown = desk().querySelector("[data-look] img");
  if (shown?.complete && shown.naturalWidth === 0) missing({ target: shown });
  const wanted = new Map([...desk().querySelectorAll("[data-ahead]")].map(({ dataset }) => [dataset.ahead, dataset.sizes]));
  for (const known of ahead.keys()) if (!wanted.has(known) && known !== shown?.srcset) ahead.delete(known);
  for (const [srcset, sizes] of wanted) if (!ahead.has(srcset)) ahead.set(srcset, Object.assign(new Image(), { sizes, srcset }));
}
