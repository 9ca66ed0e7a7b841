// The form of a ballot: what a judge says in it, by click or by key, and showing what was said before.
// Three shapes: five buttons, three buttons, or five radios for each of several criteria.

const VOTES = { y: "yes", m: "maybe", n: "no" };

/** The form as `{show(word), press(key)}`; `say(word)` is called with a whole word, `tell(words)` with what is missing. */
export function ballot(form, { say, tell }) {
  const rows = [...form.querySelectorAll("[data-criterion]")];
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (rows.length) sayScores(rows, say, tell);
    else if (event.submitter?.name === "vote") say(event.submitter.value);
    else if (event.submitter) say({ [form.querySelector("[data-only]").dataset.only]: Number(event.submitter.value) });
  });
  mark(rows);
  form.addEventListener("change", () => { mark(rows); tell(""); });
  return { show: (word) => show(form, rows, word), press: (key) => press(form, rows, key) };
}

/** What the server takes. */
export const sent = (word) => (typeof word === "string" ? { vote: word } : { scores: word });

/** A word for a person: `yes`, `4`, or `Light 4, Story 5`. */
export function spoken(word) {
  if (typeof word === "string") return word;
  const given = Object.entries(word);
  return given.length === 1 ? String(given[0][1]) : given.map(([name, stars]) => `${name} ${stars}`).join(", ");
}

const chosen = (row) => row.querySelector("input:checked");

function sayScores(rows, say, tell) {
  const open = rows.filter((row) => !chosen(row)).map((row) => row.dataset.criterion);
  if (open.length) return tell(`Still without stars: ${open.join(", ")}.`);
  say(Object.fromEntries(rows.map((row) => [row.dataset.criterion, Number(chosen(row).value)])));
}

function show(form, rows, word) {
  const values = word === null || typeof word === "string" ? [word] : Object.values(word).map(String);
  for (const button of form.querySelectorAll("button[name]")) button.setAttribute("aria-pressed", String(values.length === 1 && button.value === values[0]));
  for (const row of rows) for (const radio of row.querySelectorAll("input")) radio.checked = Number(radio.value) === word?.[row.dataset.criterion];
  mark(rows);
}

/** The criterion that the next number goes to. */
function mark(rows) {
  const next = rows.find((row) => !chosen(row));
  for (const row of rows) row.classList.toggle("next", row === next);
}

/** Whether the key was the ballot's own. */
function press(form, rows, key) {
  if (rows.length && key === "Enter") form.requestSubmit(form.querySelector("[data-part=give]"));
  else if (rows.length && /^[1-5]$/.test(key)) score(rows, key);
  else if (/^[1-5ymn]$/.test(key)) {
    const button = form.querySelector(`button[name=stars][value="${key}"], button[name=vote][value="${VOTES[key] ?? ""}"]`);
    button?.click();
    return Boolean(button);
  } else return false;
  return true;
}

/** A number goes to the criterion that has the focus and no stars yet, else to the first without. */
function score(rows, key) {
  const focused = rows.find((row) => row.contains(document.activeElement));
  const row = (focused && !chosen(focused) ? focused : rows.find((one) => !chosen(one))) ?? focused ?? rows.at(-1);
  row.querySelector(`[value="${key}"]`).checked = true;
  row.dispatchEvent(new Event("change", { bubbles: true }));
}
