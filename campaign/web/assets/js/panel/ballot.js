// The form of a ballot: what a judge says in it, by click or by key, and showing what was said before. Five to ten
// buttons, three buttons, radios for each of several criteria, or the two photos of a duel, which are buttons themselves.

const VOTES = { y: "yes", m: "maybe", n: "no" };

/** The form as `{show(word), press(key)}`; `say(word)` is called with a whole word, `tell(words)` with what is missing. */
export function ballot(form, { say, tell }) {
  const rows = [...form.querySelectorAll("[data-criterion]")];
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (rows.length) sayScores(rows, say, tell);
    else if (event.submitter?.name) say(wordFrom(form, event.submitter));
  });
  mark(rows);
  form.addEventListener("click", ({ target }) => { if (target.closest("[data-criterion]")) mark(rows, target.closest("[data-criterion]")); });
  form.addEventListener("change", () => { mark(rows); tell(""); });
  return { show: (word) => show(form, rows, word), press: (key) => press(form, rows, key) };
}

function wordFrom(form, { name, value }) {
  if (name === "stars") return { scores: { [form.querySelector("[data-only]").dataset.only]: Number(value) } };
  return { [name]: value };
}

const chosen = (row) => row.querySelector("input:checked");

function sayScores(rows, say, tell) {
  const open = rows.filter((row) => !chosen(row)).map((row) => row.dataset.criterion);
  if (open.length) return tell(`Still without stars: ${open.join(", ")}.`);
  say({ scores: Object.fromEntries(rows.map((row) => [row.dataset.criterion, Number(chosen(row).value)])) });
}

function show(form, rows, word) {
  const scores = Object.values(word?.scores ?? {}).map(String);
  const said = word?.vote ?? word?.winner ?? (scores.length === 1 ? scores[0] : null);
  for (const button of form.querySelectorAll("button[name]")) button.setAttribute("aria-pressed", String(button.value === said));
  for (const row of rows) for (const radio of row.querySelectorAll("input")) radio.checked = Number(radio.value) === word?.scores?.[row.dataset.criterion];
  mark(rows);
}

/** The criterion that the next number goes to; and the one that is open where there is room for one alone, `wanted` if it is. */
function mark(rows, wanted = null) {
  const next = rows.find((row) => !chosen(row));
  const open = wanted ?? next ?? rows.at(-1);
  for (const row of rows) {
    row.classList.toggle("next", row === next);
    row.classList.toggle("shut", row !== open);
  }
  open?.scrollIntoView({ block: "nearest" });
}

/** The number that a key stands for: 0 is ten, where there are ten. */
export const numberOf = (key) => (/^[0-9]$/.test(key) ? Number(key) || 10 : null);

/** Whether the key was the ballot's own. */
function press(form, rows, key) {
  const number = numberOf(key);
  if (rows.length && key === "Enter") form.requestSubmit(form.querySelector("[data-part=give]"));
  else if (rows.length && number) return score(rows, number);
  else if (number || key in VOTES) {
    const button = form.querySelector(`button[name=stars][value="${number}"], button[name=vote][value="${VOTES[key] ?? ""}"]`);
    button?.click();
    return Boolean(button);
  } else return false;
  return true;
}

/** A number goes to the criterion that has the focus and no stars yet, else to the first without. */
function score(rows, number) {
  const focused = rows.find((row) => row.contains(document.activeElement));
  const row = (focused && !chosen(focused) ? focused : rows.find((one) => !chosen(one))) ?? focused ?? rows.at(-1);
  const radio = row.querySelector(`[value="${number}"]`);
  if (!radio) return false;
  radio.checked = true;
  row.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}
