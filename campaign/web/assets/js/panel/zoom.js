// How a picture lies under the loupe, as plain numbers. A view is `{scale, x, y}`: `scale` is screen pixels for one pixel of
// the picture (1: true pixels), `x` and `y` (0..1) the point of the picture in the middle of the glass. One view serves
// two pictures side by side: both show the same part of themselves. Sizes are in CSS pixels at scale 1.

export const MOST = 4;
export const STEP = Math.SQRT2;
const between = (low, value, high) => Math.max(low, Math.min(value, high));

/** The scale at which the whole picture fits the glass. */
export const fitting = (glass, size) => Math.min(glass.width / size.width, glass.height / size.height);

/** The whole picture, in the middle. */
export const whole = (glass, size) => ({ scale: fitting(glass, size), x: 0.5, y: 0.5 });

/** Kept where there is something to see: no smaller than whole (or true, if that is smaller), the edges never inside the glass. */
export function bounded({ scale, x, y }, glass, size) {
  const kept = between(Math.min(1, fitting(glass, size)), scale, Math.max(MOST, fitting(glass, size)));
  const along = (at, room, length) => {
    const half = room / (2 * length * kept);
    return half >= 0.5 ? 0.5 : between(half, at, 1 - half);
  };
  return { scale: kept, x: along(x, glass.width, size.width), y: along(y, glass.height, size.height) };
}

/** Larger by `factor`, with what lies under `point` (from the glass's middle) staying there. */
export function zoomed(view, factor, point, glass, size) {
  const scale = between(Math.min(1, fitting(glass, size)), view.scale * factor, Math.max(MOST, fitting(glass, size)));
  const shift = (at, along, length) => at + along / length * (1 / view.scale - 1 / scale);
  return bounded({ scale, x: shift(view.x, point.x, size.width), y: shift(view.y, point.y, size.height) }, glass, size);
}

/** Dragged by so many CSS pixels. */
export const moved = (view, by, glass, size) =>
  bounded({ ...view, x: view.x - by.x / (size.width * view.scale), y: view.y - by.y / (size.height * view.scale) }, glass, size);

/** Where the picture's corner lies in the glass. */
export const corner = ({ scale, x, y }, glass, size) => ({ left: glass.width / 2 - x * size.width * scale, top: glass.height / 2 - y * size.height * scale });
