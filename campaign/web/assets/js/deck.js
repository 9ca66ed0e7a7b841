// The cards of a page, one for each photo: they share what is told once, and know how many they are.
import { Card } from "./card.js";

const written = (words) => Object.fromEntries(Object.entries(words).filter(([, word]) => word));

export class Deck {
  #made = 1;

  /** `first` is the card that stands in the page; `onInput(card)` and `onLeave(card)` serve every card. */
  constructor(first, { onInput, onLeave }) {
    this.onInput = onInput;
    this.onLeave = onLeave;
    this.cards = [this.#ready(new Card(first))];
  }

  get first() {
    return this.cards[0];
  }

  get holding() {
    return this.cards.filter((card) => card.photo);
  }

  /** A card for this photo, with the words kept for it, and those told before that serve every photo. */
  hang(photo) {
    const card = this.cards.find((one) => !one.photo) ?? this.#another();
    card.words = { ...this.#toldOnce(), ...written(card.words), ...written(photo.words ?? {}) };
    card.hold(photo);
    return card;
  }

  /** Without its photo; the last card stays, empty. */
  empty(card) {
    card.hold(undefined);
    if (this.cards.length === 1) return;
    card.element.remove();
    this.cards = this.cards.filter((one) => one !== card);
  }

  /** Each card says which of how many it is. */
  number({ mayLeave }) {
    const many = this.cards.length;
    for (const [number, card] of this.cards.entries()) {
      card.part("legend").textContent = many > 1 ? `About photo ${number + 1} of ${many}` : "About your photo";
      card.part("picture").alt = many > 1 ? `The photo you chose, ${number + 1} of ${many}` : "The photo you chose";
      if (card.is("words")) card.offer("", card.photo && mayLeave ? "Leave this one out" : "");
    }
  }

  #ready(card) {
    card.onInput = () => this.onInput(card);
    card.onLeave = () => this.onLeave(card);
    card.onChange = (name) => this.#spread(card, name);
    return card;
  }

  #another() {
    const card = this.#ready(this.first.another(++this.#made));
    this.cards.push(card);
    return card;
  }

  /** The place and the category that some photo has already: they serve whichever is added later, too. */
  #toldOnce() {
    const { caption, ...shared } = Object.assign({}, ...this.cards.map((card) => written(card.words)).reverse());
    return shared;
  }

  /** A place or a category told once serves the photos of which none was told. */
  #spread(card, name) {
    if (name === "caption") return;
    for (const one of this.cards) {
      if (one.words[name]) continue;
      one.words = { ...one.words, [name]: card.words[name] };
      one.onInput();
    }
  }
}
