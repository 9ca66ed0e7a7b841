// The finale: the winners' page on the show's big screen, from the last place to the first, one key at a time.
import { hazeAll } from "./haze.js";
import { tellReaderTimes } from "./times.js";

const start = document.querySelector("[data-finale]");
const opening = document.querySelector("[data-step='opening']");
const places = [...document.querySelectorAll("[data-step='place']")];
const steps = [opening, ...places.reverse()].filter(Boolean);
let at = 0;

hazeAll(document);
tellReaderTimes(document);

if (start && document.fullscreenEnabled) {
  start.hidden = false;
  start.addEventListener("click", () => document.documentElement.requestFullscreen({ navigationUI: "hide" }));
  document.addEventListener("fullscreenchange", () => {
    const on = Boolean(document.fullscreenElement);
    document.documentElement.classList.toggle("finale", on);
    at = 0;
    if (on) for (const image of document.querySelectorAll(".place img")) image.loading = "eager";
    show();
  });
  document.addEventListener("keydown", ({ key }) => {
    if (!document.fullscreenElement) return;
    if (["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"].includes(key)) move(1);
    if (["ArrowLeft", "ArrowUp", "PageUp"].includes(key)) move(-1);
  });
  document.addEventListener("click", ({ target }) => {
    if (document.fullscreenElement && !target.closest("[data-finale]")) move(1);
  });
}

function move(by) {
  at = Math.min(Math.max(at + by, 0), steps.length - 1);
  show();
}

function show() {
  for (const [index, step] of steps.entries()) step.classList.toggle("now", index === at);
}
