// The form of a round tells, as it is filled in, how much work that would be for each judge.
const PATIENCE = 250;

/** What the address of the workload asks for, from the fields as they stand. */
export function asked(data) {
  const given = new URLSearchParams();
  const method = data.get("method") ?? "stars";
  given.set("method", method);
  given.set("judges", String(data.getAll("panel").length));
  for (const name of ["quorum", "list_size"]) if (data.get(name)) given.set(name, data.get(name));
  const named = [...data.keys()].filter((name) => name.startsWith("criterion-") && data.get(name).trim());
  if (method === "stars") given.set("criteria", String(Math.max(1, named.length)));
  const way = data.get("source_kind");
  if (way === "category") given.set("category", data.get("category"));
  if (way === "top" || way === "least") {
    given.set("round", data.get("source"));
    given.set(way, data.get(way));
  }
  if (way === "picked") given.set("picked", String(data.getAll("picked").length));
  return given;
}

/** Keep the sentence under the quorum true. Where it cannot be asked for, what stands there stays. */
export function tellWork(page) {
  const form = page.querySelector("form[data-workload]");
  const line = form?.querySelector("#workload");
  if (!line) return;
  let timer, turn = 0;
  const ask = async () => {
    const mine = ++turn;
    try {
      const answer = await fetch(`${form.dataset.workload}?${asked(new FormData(form))}`, { headers: { accept: "application/json" } });
      if (answer.ok && mine === turn) line.textContent = (await answer.json()).words;
    } catch {
      // Without a connection the sentence stays as it was; saving works it out anyway.
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PATIENCE);
  });
}
