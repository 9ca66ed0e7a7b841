// What a fan picked, judged before a single byte travels.

const KINDS = { jpg: "image/jpeg", jpeg: "image/jpeg", png: "image/png", webp: "image/webp", heic: "image/heic", heif: "image/heif", avif: "image/avif" };
const TAKEN = new Set(Object.values(KINDS));

/** The photo's type; some phones name none for HEIC, or a vague one, so the file's ending speaks then. */
export function typeOf({ name, type }) {
  const ending = name.toLowerCase().split(".").pop();
  return TAKEN.has(type) || type.startsWith("video/") ? type : KINDS[ending] ?? type;
}

/** Why this file cannot be hung, in words for the fan; an empty string when it can. `most` is in bytes. */
export function whyNot(file, most) {
  const type = typeOf(file);
  if (type.startsWith("video/")) return "This one is a video; we can only hang photos. Pick another?";
  if (file.size === 0) return "That photo arrived empty from your phone. Open it once in your photos, then pick it again.";
  if (!TAKEN.has(type)) return "We can hang JPEG, PNG, WebP, HEIC and AVIF photos, and this is something else. Pick another?";
  if (file.size > most) return `This photo is ${megabytes(file.size)}; we can take up to ${megabytes(most)}. Pick a smaller one?`;
  return "";
}

export function megabytes(bytes) {
  const size = bytes / 2 ** 20;
  return `${size < 10 ? Math.round(size * 10) / 10 : Math.round(size)} MB`;
}

/** Whether two are the same one, chosen twice. */
export const isSame = (one, other) => one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
