// A judge's word, in the shape that the API takes and gives: one of `{vote}`, `{scores}`, `{winner}`, `{ranking}`.

const PARTS = ["vote", "scores", "winner", "ranking"];

/** The word in what the server sent; null where nothing is said yet. */
export function wordOf(assignment) {
  const part = PARTS.find((name) => assignment[name] !== null && assignment[name] !== undefined);
  return part ? { [part]: assignment[part] } : null;
}

/** An assignment as it hangs: its photos turned by its id, so that none is always on the left (campaign/judging/seating.py). */
export function seated(assignment) {
  const { id, submissions = [] } = assignment;
  const first = submissions.length > 1 ? parseInt(id.slice(-4), 16) % submissions.length : 0;
  return { ...assignment, submissions: [...submissions.slice(first), ...submissions.slice(0, first)] };
}

export const NAMELESS = "a photo";

/** What a photo is called; in a blind round it has no name. */
export const nameOf = ({ caption, place } = {}) => [caption, place].filter(Boolean).join(", ") || NAMELESS;

const tiersOf = (ranking, photos) => ranking.map((tier) => tier.map((id) => photos.find((one) => one.id === id)?.caption || "a photo").join(" and "));

/** A word for a person: “yes”, “4”, “Light 4, Story 5”, “the left one”, “first The bridge, last Cranes asleep”. */
export function spoken(word, photos = []) {
  if (word.vote) return word.vote;
  if (word.scores) {
    const given = Object.entries(word.scores);
    return given.length === 1 ? String(given[0][1]) : given.map(([name, stars]) => `${name} ${stars}`).join(", ");
  }
  if (word.winner) return photos[0]?.id === word.winner ? "the left one" : "the right one";
  const tiers = tiersOf(word.ranking, photos);
  return tiers.length > 1 ? `an order: first ${tiers[0]}, last ${tiers.at(-1)}` : "an order";
}
