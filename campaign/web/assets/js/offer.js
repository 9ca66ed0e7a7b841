// After a reload or a lost page: what was chosen here before is shown, and whoever wants goes on with it.

/** Whether this page may speak for a photo: not while another living page does. Ours as long as this page lives. */
export const isOurs = ({ id }, locks = navigator.locks) => new Promise((done) => {
  if (!locks) return done(true); // without HTTPS; the photo's key makes it count once all the same
  const patience = { signal: AbortSignal.timeout(500) }; // a page that was reloaded lets go a moment later
  locks.request(`flaunt ${id}`, patience, () => { done(true); return new Promise(() => {}); }).catch(() => done(false));
});

/** Those of the kept photos to offer, and whether they had been sent off: these come first, the rest another time. */
export function offered(photos, rulesVersion) {
  const whole = photos.filter(({ file }) => file);
  // Agreed to other rules and without a ticket, it has to be looked at again.
  const begun = whole.filter(({ claim, ticket }) => ticket || claim?.rules_version === rulesVersion);
  return begun.length > 0 ? { photos: begun, begun: true } : { photos: whole, begun: false };
}

export function offerWords({ photos, begun }) {
  const what = photos.length > 1 ? `${photos.length} photos` : "a photo";
  const them = photos.length > 1 ? "They are" : "It is";
  return begun
    ? { title: `You were sending ${what}`, words: `${them} still on this device, with your words. Go on, and whatever has reached us already is not sent twice.` }
    : { title: `You had chosen ${what}`, words: `${them} still on this device, with your words.` };
}

/** Show it in `section`; resolves to whether to go on. The section stays until somebody hides it. */
export function makeOffer(section, offer) {
  const part = (name) => section.querySelector(`[data-part="${name}"]`);
  const { title, words } = offerWords(offer);
  part("offer-title").textContent = title;
  part("offer-words").textContent = words;
  part("thumbs").replaceChildren(...offer.photos.map(thumb));
  section.hidden = false;
  return new Promise((done) => {
    for (const [name, answer] of [["go-on", true], ["anew", false]]) {
      part(name).disabled = false;
      part(name).onclick = () => { part("go-on").disabled = part("anew").disabled = true; done(answer); };
    }
  });
}

function thumb({ file, words }) {
  const item = document.createElement("li");
  const picture = item.appendChild(document.createElement("img"));
  picture.alt = words?.caption || file.name;
  picture.onerror = () => { item.textContent = file.name; }; // a browser that cannot open HEIC
  picture.src = URL.createObjectURL(file);
  return item;
}
