// What a fan typed and has not sent: kept on this device, so that a reload or a lost page costs no words. Photos are not
// kept: a browser gives a file only to the page that asked for it. A browser that keeps nothing is no reason to stop.

const MOST = 24;

/** Words by photo (`nameOf`; "" before one is chosen), and the place and category used last, for the next one. */
export function draftsIn(store, name) {
  const read = () => {
    try {
      return { photos: {}, last: {}, ...JSON.parse(store().getItem(name)) };
    } catch {
      return { photos: {}, last: {} };
    }
  };
  const change = (act) => {
    try {
      const kept = read();
      act(kept);
      kept.photos = Object.fromEntries(Object.entries(kept.photos).slice(-MOST));
      store().setItem(name, JSON.stringify(kept));
    } catch { /* private mode, or full: the form works all the same */ }
  };
  return {
    words(photo) {
      const { photos, last } = read();
      return { caption: "", ...last, ...photos[photo] };
    },
    keep(photo, words) {
      change((kept) => {
        delete kept.photos[photo];
        kept.photos[photo] = words;
        kept.last = { place: words.place, category: words.category };
      });
    },
    forget(photo) {
      change((kept) => { delete kept.photos[photo]; });
    },
  };
}

/** The same photo chosen again after a reload has the same name, length and age. */
export const nameOf = (file) => (file ? `${file.name}:${file.size}:${file.lastModified}` : "");
