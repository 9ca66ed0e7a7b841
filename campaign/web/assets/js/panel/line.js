// The one line under the bar: what matters most just now is on it, and the photo never moves for it.

export const RANKING = ["lost", "waiting", "rest", "welcome", "until"];

/** Which of these notices is shown: the first in rank. */
export const foremost = (names) => RANKING.find((name) => names.includes(name)) ?? null;

/** The line in `root`: `show(name, words)` and `hide(name)`; each notice is an element `data-notice`. */
export function noticeLine(root) {
  const notices = new Map([...root.querySelectorAll("[data-notice]")].map((one) => [one.dataset.notice, one]));
  const active = new Set([...notices].filter(([, one]) => "on" in one.dataset).map(([name]) => name));
  const draw = () => { for (const [name, one] of notices) one.hidden = name !== foremost([...active]); };
  const hide = (name) => { active.delete(name); draw(); };
  root.addEventListener("click", ({ target }) => {
    if (target.closest("[data-dismiss]")) hide(target.closest("[data-notice]").dataset.notice);
  });
  draw();
  return {
    hide,
    isOn: (name) => active.has(name),
    show(name, words) {
      const place = notices.get(name)?.querySelector("[data-words]");
      if (!place) return;
      if (place.textContent !== words) place.textContent = words;
      active.add(name);
      draw();
    },
  };
}
