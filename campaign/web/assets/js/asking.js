// A form with data-ask is sent only after a yes. Without the script it is sent at once, as its button says.

export function askFirst(root) {
  root.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (!form.dataset.ask || form.dataset.answered) return;
    event.preventDefault();
    const dialog = question(form.dataset.ask, submitter?.textContent.trim() ?? "Yes");
    document.body.append(dialog);
    dialog.addEventListener("close", () => {
      if (dialog.returnValue === "yes") {
        form.dataset.answered = "yes";
        form.requestSubmit(submitter);
      }
      dialog.remove();
    });
    dialog.showModal();
  });
}

function question(words, yes) {
  const dialog = document.createElement("dialog");
  const form = Object.assign(document.createElement("form"), { method: "dialog" });
  const says = Object.assign(document.createElement("p"), { textContent: words, id: "asked" });
  dialog.setAttribute("aria-labelledby", says.id);
  const button = (label, value, className) => Object.assign(document.createElement("button"), { textContent: label, value, className });
  const row = Object.assign(document.createElement("p"), { className: "actions" });
  row.append(button(yes, "yes", "button"), button("Not now", "no", "button ghost"));
  form.append(says, row);
  dialog.append(form);
  return dialog;
}
