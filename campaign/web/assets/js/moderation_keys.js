// Keys of the moderation page. They never fire while somebody types, and each stands for something that can be pressed.

const PRESSES = { p: "publish", u: "undo", a: "assign" };
const STEPS = { j: 1, k: -1 };
const TICKED = ["checkbox", "radio", "button", "submit", "reset"];

/** Whether keys are words here: in a field, a list of choices or a dialog. A box that is ticked takes no words. */
export function isTyping(target) {
  const field = target.closest?.("input, textarea, select, dialog, [contenteditable]");
  return Boolean(field) && !(field.tagName === "INPUT" && TICKED.includes(field.type));
}

/** Whether a number still means a reason: where `d` led, before the first word is written. */
export function stillChooses(field, wanted) {
  return wanted.reason !== undefined && field.name === "reason" && field.value === "";
}

/** What a key wants: a name, or null for keys that are not ours. */
export function wish({ key, altKey, ctrlKey, metaKey, repeat }) {
  if (altKey || ctrlKey || metaKey || repeat) return null;
  if (PRESSES[key]) return { press: PRESSES[key] };
  if (STEPS[key]) return { step: STEPS[key] };
  if (/^[1-9]$/.test(key)) return { reason: Number(key) - 1 };
  return { d: { decline: true }, x: { select: true }, s: { second: true }, "/": { search: true }, "?": { help: true }, Escape: { leave: true } }[key] ?? null;
}

export function listenToKeys(page) {
  document.addEventListener("keydown", (event) => {
    const wanted = wish(event);
    if (!wanted) return;
    if (isTyping(event.target)) {
      if (wanted.leave && !event.target.closest("dialog")) leaveField(event);
      if (stillChooses(event.target, wanted) && act(wanted, page)) event.preventDefault();
      return;
    }
    if (act(wanted, page)) event.preventDefault();
  });
  document.querySelector("[data-keyhelp] summary")?.addEventListener("click", (event) => {
    event.preventDefault();
    help();
  });
}

/** Do it; false where there is nothing to do, so that the browser may have the key. */
function act(wanted, page) {
  const desk = page.desk();
  if (wanted.press) return click(desk.querySelector(`[data-press="${wanted.press}"]`));
  if (wanted.step) return click(page.neighbour(wanted.step)) || end(page, wanted.step);
  if (wanted.reason !== undefined) return choose(desk, wanted.reason, page.say);
  if (wanted.decline) return focus(desk.querySelector("[data-decline] [name='reason']"));
  if (wanted.select) return click(desk.querySelector("[data-queue] [aria-current='true']")?.parentElement.querySelector("[data-pick]"));
  if (wanted.second) return unfold(desk.querySelector("[data-second]"), "textarea");
  if (wanted.search) return unfold(desk.querySelector("[data-searching]"), "[type='search']");
  if (wanted.help) return help();
  return clear(desk);
}

function click(element) {
  element?.click();
  return Boolean(element);
}

function focus(element) {
  element?.focus();
  return Boolean(element);
}

function end(page, by) {
  page.say(by > 0 ? "That was the last photo of this list." : "That is the first photo of this list.");
  return true;
}

function unfold(details, field) {
  if (!details) return false;
  details.open = true;
  return focus(details.querySelector(field));
}

/** Tick one of the campaign's reasons; “Enter” on the button then sends it. */
function choose(desk, number, say) {
  const reason = desk.querySelectorAll("[data-decline] [data-reason]")[number];
  if (!reason) return false;
  reason.click();
  desk.querySelector("[data-send-decline]").focus();
  say(`Reason: ${reason.value} Press Enter to decline.`);
  return true;
}

function clear(desk) {
  const picked = desk.querySelectorAll("[data-pick]:checked");
  if (picked.length > 0) desk.querySelector("[data-together]").reset();
  return picked.length > 0;
}

function leaveField(event) {
  event.preventDefault();
  event.target.blur();
  document.querySelector("[data-moderation] [data-focus]")?.focus({ preventScroll: true });
}

function help() {
  const dialog = Object.assign(document.createElement("dialog"), { className: "keydialog" });
  const close = Object.assign(document.createElement("button"), { className: "button", textContent: "Close", autofocus: true });
  const list = document.querySelector("[data-keylist]").cloneNode(true);
  const title = list.querySelector("h2");
  title.id = "keys-title";
  dialog.setAttribute("aria-labelledby", title.id);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(list, close);
  document.body.append(dialog);
  dialog.showModal();
  return true;
}
