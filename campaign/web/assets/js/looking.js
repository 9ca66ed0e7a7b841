// “I still look at this photo”, said every ten seconds while the page is seen; the answer tells of others.

const EVERY = 10_000;

export function keepLooking(desk) {
  setInterval(() => void beat(desk), EVERY);
  document.addEventListener("visibilitychange", () => void beat(desk));
  addEventListener("pagehide", () => leave(desk));
}

const form = (desk) => desk()?.querySelector("[data-looking]");

async function beat(desk) {
  const here = form(desk);
  if (!here || document.hidden) return;
  try {
    const answer = await send(here);
    if (answer.ok && here.isConnected) tell(here, await answer.json());
  } catch {
    // Nobody answered: the next beat may.
  }
}

function leave(desk) {
  const here = form(desk);
  if (here) void send(here, { leave: "1" }, true).catch(() => {});
}

function send(here, more = {}, keepalive = false) {
  const body = new URLSearchParams({ ...Object.fromEntries(new FormData(here)), ...more });
  return fetch(here.action, { method: "POST", body, keepalive, credentials: "same-origin" });
}

/** What somebody else did or does here, and one link that shows it. Said once. */
function tell(here, { changed, held_by: heldBy, others }) {
  const was = here.dataset.held;
  const words = news({ changed, heldBy, was, others });
  const place = here.parentElement.querySelector("[data-notice]");
  if (place.dataset.said === words) return;
  place.dataset.said = words;
  place.replaceChildren();
  if (!words) return;
  const line = Object.assign(document.createElement("p"), { className: "flash refused", textContent: `${words} ` });
  line.setAttribute("role", changed || heldBy ? "alert" : "status");
  if (changed || heldBy !== was) line.append(Object.assign(document.createElement("a"), { href: location.href, textContent: "Show how it stands" }));
  place.append(line);
}

export function news({ changed, heldBy, was, others }) {
  if (changed) return changed;
  if (heldBy && heldBy !== was) return `${heldBy} took this photo over.`;
  if (!heldBy && was) return `${was} has gone on. The photo is free.`;
  if (!heldBy && others.length > 0) return `${others.join(", ")} opened this photo too, and can see that you are on it.`;
  return "";
}
