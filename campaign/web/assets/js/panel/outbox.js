// What a judge said and we have not heard yet, in order, as plain data. An entry is `{key, kind, round, assignment, word,
// before, counts, tried, name}`: `kind` is cast, undo, skip, recuse or mark; `before` the word it takes the place of;
// `counts` how many ballots more the judge has with it (1, 0, -1); `tried` whether we may have heard it already.
import { NAMELESS } from "./words.js";

const untried = (assignment, kind) => (one) => one.assignment === assignment && one.kind === kind && !one.tried;

/** The list with `entry` at its end. What was never sent is not sent only to be taken back: the newer word takes its place. */
export function add(list, entry) {
  if (entry.kind === "mark") return [...list.filter((one) => one.tried || one.kind !== "mark" || one.photo !== entry.photo || one.round !== entry.round), entry];
  if (entry.kind !== "cast" && entry.kind !== "undo") return [...list, entry];
  const replaced = list.filter(untried(entry.assignment, "cast"));
  const kept = list.filter((one) => !replaced.includes(one));
  const counts = replaced.reduce((sum, one) => sum + one.counts, entry.counts);
  const before = replaced.length ? replaced[0].before : entry.before;
  if (entry.kind === "undo" && replaced.some((one) => one.counts === 1)) return kept;
  return [...kept, { ...entry, counts, before }];
}

/** The request that an entry stands for: method, address, body (undefined where there is none). */
export function requestOf({ kind, round, assignment, photo, word, reason }) {
  const address = `/api/v1/assignments/${assignment}`;
  if (kind === "cast") return ["PUT", `${address}/ballot`, word];
  if (kind === "undo") return ["DELETE", `${address}/ballot`, undefined];
  if (kind === "skip") return ["POST", `${address}/skip`, undefined];
  if (kind === "recuse") return ["POST", `${address}/recuse`, reason ? { reason } : {}];
  return ["PUT", `/api/v1/rounds/${round}/marks/${photo}`, word];
}

const isBallot = ({ kind }) => kind === "cast" || kind === "undo";

/** How many ballots wait. */
export const ballotsIn = (list) => list.filter(isBallot).length;

/** By how many ballots a judge is further in a round than we know. */
export const ahead = (list, round) => list.filter((one) => one.round === round).reduce((sum, { counts }) => sum + (counts ?? 0), 0);

/** The assignments of which something waits: what we say about them is not the last word. */
export const held = (list) => new Set(list.map(({ assignment }) => assignment).filter(Boolean));

/** What is lost with an entry that was refused: all of its round where that has ended, else the entry and what follows on the same photo. */
export function lostWith(list, refused, { code } = {}) {
  const over = typeof code === "string" && code.startsWith("round_");
  return list.filter((one) => one.key === refused.key || (over ? one.round === refused.round : one.assignment && one.assignment === refused.assignment));
}

/** What a judge is told of what waits. `kept`: whether this browser keeps it if the page is closed. */
export function waitingWords(list, { kept = true, signedOut = false } = {}) {
  const many = ballotsIn(list) || list.length;
  const things = ballotsIn(list) ? (many === 1 ? "1 ballot" : `${many} ballots`) : many === 1 ? "1 thing you wrote" : `${many} things you wrote`;
  const verb = many === 1 ? "waits" : "wait";
  const they = many === 1 ? "it goes" : "they go";
  if (signedOut) return `You are signed out. ${things} ${verb} on this device; ${they} when you sign in again.`;
  if (!kept) return `${things} ${verb} on this page; keep it open, ${they} as soon as the network is back.`;
  return `${things} ${verb} on this device; ${they} as soon as the network is back.`;
}

/** What a judge is told of what was not counted. */
export function lostWords(lost) {
  const ballots = lost.filter(isBallot);
  const names = [...new Set(ballots.map(({ name }) => name))].filter((name) => name !== NAMELESS);
  const over = lost.some(({ code }) => code?.startsWith("round_"));
  const which = names.length ? `: ${names.map((name) => `“${name}”`).join(", ")}` : "";
  const many = ballots.length === 1 ? "1 ballot" : `${ballots.length} ballots`;
  if (!ballots.length) return `Something you wrote did not reach us. ${lost[0]?.why ?? ""}`.trim();
  if (over) return `The round closed before ${many} of yours reached us, so ${ballots.length === 1 ? "it was" : "they were"} not counted${which}. Everything before counts.`;
  return `${many} of yours could not be counted${which}. ${ballots[0].why}`;
}
