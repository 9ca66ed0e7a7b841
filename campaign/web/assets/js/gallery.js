// "More photos" adds the next page below instead of leaving this one. The link works by itself.
import { hazeAll } from "./haze.js";

export function addMorePhotos(root) {
  const rows = root.querySelector("[data-rows]");
  const more = root.querySelector("[data-more]");
  if (!rows || !more) return;
  const words = more.textContent;
  more.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (more.ariaBusy === "true") return;
    more.ariaBusy = "true";
    more.textContent = "Fetching more …";
    try {
      hang(rows, more, await pageAt(more.href));
      more.textContent = words;
    } catch {
      more.textContent = "That did not come through. Try again";
    }
    more.ariaBusy = "false";
  });
}

function hang(rows, more, page) {
  const added = [...page.querySelectorAll("[data-rows] > li")];
  rows.append(...added);
  hazeAll(rows);
  added[0]?.querySelector("a").focus({ preventScroll: true });
  const further = page.querySelector("[data-more]");
  if (further) more.href = further.getAttribute("href");
  else more.remove();
}

async function pageAt(url) {
  const answer = await fetch(url, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}
