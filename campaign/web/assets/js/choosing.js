// What is written beside “Another time” chooses it.

export function chooseByWriting(root) {
  for (const place of root.querySelectorAll("[data-chooses]")) {
    const choice = place.closest("fieldset").querySelector(`input[type=radio][value="${place.dataset.chooses}"]`);
    place.addEventListener("input", () => { choice.checked = true; });
  }
}
