// A list of photos being put in order: by dragging, by keys and by buttons, all through the steps of order.js. Ties share a
// row's number; what has no place waits in its own list. Every step is said aloud for those who do not see it.
import { dragging } from "./drag.js";
import { append, inOrder, isTied, join, leave, move, orderOf, placeOf, put, ranked, said, tie, tierOf } from "./order.js";
import { framed } from "./easel.js";
import { nameOf } from "./words.js";

const STEPS = { up: (order, id) => move(order, id, -1), down: (order, id) => move(order, id, 1), tie, leave, place: append };
const KEYS = { ArrowUp: "up", ArrowDown: "down", "=": "tie", x: "leave", Delete: "leave", Backspace: "leave" };

/** The list in `root`; `say(words)` speaks, `look(photo)` shows one large, `changed(order)` is told of every step. In a `strict` list each photo has a place of its own; `first` is the number of its first place. */
export function rankingList(root, { say, look, changed = () => {}, strict = false, first = 1 }) {
  const places = root.querySelector("[data-ranked]");
  const rest = root.querySelector("[data-rest]");
  const model = root.querySelector("template");
  let photos = [];
  let order = { tiers: [], rest: [] };
  let held = null;
  const rows = new Map();
  const nameFor = (id) => nameOf(photos.find((one) => one.id === id));
  root.querySelector("[data-plain]").hidden = true;
  root.querySelector("[data-scripted]").hidden = false;
  const grip = (id) => rows.get(id).querySelector("[data-grip]");

  /** Lay out these photos as a word has them, or all without a place. */
  function show(given, word) {
    photos = given;
    held = null;
    rows.clear();
    order = orderOf(photos.map(({ id }) => id), word);
    for (const photo of photos) rows.set(photo.id, rowOf(photo));
    draw();
  }

  function rowOf(photo) {
    const row = model.content.firstElementChild.cloneNode(true);
    row.dataset.photo = photo.id;
    row.querySelector("[data-hang]").append(framed(photo, Math.max(3, photos.length)));
    row.querySelector("[data-caption]").textContent = photo.caption || "A photo";
    row.querySelector("[data-look]").setAttribute("aria-label", `${nameOf(photo)}: look at it large`);
    for (const button of row.querySelectorAll("[data-step]")) button.setAttribute("aria-label", `${nameOf(photo)}: ${button.dataset.says}`);
    return row;
  }

  /** The rows in order again, each with its place; rows keep their elements, so the focus and the pictures stay. */
  function draw() {
    const focused = document.activeElement;
    for (const id of inOrder(order)) {
      const row = rows.get(id);
      const place = placeOf(order, id);
      (place === null ? rest : places).append(row);
      row.querySelector("[data-place]").textContent = place === null ? "" : `${place + first - 1}${isTied(order, id) ? "=" : ""}`;
      row.classList.toggle("tied", isTied(order, id));
      row.classList.toggle("joined", isTied(order, id) && order.tiers[tierOf(order, id)][0] !== id);
      row.classList.toggle("held", held === id);
      grip(id).setAttribute("aria-pressed", String(held === id));
      grip(id).setAttribute("aria-label", `${row.querySelector("[data-place]").textContent} ${nameFor(id)}: take hold`.trim());
      row.querySelector("[data-step=tie]").disabled = place === null || (place === 1 && !isTied(order, id));
      row.querySelector("[data-step=leave]").disabled = place === null;
    }
    root.dataset.placed = String(ranked(order));
    if (root.contains(focused) && document.activeElement !== focused) focused.focus({ preventScroll: true });
    changed(order);
  }

  function take(next, id) {
    if (next === order || (strict && (next.rest.length || next.tiers.some((tier) => tier.length > 1)))) return;
    order = next;
    draw();
    rows.get(id).scrollIntoView({ block: "nearest", inline: "nearest" });
    say(said(order, id, nameFor(id), first));
  }

  function hold(id) {
    held = held === id ? null : id;
    draw();
    say(held ? `${nameFor(id)} is in your hand. Arrows move it, = ties it, x leaves it out, space lets go.` : said(order, id, nameFor(id), first));
  }

  root.addEventListener("click", ({ target }) => {
    const id = target.closest("[data-photo]")?.dataset.photo;
    const button = target.closest("button");
    if (!id || !button) return;
    if (button.dataset.step) take(STEPS[button.dataset.step](order, id), id);
    else if (button.matches("[data-grip]")) hold(id);
    else if (button.matches("[data-look]")) look(photos.find((one) => one.id === id));
  });

  root.addEventListener("keydown", (event) => {
    const id = event.target.closest?.("[data-photo]")?.dataset.photo;
    if (!id || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape" && held) hold(id);
    else if (event.key.startsWith("Arrow") && !held) beside(id, event.key === "ArrowUp" || event.key === "ArrowLeft" ? -1 : 1);
    else if (event.key in KEYS) take(STEPS[KEYS[event.key]](order, held ?? id), held ?? id);
    else return;
    event.preventDefault();
  });

  /** The focus goes to the row before or after. */
  function beside(id, step) {
    const all = inOrder(order);
    const next = all[all.indexOf(id) + step];
    if (next) grip(next).focus();
  }

  dragging(root, {
    drop(id, { on, where }) {
      if (where === "rest") return take(leave(order, id), id);
      if (where === "end") return take(append(order, id), id);
      if (where === "join" && !strict) return take(join(order, id, on), id);
      const at = tierOf(order, on);
      take(put(order, id, where === "after" ? at + 1 : at), id);
    },
  });

  return { show, order: () => order, focused: () => photos.find(({ id }) => id === document.activeElement?.closest("[data-photo]")?.dataset.photo), first: () => grip(inOrder(order)[0])?.focus() };
}
