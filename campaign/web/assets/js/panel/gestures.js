// Fingers and wheels: one finger swipes the easel or drags what is under the loupe, two pinch, a wheel zooms. Each way has
// a button that does the same.

const FAR = 60;
const PINCHED = 0.04;
const WHEEL = 400;

/** Which way a finger went: "left", "right", "up", "down", or null for a tap or a slant. */
export function wayOf(across, down) {
  const [wide, tall] = [Math.abs(across), Math.abs(down)];
  if (wide >= FAR && wide >= 2 * tall) return across < 0 ? "left" : "right";
  if (tall >= FAR && tall >= 2 * wide) return down < 0 ? "up" : "down";
  return null;
}

const middle = (a, b) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
const apart = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);

/** What two fingers did between two moments: larger by `factor` around `at`, and moved `by`. */
export function pinch([a, b], [c, d]) {
  const [from, at] = [middle(a, b), middle(c, d)];
  return { factor: apart(c, d) / Math.max(1, apart(a, b)), at, by: { x: at.x - from.x, y: at.y - from.y } };
}

/** Watch the easel and the loupe's region. `glass` is the loupe; `swiped(way)` is told of a whole swipe. */
export function gestures({ easel, region, glass, swiped }) {
  const fingers = new Map();
  let from = null;
  let several = false;
  const places = [easel, region].filter(Boolean);

  for (const place of places) {
    place.addEventListener("pointerdown", (event) => {
      if (event.target.closest("a, summary, .hands button, .marks button, .dials button") || (event.pointerType === "mouse" && event.button)) return;
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (fingers.size === 1) { from = { x: event.clientX, y: event.clientY, touch: event.pointerType !== "mouse" }; several = false; }
      else several = true;
      if (place === region) region.setPointerCapture(event.pointerId);
    });
    place.addEventListener("wheel", (event) => {
      const factor = Math.exp(-event.deltaY / WHEEL);
      if (!glass.isOpen() && factor <= 1) return;
      event.preventDefault();
      if (!glass.isOpen()) glass.open({ true: false });
      glass.zoom(factor, { x: event.clientX, y: event.clientY });
    }, { passive: false });
  }

  document.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) return;
    const before = [...fingers.values()];
    const last = fingers.get(event.pointerId);
    const now = { x: event.clientX, y: event.clientY };
    if (fingers.size === 1) {
      fingers.set(event.pointerId, now);
      if (glass.isOpen()) glass.drag({ x: now.x - last.x, y: now.y - last.y });
      return;
    }
    const after = [...fingers].map(([id, at]) => (id === event.pointerId ? now : at));
    const { factor, at, by } = pinch(before, after);
    if (!glass.isOpen()) {
      if (Math.abs(factor - 1) < PINCHED) return;
      glass.open({ true: false });
    }
    fingers.set(event.pointerId, now);
    glass.zoom(factor, at);
    glass.drag(by);
  });

  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, (event) => {
      if (!fingers.delete(event.pointerId) || fingers.size) return;
      const way = end === "pointerup" && from?.touch && !several && !glass.isOpen() ? wayOf(event.clientX - from.x, event.clientY - from.y) : null;
      from = null;
      if (way) swiped(way);
    });
  }
}
