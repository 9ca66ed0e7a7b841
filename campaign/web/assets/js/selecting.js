// Several photos at once: shift and a click take all between, one link takes the page, and the bar counts.

export function choosing(desk, say) {
  let last = null;
  const boxes = () => [...desk().querySelectorAll("[data-pick]")];

  document.addEventListener("click", (event) => {
    const box = event.target.closest("[data-moderation] [data-pick]");
    if (box) {
      if (event.shiftKey && last?.isConnected) for (const one of between(boxes(), last, box)) one.checked = box.checked;
      last = box;
      count();
    } else if (event.target.closest("[data-moderation] [data-all]")) {
      event.preventDefault();
      for (const one of boxes()) one.checked = true;
      count();
    }
  });
  document.addEventListener("reset", () => setTimeout(count));

  function count() {
    const chosen = boxes().filter((one) => one.checked).length;
    const place = desk().querySelector("[data-chosen]");
    place.textContent = `${chosen} ${chosen === 1 ? "photo" : "photos"}`;
    say(chosen ? `${place.textContent} selected` : "Nothing is selected");
  }
}

/** All boxes from one to the other, both included. */
export function between(boxes, one, other) {
  const [from, to] = [boxes.indexOf(one), boxes.indexOf(other)].sort((a, b) => a - b);
  return from < 0 ? [other] : boxes.slice(from, to + 1);
}
