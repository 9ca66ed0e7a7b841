// Arrow keys turn to the newer and older photo; the pressed photo flies to its own page where the browser can.

export function turnPagesByKey(root) {
  root.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select")) return;
    const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    const link = rel && root.querySelector(`a[rel="${rel}"]`);
    if (link) link.click();
  });
  root.addEventListener("click", (event) => {
    const frame = event.target.closest?.("[data-rows] a.framed");
    if (frame) frame.style.viewTransitionName = "photo";
  });
}
