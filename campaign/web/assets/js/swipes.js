// A swipe does what a button does. `ways` maps left, right, up and down to names; others are left alone.

const FAR = 60;

/** Which way a finger went: "left", "right", "up", "down", or null for a tap or a slant. */
export function wayOf(across, down) {
  const [wide, tall] = [Math.abs(across), Math.abs(down)];
  if (wide >= FAR && wide >= 2 * tall) return across < 0 ? "left" : "right";
  if (tall >= FAR && tall >= 2 * wide) return down < 0 ? "up" : "down";
  return null;
}

export function swipes(place, ways, act) {
  let from = null;
  place.addEventListener("touchstart", ({ touches }) => { from = touches.length === 1 ? touches[0] : null; }, { passive: true });
  place.addEventListener("touchend", ({ changedTouches }) => {
    if (!from) return;
    const name = ways[wayOf(changedTouches[0].clientX - from.clientX, changedTouches[0].clientY - from.clientY)];
    from = null;
    if (name) act(name);
  }, { passive: true });
}
