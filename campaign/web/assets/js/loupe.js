// True pixels: one pixel of the picture on one pixel of the screen, moved by dragging, by arrows or by touch.

const STEP = 0.25;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** A loupe over the page. `picture()` gives `{url, width, height, alt}` of what lies on the easel. */
export function loupe(region, picture) {
  const glass = region.querySelector("[data-glass]");
  let before = null;
  const isOpen = () => !region.hidden;

  function open() {
    const { url, width, height, alt } = picture();
    const pixel = 1 / devicePixelRatio;
    const image = Object.assign(new Image(width, height), { src: url, alt, draggable: false });
    Object.assign(image.style, { width: `${width * pixel}px`, height: `${height * pixel}px` });
    glass.replaceChildren(image);
    before = document.activeElement;
    region.hidden = false;
    glass.scrollTo((glass.scrollWidth - glass.clientWidth) / 2, (glass.scrollHeight - glass.clientHeight) / 2);
    region.focus();
  }

  function close() {
    if (!isOpen()) return;
    region.hidden = true;
    glass.replaceChildren();
    before?.focus();
  }

  /** Whether the key was the loupe's own. */
  function press(key) {
    const way = ARROWS[key];
    if (way) glass.scrollBy(way[0] * glass.clientWidth * STEP, way[1] * glass.clientHeight * STEP);
    else if (key === "z" || key === "Escape") close();
    else return false;
    return true;
  }

  dragging(glass);
  return { open, close, press, isOpen, toggle: () => (isOpen() ? close() : open()) };
}

/** A mouse drags the picture; a finger scrolls it anyway. */
function dragging(glass) {
  let from = null;
  glass.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    from = { x: event.clientX + glass.scrollLeft, y: event.clientY + glass.scrollTop };
    glass.setPointerCapture(event.pointerId);
    glass.classList.add("held");
  });
  glass.addEventListener("pointermove", (event) => { if (from) glass.scrollTo(from.x - event.clientX, from.y - event.clientY); });
  for (const end of ["pointerup", "pointercancel"]) glass.addEventListener(end, () => { from = null; glass.classList.remove("held"); });
}
