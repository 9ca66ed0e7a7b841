// A photo's thumbhash: 25 bytes that give its light before it arrives. Decoding follows evanw/thumbhash (MIT), the
// format's own reference: a few cosine coefficients each for lightness, two colour axes and, rarely, transparency.

const SHOWN = 32;

/** Base64 to bytes. */
export function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** The header's facts: average colour terms 0..1 (p, q: -1..1), their scales, and how many terms each axis has. */
export function readHeader(hash) {
  const bits24 = hash[0] | (hash[1] << 8) | (hash[2] << 16);
  const bits16 = hash[3] | (hash[4] << 8);
  const alpha = bits24 >> 23 !== 0;
  const wide = bits16 >> 15 !== 0;
  const terms = alpha ? 5 : 7;
  return {
    alpha,
    l: (bits24 & 63) / 63,
    p: ((bits24 >> 6) & 63) / 31.5 - 1,
    q: ((bits24 >> 12) & 63) / 31.5 - 1,
    lScale: ((bits24 >> 18) & 31) / 31,
    pScale: ((bits16 >> 3) & 63) / 63,
    qScale: ((bits16 >> 9) & 63) / 63,
    columns: Math.max(3, wide ? terms : bits16 & 7),
    rows: Math.max(3, wide ? bits16 & 7 : terms),
  };
}

function readTerms(hash, header) {
  let nibble = header.alpha ? 12 : 10;
  const channel = (columns, rows, scale) => {
    const terms = [];
    for (let y = 0; y < rows; y++) {
      for (let x = y ? 0 : 1; x * rows < columns * (rows - y); x++) {
        const value = (hash[nibble >> 1] >> ((nibble & 1) << 2)) & 15;
        terms.push([x, y, (value / 7.5 - 1) * scale]);
        nibble++;
      }
    }
    return terms;
  };
  return [channel(header.columns, header.rows, header.lScale), channel(3, 3, header.pScale * 1.25), channel(3, 3, header.qScale * 1.25)];
}

/** The hash as opaque RGBA pixels: `{ width, height, pixels }`, at most 32 on the longer side. */
export function decode(hash) {
  const header = readHeader(hash);
  const ratio = header.columns / header.rows;
  const width = Math.round(ratio > 1 ? SHOWN : SHOWN * ratio);
  const height = Math.round(ratio > 1 ? SHOWN / ratio : SHOWN);
  const channels = readTerms(hash, header);
  const pixels = new Uint8ClampedArray(width * height * 4);
  const sum = (terms, start, x, y) =>
    terms.reduce((total, [cx, cy, scale]) => total + 2 * scale * Math.cos((Math.PI / width) * (x + 0.5) * cx) * Math.cos((Math.PI / height) * (y + 0.5) * cy), start);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 4) {
      const l = sum(channels[0], header.l, x, y);
      const p = sum(channels[1], header.p, x, y);
      const q = sum(channels[2], header.q, x, y);
      const blue = l - (2 / 3) * p;
      const red = (3 * l - blue + q) / 2;
      pixels.set([red * 255, (red - q) * 255, blue * 255, 255], i);
    }
  }
  return { width, height, pixels };
}

/** Paint every waiting photo's haze. One that has already arrived is left alone. */
export function hazeAll(root) {
  for (const frame of root.querySelectorAll("[data-haze]")) {
    if (!frame.querySelector(":scope > img")?.complete) haze(frame, frame.dataset.haze);
  }
}

export function haze(frame, base64) {
  const { width, height, pixels } = decode(bytesOf(base64));
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  canvas.getContext("2d").putImageData(new ImageData(pixels, width, height), 0, 0);
  frame.style.backgroundImage = `url(${canvas.toDataURL()})`;
  frame.style.backgroundSize = "100% 100%";
  frame.classList.add("hazed");
}
