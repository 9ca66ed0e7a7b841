// One photo on the page: its picture, its words, how far it has come, and what can be done when it stops.

const NAMED = ["id", "for", "aria-describedby"];

export class Card {
  photo;

  constructor(element) {
    this.element = element;
    this.part = (name) => element.querySelector(`[data-part="${name}"]`);
    this.fields = Object.fromEntries(["caption", "place", "category"].map((name) => [name, element.querySelector(`[name="${name}"]`)]).filter(([, field]) => field));
    this.part("leave").onclick = () => this.onLeave();
    this.part("again").onclick = () => this.onAgain();
    element.addEventListener("input", () => this.onInput());
    element.addEventListener("change", ({ target }) => this.onChange(target.name));
  }

  onLeave() {}
  onAgain() {}
  onInput() {}
  onChange() {}

  /** Another card like this one, empty, at the end of the list. Ids are made its own. */
  another(number) {
    const element = this.element.cloneNode(true);
    for (const name of NAMED) {
      for (const node of element.querySelectorAll(`[${name}]`)) node.setAttribute(name, node.getAttribute(name).replace(/[\w-]+/g, (id) => `${id}-${number}`));
    }
    this.element.parentElement.append(element);
    const card = new Card(element);
    card.hold(undefined);
    card.hush();
    return card;
  }

  get words() {
    return Object.fromEntries(Object.entries(this.fields).map(([name, field]) => [name, field.value.trim()]));
  }

  set words(words) {
    for (const [name, field] of Object.entries(this.fields)) field.value = words[name] ?? "";
    if (this.fields.category?.selectedIndex === -1) this.fields.category.value = ""; // a category that is no more
  }

  /**
   * Show this photo, or none, on a mat whose shape is settled before a byte is read: nothing moves when it is drawn. A
   * browser that cannot open HEIC still sends it, and says so on the mat.
   */
  hold(photo) {
    const picture = this.part("picture");
    const file = photo?.file;
    if (this.address) URL.revokeObjectURL(this.address);
    this.photo = photo;
    this.address = file && URL.createObjectURL(file);
    this.part("shown").hidden = !file;
    this.part("name").textContent = file?.name ?? "";
    const drawable = (yes) => { picture.hidden = !yes; this.part("unseen").hidden = yes; };
    drawable(true);
    picture.onerror = () => drawable(false);
    if (file) picture.src = this.address;
    else picture.removeAttribute("src");
    this.phase("words");
  }

  /** Which of its faces it shows: `words` while they can be written, `sending`, `stopped`, `there`, `known` (sent before), or `refused`. */
  phase(phase) {
    this.element.dataset.phase = phase;
    this.part("words").hidden = phase !== "words";
    this.part("words").disabled = phase !== "words";
    this.part("sending").hidden = phase === "words";
    this.part("bar").hidden = phase === "there";
    this.offer();
  }

  is(phase) {
    return this.element.dataset.phase === phase;
  }

  /** The button to go on, and the one to give up; without words there is neither. */
  offer(again = "", leave = "") {
    for (const [name, label] of [["again", again], ["leave", leave]]) {
      this.part(name).hidden = !label;
      this.part(name).textContent = label;
    }
    this.part("actions").hidden = !again && !leave;
  }

  tell(title, words, share) {
    const bar = this.part("bar");
    if (this.part("title").textContent !== title) this.part("title").textContent = title;
    this.part("told").textContent = words;
    if (share === null) bar.removeAttribute("value");
    else if (share !== undefined) bar.value = share;
  }

  say(name, words) {
    const line = this.element.querySelector(`[data-mend="${name}"]`);
    if (!line) return false;
    line.textContent = words;
    line.hidden = !words;
    this.fields[name]?.setAttribute("aria-invalid", String(Boolean(words)));
    return true;
  }

  hush() {
    for (const name of Object.keys(this.fields)) this.say(name, "");
  }

  focus() {
    const mended = this.element.querySelector('[aria-invalid="true"]');
    (mended ?? (this.is("words") ? this.fields.caption : this.part("title"))).focus();
  }
}
