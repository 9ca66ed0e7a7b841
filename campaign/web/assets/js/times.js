// The reader's own clock beside the campaign's: an instant means little to a fan in another time zone.

/** "Lisbon time; Sun 22:00 where you are" for an instant; null when both clocks read the same. */
export function readerWords(instant, clock, { zone, locale, campaignZone } = {}) {
  const say = (timeZone, options) => new Intl.DateTimeFormat(locale, { timeZone, ...options }).format(instant);
  const both = { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  if (campaignZone && say(campaignZone, both) === say(zone, both)) return null;
  return `${clock}; ${say(zone, both)} where you are`;
}

export function tellReaderTimes(root) {
  for (const small of root.querySelectorAll("[data-reader-time]")) {
    const { readerTime, clock, zone, language } = small.dataset;
    const words = readerWords(new Date(readerTime), clock, { campaignZone: zone, locale: language });
    small.textContent = words ?? `${clock}, and yours`;
  }
}
