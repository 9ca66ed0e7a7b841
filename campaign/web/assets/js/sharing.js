// The link of a page: one press copies it, or opens the phone's own share sheet. Without the script it stands in a field.

export function offerSharing(root) {
  for (const box of root.querySelectorAll("[data-share]")) {
    const field = box.querySelector("input");
    const said = box.querySelector("[role=status]");
    const copy = box.querySelector("[data-copy]");
    const sheet = box.querySelector("[data-sheet]");
    field.addEventListener("focus", () => field.select());
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      said.textContent = "";
      const done = await copied(field);
      said.textContent = done ? "The link is copied." : "Your browser does not let us copy it. It is marked now: copy it from the field.";
    });
    if (!navigator.share) continue;
    sheet.hidden = false;
    sheet.addEventListener("click", async () => {
      said.textContent = "";
      try {
        await navigator.share({ title: box.dataset.title, url: field.value });
      } catch (problem) {
        if (problem.name !== "AbortError") said.textContent = "That did not open. “Copy link” works too.";
      }
    });
  }
}

/** Whether the field's text is in the clipboard now. Without HTTPS only the old way is there. */
async function copied(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.focus();
    field.select();
    return document.execCommand("copy");
  }
}
