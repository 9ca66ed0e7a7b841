// A campaign's own words: the preview follows the writing. Without this, the button “Preview” does it.
import { ask } from "./api.js";

const PAUSE = 350;

export function previewWords(root) {
  const place = root.querySelector("[data-wording]");
  const form = place?.querySelector("form");
  if (!form) return;
  let timer;
  let asked = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const mine = ++asked;
      const shown = await fill(place.dataset.wording, form);
      if (shown && mine === asked) show(place.querySelector("[data-preview]"), shown);
    }, PAUSE);
  });
}

async function fill(url, form) {
  const words = Object.fromEntries(["subject", "body", "button"].map((name) => [name, form.elements[name].value]));
  try {
    return await ask("POST", url, words);
  } catch {
    return null; // the button still works
  }
}

function show(preview, { title, body, button, signed, problems }) {
  const text = (part, words) => { preview.querySelector(`[data-part="${part}"]`).textContent = words; };
  text("title", title);
  text("button", button);
  text("signed", signed);
  const paragraphs = body.split(/\n\s*\n/).map((words) => {
    const paragraph = document.createElement("p");
    paragraph.textContent = words;
    return paragraph;
  });
  preview.querySelector('[data-part="body"]').replaceChildren(...paragraphs);
  preview.classList.toggle("stale", Object.keys(problems).length > 0);
}
