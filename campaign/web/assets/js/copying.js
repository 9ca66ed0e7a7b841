// A line to pass on gets a button that copies it. Without the script it is selected and copied by hand.

export function offerCopies(root) {
  for (const line of root.querySelectorAll("input[data-copy]")) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: line.dataset.copy });
    const said = Object.assign(document.createElement("span"), { className: "quiet" });
    said.setAttribute("role", "status");
    line.after(button, said);
    line.addEventListener("focus", () => line.select());
    button.addEventListener("click", async () => {
      line.select();
      try {
        await navigator.clipboard.writeText(line.value);
        said.textContent = "Copied.";
      } catch {
        said.textContent = "It is selected: copy it with your keyboard.";
      }
    });
  }
}
