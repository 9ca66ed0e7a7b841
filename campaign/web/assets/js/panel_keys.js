// Every key and every swipe of the panel presses the button that does the same. A name is a button's (`data-part`), or
// a letter that the ballot itself knows.

const ANYWHERE = { s: "skip", b: "back", u: "undo", z: "zoom", ArrowDown: "skip" };
const STARS = { ...ANYWHERE, ArrowRight: "skip", ArrowLeft: "back" };
const SHORTLIST = { ...ANYWHERE, ArrowRight: "y", ArrowLeft: "n", ArrowUp: "m" };

export const keysFor = (method) => (method === "shortlist" ? SHORTLIST : STARS);
export const swipesFor = (method) => (method === "shortlist" ? { left: "n", right: "y", up: "m", down: "skip" } : { left: "skip", right: "back" });

/** Listen for keys: `act(name)` and `ballot.press(key)` say whether the key was theirs. */
export function listen(names, { act, ballot, glass, dialog }) {
  // A button that was clicked keeps the focus, and would take the next Enter for itself.
  document.addEventListener("click", ({ detail, target }) => { if (detail) target.closest?.(".hands button, .hands a")?.blur(); });
  document.addEventListener("keydown", (event) => {
    if ((event.repeat && !glass.isOpen()) || event.altKey || event.ctrlKey || event.metaKey || dialog.open) return;
    if (isTheirs(event)) return;
    if (!own(event.key)) return;
    event.preventDefault();
  });

  function own(key) {
    if (glass.isOpen() && glass.press(key)) return true;
    if (key === "?") dialog.showModal();
    else return key in names ? act(names[key]) : ballot.press(key);
    return true;
  }
}

/** Keys that mean something where the focus is: arrows among radios, Enter on a button or a link. */
function isTheirs({ key, target }) {
  return (key.startsWith("Arrow") && target.matches?.("input[type=radio]")) || (key === "Enter" && target.matches?.("button, a"));
}
