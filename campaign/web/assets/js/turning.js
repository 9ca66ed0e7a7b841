// From a photo to the ones beside it: by arrow keys, and by swiping. The links do it by themselves.

const FAR = 64; // pixels that a finger travels for a turn
const KEYS = { ArrowLeft: "prev", ArrowRight: "next" };

/** Where a swipe leads, by its travel in pixels: a finger to the left brings the next photo. */
export function turnOf(dx, dy) {
  if (Math.abs(dx) < FAR || Math.abs(dx) < 1.5 * Math.abs(dy)) return null;
  return dx < 0 ? "next" : "prev";
}

export function turnPages(root) {
  root.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.target.closest("input, textarea, select")) return;
    if (KEYS[event.key]) linkTo(root, KEYS[event.key])?.click();
  });
  root.addEventListener("click", (event) => {
    const frame = event.target.closest?.("[data-rows] a.framed");
    if (frame) frame.style.viewTransitionName = "photo";
  });
  const stage = root.querySelector("[data-turning] .whole");
  if (stage) {
    swipe(stage, root);
    addEventListener("load", () => fetchNeighbours(root));
  }
}

const linkTo = (root, rel) => root.querySelector(`[data-turning] a[rel="${rel}"]`);

function swipe(stage, root) {
  let from = null;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const show = (dx) => { stage.style.translate = still || !dx ? "" : `${dx}px`; };
  stage.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" || visualViewport?.scale > 1) return;
    from = event.isPrimary ? { x: event.clientX, y: event.clientY } : null;
  });
  stage.addEventListener("pointermove", (event) => {
    if (!from || !event.isPrimary) return;
    const dx = event.clientX - from.x;
    show(linkTo(root, dx < 0 ? "next" : "prev") ? dx : dx / 5); // nothing beyond: it holds back
  });
  stage.addEventListener("pointerup", (event) => {
    const rel = from && turnOf(event.clientX - from.x, event.clientY - from.y);
    from = null;
    const link = rel && linkTo(root, rel);
    if (link) link.click();
    else show(0);
  });
  stage.addEventListener("pointercancel", () => { from = null; show(0); });
  addEventListener("pageshow", () => show(0));
}

/** The photos beside this one, so that they are there when somebody turns; not where data is dear. */
function fetchNeighbours(root) {
  if (navigator.connection?.saveData) return;
  for (const link of root.querySelectorAll("[data-turning] a[data-srcset]")) Object.assign(new Image(), { sizes: link.dataset.sizes, srcset: link.dataset.srcset });
}
