// The pictures of photos: which file, how wide, and fetched before they are asked for. What is drawn in advance is the very
// element that hangs later, so that nothing is decoded twice.

export const NEXT = 3;
const ROOM = 40;
const LIST_SIZES = "(min-width: 56rem) 220px, 120px";
const kept = new Map();

const wide = ({ renditions }) => [...renditions].sort((a, b) => a.width - b.width);

/** The largest picture of a photo that a judge may see: its address and its size in pixels. */
export const largest = (photo) => wide(photo).at(-1);

/** How wide one of `many` hangs: its share of the window's width, or what four fifths of its height allow its shape. */
export function sizesOf({ width, height }, many) {
  const high = `${Math.round(800 * (width / height)) / 10}vh`;
  if (many > 2) return LIST_SIZES;
  return many === 2 ? `(orientation: portrait) min(100vw, ${Math.round(380 * (width / height)) / 10}vh), min(50vw, ${high})` : `min(100vw, ${high})`;
}

function address(photo, many) {
  const all = wide(photo);
  const middle = all.find(({ width, height }) => Math.max(width, height) >= 1280) ?? all.at(-1);
  return { sizes: sizesOf(photo, many), srcset: all.map(({ url, width }) => `${url} ${width}w`).join(", "), src: middle?.url ?? "" };
}

/** The picture of a photo as one of `many` on the easel: the same element each time, fetched from the first time on. */
export function pictureOf(photo, many) {
  const name = `${photo.id} ${many}`;
  const held = kept.get(name);
  kept.delete(name);
  const image = held ?? Object.assign(new Image(photo.width, photo.height), { decoding: "async", draggable: false, ...address(photo, many) });
  kept.set(name, image);
  for (const old of [...kept.keys()].slice(0, Math.max(0, kept.size - ROOM))) if (!kept.get(old).isConnected) kept.delete(old);
  return image;
}

/** One whose bytes did not come is asked for again the next time. */
export function forget(photos) {
  for (const photo of photos) kept.delete(`${photo.id} ${photos.length}`);
}

/**
 * Fetch what comes next: the next three drawn, the rest as far as there is room, so that a judge can go on for a while
 * without a network. Resolves to how many of the next three are ready to be looked at.
 */
export async function preload(assignments) {
  const near = assignments.slice(0, NEXT).map(({ submissions }) => submissions.map((photo) => pictureOf(photo, submissions.length)));
  let room = ROOM - 10 - near.flat().length;
  for (const { submissions } of assignments.slice(NEXT)) {
    room -= submissions.length;
    if (room < 0) break;
    for (const photo of submissions) pictureOf(photo, submissions.length).fetchPriority = "low";
  }
  const drawn = await Promise.allSettled(near.map((images) => Promise.all(images.map((image) => image.decode()))));
  return drawn.filter(({ status }) => status === "fulfilled").length;
}
