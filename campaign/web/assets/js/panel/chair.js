// The chair decides ties: each is a list to be put in order, and its order goes into the form's own fields.
import { rankingList } from "./list.js";
import { largest } from "./pictures.js";

export function chair(root) {
  for (const form of root.querySelectorAll("[data-tie]")) decide(form);
}

/** Photos come from the form's own rows; every one of them has a place of its own. */
function decide(form) {
  const live = form.querySelector("[data-live]");
  const first = Number(form.dataset.rank);
  form.querySelector("[data-scroll]").setAttribute("aria-label", `Your order from place ${first} on`);
  const list = rankingList(form, { strict: true, first, say: (words) => { live.textContent = words; }, look: (photo) => open(largest(photo).url, "_blank", "noopener") });
  const photos = JSON.parse(form.dataset.tie);
  list.show(photos, { ranking: photos.map(({ id }) => [id]) });
  form.addEventListener("submit", () => {
    for (const [at, [id]] of list.order().tiers.entries()) form.elements[`place:${id}`].value = String(at + 1);
  });
}
