// An order of photos with ties, as plain data: `{tiers: [[id, …], …], rest: [id, …]}`, best first; `rest` is not ranked.
// Every function returns a new order.

export const FEWEST = 2;

/** The order that a word holds, of these ids; what it does not name is not ranked. */
export function orderOf(ids, word) {
  const tiers = (word?.ranking ?? []).map((tier) => ids.filter((id) => tier.includes(id))).filter((tier) => tier.length);
  return { tiers, rest: ids.filter((id) => !tiers.flat().includes(id)) };
}

export const rankingIn = ({ tiers }) => ({ ranking: tiers });

/** The tier that a photo stands in, counted from 0; -1 where it is not ranked. */
export const tierOf = ({ tiers }, id) => tiers.findIndex((tier) => tier.includes(id));

/** The photo's place as people say it: 1, 2, 2, 4; null where it has none. */
export function placeOf(order, id) {
  const at = tierOf(order, id);
  return at < 0 ? null : 1 + order.tiers.slice(0, at).flat().length;
}

export const isTied = (order, id) => (order.tiers[tierOf(order, id)]?.length ?? 0) > 1;

/** How many photos have a place. */
export const ranked = ({ tiers }) => tiers.flat().length;

const without = ({ tiers, rest }, id) => ({
  tiers: tiers.map((tier) => tier.filter((one) => one !== id)).filter((tier) => tier.length),
  rest: rest.filter((one) => one !== id),
});

/** Alone on a place of its own, before the tier that stands at `at` now. */
export function put(order, id, at) {
  const from = tierOf(order, id);
  const closes = from >= 0 && order.tiers[from].length === 1 && from < at ? 1 : 0;
  const { tiers, rest } = without(order, id);
  const place = Math.max(0, Math.min(at - closes, tiers.length));
  return { rest, tiers: [...tiers.slice(0, place), [id], ...tiers.slice(place)] };
}

/** On the last place of all. */
export const append = (order, id) => put(order, id, order.tiers.length);

/** Left without a place. */
export function leave(order, id) {
  if (order.rest.includes(id)) return order;
  const { tiers, rest } = without(order, id);
  return { tiers, rest: [...rest, id] };
}

/** One step towards the first (-1) or the last (1). Out of a tie first; from no place, up to the last one; below it, to none. */
export function move(order, id, step) {
  const at = tierOf(order, id);
  if (at < 0) return step < 0 ? append(order, id) : order;
  if (order.tiers[at].length > 1) return put(order, id, step < 0 ? at : at + 1);
  if (step > 0 && at === order.tiers.length - 1) return leave(order, id);
  return put(order, id, step < 0 ? at - 1 : at + 2);
}

/** On the same place as the one above; tied already, on a place of its own below the others. */
export function tie(order, id) {
  const at = tierOf(order, id);
  if (isTied(order, id)) return put(order, id, at + 1);
  if (at < 1) return order;
  return { ...order, tiers: order.tiers.flatMap((tier, i) => (i === at - 1 ? [[...tier, id]] : i === at ? [] : [tier])) };
}

/** Onto the place of another photo. */
export function join(order, id, other) {
  if (id === other || tierOf(order, other) < 0) return order;
  const { tiers, rest } = without(order, id);
  return { rest, tiers: tiers.map((tier) => (tier.includes(other) ? [...tier, id] : tier)) };
}

/** What a judge hears of a photo: “The bridge: place 2 of 5, tied.”; in an order that begins further down, “The bridge: place 12.” */
export function said(order, id, name, first = 1) {
  const place = placeOf(order, id);
  if (place === null) return `${name}: not ranked.`;
  if (first > 1) return `${name}: place ${place + first - 1}.`;
  return `${name}: place ${place} of ${ranked(order)}${isTied(order, id) ? ", tied" : ""}.`;
}

/** Photos in the order in which they are read: by place, then those without one. */
export const inOrder = ({ tiers, rest }) => [...tiers.flat(), ...rest];
