// Moderation without waiting: decisions and steps through the list change this page in place, and keys do what buttons do.
// p publish, d decline (then write why), u undo, j and k to the next and previous photo.

export function moderateByKey(root) {
  const desk = () => root.querySelector("[data-moderation]");
  if (!desk()) return;
  warm(desk());
  root.addEventListener("keydown", (event) => {
    if (event.repeat || event.altKey || event.ctrlKey || event.metaKey || event.target.closest("textarea, input, select, dialog")) return;
    const press = { p: "publish", d: "decline", u: "undo", j: "next", k: "previous" }[event.key];
    if (!press) return;
    event.preventDefault();
    if (press === "decline") desk().querySelector("[name='reason']")?.focus();
    else if (press === "next" || press === "previous") step(desk(), press === "next" ? 1 : -1)?.click();
    else desk().querySelector(`[data-press="${press}"]`)?.click();
  });
  root.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (!form.closest("[data-moderation]")) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form, submitter));
    void swap(form.action, { method: "POST", body });
  });
  root.addEventListener("click", (event) => {
    const link = event.target.closest("[data-moderation] [data-queue] a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    void swap(link.href, {});
  });
  addEventListener("popstate", () => location.reload());

  async function swap(url, options) {
    const old = desk();
    old.ariaBusy = "true";
    try {
      const answer = await fetch(url, { credentials: "same-origin", ...options });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-moderation]");
      if (!fresh) throw new Error("another page");
      old.replaceWith(fresh);
      told(page);
      history.pushState(null, "", answer.url);
      fresh.querySelector("[aria-current='true']")?.scrollIntoView({ block: "nearest", inline: "nearest" });
      fresh.querySelector("[data-focus]")?.focus({ preventScroll: true });
      warm(fresh);
    } catch {
      old.ariaBusy = "false";
      const tell = Object.assign(document.createElement("p"), { className: "flash problem", textContent: "That was not saved: nobody answered. Nothing has changed; try once more." });
      tell.setAttribute("role", "alert");
      old.prepend(tell);
    }
  }
}

/** What the next page would have said on top is said here. */
function told(page) {
  document.querySelector("main > .flashes")?.remove();
  const said = page.querySelector("main > .flashes");
  document.querySelector("[data-tell]").textContent = said?.textContent.trim() ?? "";
  if (said) document.querySelector("main").prepend(said);
}

function step(desk, by) {
  const links = [...desk.querySelectorAll("[data-queue] a")];
  return links[links.findIndex((link) => link.getAttribute("aria-current") === "true") + by];
}

/** Have the next photo's picture here before it is asked for. */
function warm(desk) {
  const next = step(desk, 1)?.dataset.large;
  if (next) new Image().src = next;
}
