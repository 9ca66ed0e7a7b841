// Dragging rows of a list by finger, pen or mouse. A mouse takes a row anywhere but at its buttons, a finger at its handle:
// elsewhere a finger scrolls.

const BEGINS = 5;
const EDGE = 60;
const SPEED = 12;

/** Where a row would go at height `y`: before, after or onto the row whose `{top, height}` it meets. */
export function whereOn({ top, height }, y) {
  const share = (y - top) / height;
  return share < 0.3 ? "before" : share > 0.7 ? "after" : "join";
}

/** `drop(id, {on, where})` is called where a row was let go: `where` is before, after, join (with `on`), end or rest. */
export function dragging(root, { drop }) {
  let moving = null;

  root.addEventListener("pointerdown", (event) => {
    const row = event.target.closest("[data-photo]");
    const isGrip = event.target.closest("[data-grip]");
    if (!row || event.button || (event.pointerType !== "mouse" && !isGrip) || (!isGrip && event.target.closest("button:not([data-look])"))) return;
    moving = { row, id: row.dataset.photo, pointer: event.pointerId, from: { x: event.clientX, y: event.clientY }, began: false, target: null };
  });

  document.addEventListener("pointermove", (event) => {
    if (!moving || event.pointerId !== moving.pointer) return;
    const by = { x: event.clientX - moving.from.x, y: event.clientY - moving.from.y };
    if (!moving.began && Math.hypot(by.x, by.y) < BEGINS) return;
    if (!moving.began) begin();
    moving.row.style.translate = `${by.x}px ${by.y + scrolled()}px`;
    aim(event);
  });

  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, (event) => {
      if (!moving || event.pointerId !== moving.pointer) return;
      const { row, id, began, target } = moving;
      unmark();
      row.style.translate = "";
      row.classList.remove("dragged");
      moving = null;
      if (!began) return;
      // The click that follows a drag is no click.
      const noClick = new AbortController();
      document.addEventListener("click", (click) => { click.stopPropagation(); click.preventDefault(); }, { capture: true, once: true, signal: noClick.signal });
      setTimeout(() => noClick.abort());
      if (end === "pointerup" && target) drop(id, target);
    });
  }

  function begin() {
    moving.began = true;
    moving.scroll = scroller().scrollTop;
    moving.row.classList.add("dragged");
  }

  const scroller = () => root.querySelector("[data-scroll]") ?? root;
  const scrolled = () => (scroller().contains(moving.row) ? scroller().scrollTop - moving.scroll : 0);

  /** Mark where it would go. The dragged row itself lets the pointer through. */
  function aim({ clientX, clientY }) {
    unmark();
    const { top, bottom } = scroller().getBoundingClientRect();
    if (clientY < top + EDGE) scroller().scrollBy(0, -SPEED);
    else if (clientY > bottom - EDGE) scroller().scrollBy(0, SPEED);
    const under = document.elementFromPoint(clientX, clientY);
    const row = under?.closest("[data-ranked] [data-photo]");
    if (row) moving.target = { on: row.dataset.photo, where: whereOn(row.getBoundingClientRect(), clientY) };
    else if (under?.closest("[data-rest], [data-tray]")) moving.target = { where: "rest" };
    else if (under?.closest("[data-scroll], [data-ranked]")) moving.target = { where: "end" };
    else moving.target = null;
    moving.marked = row;
    if (row) row.classList.add(`drop-${moving.target.where}`);
  }

  function unmark() {
    moving.marked?.classList.remove("drop-before", "drop-after", "drop-join");
  }
}
