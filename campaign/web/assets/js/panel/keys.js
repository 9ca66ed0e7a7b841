// Every key and every swipe of the panel presses the button that does the same. A name is a button's (`data-part`), or
// a letter that the ballot itself knows.

const ANYWHERE = { s: "skip", b: "back", u: "undo", z: "zoom", k: "know", w: "note", f: "favourite", "+": "zoom", "=": "zoom", ArrowDown: "skip" };
const STARS = { ...ANYWHERE, n: "note", ArrowRight: "skip", ArrowLeft: "back" };
const SHORTLIST = { ...ANYWHERE, ArrowRight: "y", ArrowLeft: "n", ArrowUp: "m" };
const DUEL = { ...ANYWHERE, a: "left", b: "right", ArrowLeft: "left", ArrowRight: "right", p: "back", g: "favourite-2", n: "note", m: "note-2" };
const { ArrowDown, "=": same, ...LIST } = { ...ANYWHERE, n: "note" };

const KEYS = { stars: STARS, shortlist: SHORTLIST, duel: DUEL, ranking: LIST };
const SWIPES = {
  stars: { left: "skip", right: "back" },
  shortlist: { left: "n", right: "y", up: "m", down: "skip" },
  duel: { left: "left", right: "right", up: "left", down: "right" },
  ranking: {},
};

export const keysFor = (method) => KEYS[method];
export const swipesFor = (method) => SWIPES[method];

/** Listen for keys: `act(name)` and `ballot.press(key)` say whether the key was theirs. */
export function listen(names, { act, ballot, glass }) {
  // A button that was clicked keeps the focus, and would take the next Enter for itself.
  document.addEventListener("click", ({ detail, target }) => { if (detail) target.closest?.(".hands button, .hands a, .pane button")?.blur(); });
  document.addEventListener("keydown", (event) => {
    if ((event.repeat && !glass.isOpen()) || event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    if (document.querySelector("dialog[open]") || isTheirs(event) || !own(event.key)) return;
    event.preventDefault();
  });

  function own(key) {
    if (glass.isOpen()) return glass.press(key) || said(key);
    return said(key);
  }

  function said(key) {
    if (key === "?") return act("keys");
    return key in names ? act(names[key]) : ballot.press(key);
  }
}

/** Keys that mean something where the focus is: letters in a field, arrows among radios, Enter and space on a button. */
function isTheirs({ key, target }) {
  if (target.matches?.("textarea, select, input:not([type=radio])")) return true;
  return (key.startsWith("Arrow") && target.matches?.("input[type=radio]")) || ((key === "Enter" || key === " ") && target.matches?.("button, a, summary"));
}
