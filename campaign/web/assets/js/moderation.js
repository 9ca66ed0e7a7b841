// Moderation without waiting: decisions and steps through the list change this page in place, and keys do what buttons do.
// p publish, d decline (then write why), u undo, j and k to the next and previous photo.

const PRESSES = { p: "publish", d: "decline", u: "undo", j: "next", k: "previous" };
const SILENCE = "That was not saved: nobody answered. Nothing has changed; try once more.";

const desk = () => document.querySelector("[data-moderation]");

export function moderateByKey() {
  if (!desk()) return;
  warm();
  document.addEventListener("keydown", press);
  document.addEventListener("submit", decide);
  document.addEventListener("click", open);
  addEventListener("popstate", () => location.reload());
}

function press(event) {
  if (event.repeat || event.altKey || event.ctrlKey || event.metaKey || event.target.closest("textarea, input, select, dialog")) return;
  const wanted = PRESSES[event.key];
  if (!wanted) return;
  event.preventDefault();
  if (wanted === "decline") desk().querySelector("[name='reason']")?.focus();
  else if (wanted === "next" || wanted === "previous") neighbour(wanted === "next" ? 1 : -1)?.click();
  else desk().querySelector(`[data-press="${wanted}"]`)?.click();
}

function decide(event) {
  const { target: form, submitter } = event;
  if (!form.closest("[data-moderation]")) return;
  event.preventDefault();
  void swap(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, submitter)) });
}

function open(event) {
  const link = event.target.closest("[data-moderation] [data-queue] a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
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
    if (!fresh) throw new Error("another page");
    old.replaceWith(fresh);
    tell(page);
    history.pushState(null, "", answer.url);
    fresh.querySelector("[aria-current='true']")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    fresh.querySelector("[data-focus]")?.focus({ preventScroll: true });
    warm();
  } catch {
    old.ariaBusy = "false";
    const line = Object.assign(document.createElement("p"), { className: "flash problem", textContent: SILENCE });
    line.setAttribute("role", "alert");
    old.prepend(line);
  }
}

/** What the next page would have said on top is said here. */
function tell(page) {
  document.querySelector("main > .flashes")?.remove();
  const said = page.querySelector("main > .flashes");
  document.querySelector("[data-tell]").textContent = said?.textContent.trim() ?? "";
  if (said) document.querySelector("main").prepend(said);
}

function neighbour(by) {
  const links = [...desk().querySelectorAll("[data-queue] a")];
  return links[links.findIndex((link) => link.getAttribute("aria-current") === "true") + by];
}

/** Have the next photo's picture here before it is asked for. */
function warm() {
  const next = neighbour(1)?.dataset.large;
  if (next) new Image().src = next;
}
