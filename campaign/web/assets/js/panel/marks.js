// Favourites and private notes: a star on the photo, a few words that nobody else reads. Kept at once, sent like ballots.

/** What this page knows of the judge's marks, by photo; `put(entry)` sends one. */
export function marks(root, { put, round, tell, announce }) {
  const known = new Map(Object.entries(JSON.parse(root.dataset.marks || "{}")));
  const dialog = root.ownerDocument.querySelector("[data-note]");
  const words = dialog?.querySelector("textarea");
  let writing = null;
  const of = (photo) => known.get(photo) ?? { favourite: false, note: "" };

  function set(photo, change) {
    const mark = { ...of(photo), ...change };
    known.set(photo, mark);
    void put({ kind: "mark", round, photo, word: mark, counts: 0, name: "" });
    draw(photo);
  }

  /** Show the marks of a photo on whatever speaks of it. */
  function draw(photo) {
    const { favourite, note } = of(photo);
    for (const place of root.ownerDocument.querySelectorAll(`[data-marks-of][data-photo="${CSS.escape(photo)}"]`)) {
      place.querySelector("[data-favourite]")?.setAttribute("aria-pressed", String(favourite));
      place.querySelector("[data-write]")?.classList.toggle("written", Boolean(note));
    }
  }

  function toggle(photo) {
    set(photo, { favourite: !of(photo).favourite });
    announce(of(photo).favourite ? "Among your favourites." : "No favourite any more.");
  }

  function write(photo) {
    writing = photo;
    words.value = of(photo).note;
    dialog.showModal();
    words.focus();
  }

  dialog?.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter?.value === "keep" && words.value.trim() !== of(writing).note) { set(writing, { note: words.value.trim() }); tell("Kept, for you alone."); }
    dialog.close();
  });
  words?.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) dialog.querySelector("[value=keep]").click();
  });
  root.ownerDocument.addEventListener("click", (event) => {
    const place = event.target.closest("[data-marks-of]");
    const button = event.target.closest("[data-favourite], [data-write]");
    if (!place || !button || !root.ownerDocument.documentElement.contains(place)) return;
    event.preventDefault();
    if (button.matches("[data-favourite]")) toggle(place.dataset.photo);
    else write(place.dataset.photo);
  });
  return { toggle, write, draw, of };
}
