// A long select gets a line to search in: what does not fit the words leaves the list, what is chosen stays in it.

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Whether every word is somewhere in the option's name or value. */
export function fits(words, ...texts) {
  const hay = plain(texts.join(" ").replaceAll("_", " "));
  return plain(words).split(/\s+/).every((word) => hay.includes(word));
}

export function narrowLists(root) {
  for (const field of root.querySelectorAll("[data-narrow]")) {
    const select = field.querySelector("select");
    const whole = [...select.children].map((child) => child.cloneNode(true));
    const search = Object.assign(document.createElement("input"), { type: "search", className: "narrow-by", placeholder: field.dataset.narrow, autocomplete: "off" });
    search.setAttribute("aria-label", field.dataset.narrow);
    search.setAttribute("aria-controls", select.id);
    select.before(search);
    search.addEventListener("input", () => narrow(select, whole, search.value.trim()));
    search.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  }
}

function narrow(select, whole, words) {
  const chosen = select.value;
  const kept = (option) => option.value === chosen || !option.value || fits(words, option.textContent, option.value);
  select.replaceChildren(...whole.map((child) => child.cloneNode(true)));
  for (const option of [...select.options]) if (words && !kept(option)) option.remove();
  for (const group of [...select.querySelectorAll("optgroup")]) if (!group.children.length) group.remove();
  select.value = chosen;
  // One place left besides what was chosen and the first line: that is the one meant.
  const found = [...select.options].filter((option) => option.value && option.value !== chosen);
  if (words && found.length === 1) select.value = found[0].value;
}
