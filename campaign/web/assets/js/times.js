// The reader's own clock beside the campaign's: an instant means little to a fan in another time zone.

/** "Lisbon time · Sun 22:00 yours" for an instant; null when both clocks read the same. */
export function readerWords(instant, city, { zone, locale, campaignZone } = {}) {
  const say = (timeZone, options) => new Intl.DateTimeFormat(locale, { timeZone, ...options }).format(instant);
  const both = { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  if (campaignZone && say(campaignZone, both) === say(zone, both)) return null;
  return `${city} time · ${say(zone, both)} yours`;
}

export function tellReaderTimes(root) {
  for (const small of root.querySelectorAll("[data-reader-time]")) {
    const { readerTime, city, zone } = small.dataset;
    const words = readerWords(new Date(readerTime), city, { campaignZone: zone });
    small.textContent = words ?? "your time too";
  }
}
