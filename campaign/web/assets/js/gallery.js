// More photos are hung below as the end of the gallery comes near. The link works by itself, and says when it failed.
// Whoever comes back from a photo finds as many hung as they left, and themselves where they were.
import { hazeAll } from "./haze.js";

const BY_ITSELF = 3; // pages; then it waits for a press, so that what stands below the gallery can be reached
const NEAR = "600px";

export function addMorePhotos(root) {
  const rows = root.querySelector("#gallery [data-rows]");
  const more = root.querySelector("[data-more]");
  if (!rows || !more) return;
  const said = more.parentElement.querySelector("[role=status]");
  const words = more.textContent;
  let own = 0;
  let hung = 0;

  async function fetchMore({ pressed }) {
    if (more.ariaBusy === "true") return;
    more.ariaBusy = "true";
    more.textContent = "Fetching more …";
    said.textContent = "";
    try {
      hang(rows, more, await pageAt(more.href), pressed);
      hung += 1;
      more.textContent = words;
    } catch {
      own = BY_ITSELF;
      more.textContent = "Try again";
      said.textContent = "More photos did not come through. The ones above stay.";
    }
    more.ariaBusy = "false";
  }

  async function hangAgain({ pages, y }) {
    own = BY_ITSELF;
    while (hung < pages && more.isConnected && !said.textContent) await fetchMore({ pressed: false });
    own = pages;
    if (!said.textContent) scrollTo({ top: y, behavior: "instant" });
  }

  const left = history.state?.gallery;
  if (left) hangAgain(left);
  rows.addEventListener("click", () => {
    if (hung > 0) history.replaceState({ ...history.state, gallery: { pages: hung, y: scrollY } }, "");
  }, { capture: true });
  more.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    fetchMore({ pressed: true });
  });
  new IntersectionObserver(async (entries, watch) => {
    if (!entries.some((entry) => entry.isIntersecting) || own >= BY_ITSELF) return;
    own += 1;
    await fetchMore({ pressed: false });
    if (!more.isConnected) return watch.disconnect();
    watch.unobserve(more); // looked at anew, for it may still be near
    watch.observe(more);
  }, { rootMargin: NEAR }).observe(more);
}

function hang(rows, more, page, pressed) {
  const added = [...page.querySelectorAll("#gallery [data-rows] > li")];
  rows.append(...added);
  hazeAll(rows);
  if (pressed) added[0]?.querySelector("a").focus({ preventScroll: true });
  const further = page.querySelector("[data-more]");
  if (further) more.href = further.getAttribute("href");
  else more.parentElement.remove();
}

async function pageAt(url) {
  const answer = await fetch(url, { headers: { Accept: "text/html" }, signal: AbortSignal.timeout(20_000) });
  if (!answer.ok) throw new Error(String(answer.status));
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}
