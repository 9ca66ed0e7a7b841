// Sending a photo: choose, see it, send, know. Without this script the same form posts the photo by itself.
import "./stage.js";
import { Refusal, ask, mayPass, newKey } from "./api.js";
import { typeOf, whyNot } from "./photo_file.js";
import { AttemptFailed, putBytes, transfer, wait } from "./transfer.js";

const form = document.querySelector("[data-enter]");
const sending = document.querySelector("[data-sending]");
const file = form.elements.photo;
const part = (name) => sending.querySelector(`[data-part="${name}"]`);
let picture = "";
let entry;

file.addEventListener("change", () => {
  const [chosen] = file.files;
  const why = chosen ? whyNot(chosen, Number(form.dataset.most)) : "";
  say("photo", why);
  if (why) file.value = "";
  show(why ? undefined : chosen);
});

function show(chosen) {
  if (picture) URL.revokeObjectURL(picture);
  picture = chosen ? URL.createObjectURL(chosen) : "";
  const shown = form.querySelector("[data-preview]");
  const pick = form.querySelector(".pick");
  pick.classList.toggle("chosen", Boolean(chosen));
  pick.querySelector("[data-ask]").hidden = Boolean(chosen);
  pick.querySelector("[data-again]").hidden = !chosen;
  shown.hidden = !chosen;
  if (!chosen) return;
  shown.src = picture;
  // A browser that cannot open HEIC still sends it; the fan sees its name instead.
  shown.onerror = () => { shown.hidden = true; pick.querySelector("[data-again]").textContent = `${chosen.name} is chosen. Choose another`; };
}

function say(name, words) {
  const line = form.querySelector(`[data-mend="${name}"]`) ?? form.querySelector('[data-mend="form"]');
  line.textContent = words;
  line.hidden = !words;
  form.elements[name]?.setAttribute("aria-invalid", String(Boolean(words)));
  if (words) form.elements[name]?.focus();
}

form.addEventListener("submit", (event) => {
  const [chosen] = file.files;
  if (!chosen) return;
  event.preventDefault();
  entry = undefined;
  void send(chosen, newKey());
});

async function send(chosen, key) {
  for (const line of form.querySelectorAll("[data-mend]")) line.hidden = true;
  begin();
  try {
    entry ??= await patiently(() => ask("POST", form.dataset.api, claim(chosen), { key }));
    const address = `/api/v1/submissions/${entry.id}`;
    await carry(chosen, address);
    part("bar").removeAttribute("value");
    tell("Nearly there", "All of it has left your phone. We are checking that it arrived whole.");
    await patiently(() => ask("POST", `${address}/complete`));
    window.removeEventListener("beforeunload", warn);
    await follow(address);
  } catch (problem) {
    window.removeEventListener("beforeunload", warn);
    stopped(problem, () => send(chosen, key));
  }
}

function claim(chosen) {
  const { caption, place, rules_version: version } = form.elements;
  return {
    caption: caption.value.trim(), place: place.value.trim(), rules_version: Number(version.value),
    photo: { filename: chosen.name, content_type: typeOf(chosen), bytes: chosen.size },
  };
}

function carry(chosen, address) {
  let ready = entry.upload;
  const sign = async () => {
    const upload = ready ?? (await ask("POST", `${address}/ticket`)).upload;
    ready = entry.upload = null;
    return upload;
  };
  const progress = (share) => {
    part("bar").value = share;
    tell("Sending your photo", share < 1 ? `${Math.round(share * 100)} % has left your phone. Keep this page open.` : "All of it has left your phone.");
  };
  const onPause = () => tell("The network is slow", "It stopped for a moment. Keep this page open: we try again by ourselves, and nothing is lost.");
  // A refusal by the store may only mean that a signature aged on the way; the next attempt carries a fresh one.
  const worthIt = (problem) => problem instanceof AttemptFailed || mayPass(problem);
  return transfer({ sign, put: (upload, moved) => putBytes(upload, chosen, { onProgress: (share) => { moved(); progress(share); } }), mayPass: worthIt, onPause });
}

function patiently(act) {
  const onPause = () => tell("Waiting for the network", "Nobody answered just now. We try again by ourselves.");
  return transfer({ sign: act, put: (answer) => answer, mayPass, onPause });
}

async function follow(address) {
  tell("Your photo reached us", "We are making it ready to hang. You can stay and watch, or leave: it is safe with us.");
  part("after").hidden = false;
  for (let looks = 0; looks < 40; looks++) {
    await wait(Math.min(1000 + looks * 250, 5000));
    const now = await ask("GET", address).catch(() => ({ state: "received" }));
    if (now.state === "rejected") return refused(now.reason);
    if (now.state !== "received" && now.state !== "ticketed") break;
  }
  part("bar").hidden = true;
  tell("Your photo reached us", "A person from the show looks at it next, usually within a day. “My photos” always knows where it is.");
}

function refused(reason) {
  part("bar").hidden = true;
  part("after").hidden = true;
  tell("We could not open this one", reason || "The file did not open as a photo. Your entry is still yours: pick another?");
  retry("Choose another photo", () => { location.reload(); });
}

const warn = (event) => event.preventDefault();

function begin() {
  window.addEventListener("beforeunload", warn);
  form.hidden = true;
  document.querySelector("[data-next-steps]").hidden = true;
  sending.hidden = false;
  part("picture").src = picture;
  part("picture").onerror = () => { part("picture").hidden = true; };
  part("bar").value = 0;
  part("bar").hidden = false;
  part("retry").hidden = true;
  tell("Getting ready", "Telling the show that a photo is on its way.");
  part("title").focus();
  scrollTo({ top: 0 });
}

function tell(title, words) {
  if (part("title").textContent !== title) part("title").textContent = title;
  part("words").textContent = words;
}

function retry(label, act) {
  part("retry").hidden = false;
  part("retry").textContent = label;
  part("retry").onclick = act;
}

/** Honest about what stopped it; the chosen photo and the words stay. */
function stopped(problem, again) {
  const named = problem instanceof Refusal ? Object.entries(problem.fields) : [];
  if (problem instanceof Refusal && problem.status !== 401) entry = undefined;
  if (problem instanceof Refusal && (problem.status === 422 || problem.status === 409)) {
    sending.hidden = true;
    form.hidden = false;
    document.querySelector("[data-next-steps]").hidden = false;
    for (const [name, words] of named) say(name, [words].flat().join(" "));
    if (named.length === 0) say("form", problem.message);
    return;
  }
  part("bar").hidden = true;
  if (problem instanceof Refusal && problem.status === 401) tell("You were signed out", "Sign in again in another tab, come back here and send it once more.");
  else if (problem instanceof Refusal) tell("It did not go through", problem.message);
  else tell("It has not reached us", "The network would not carry it for two minutes. Your photo and your words are still here. Try again when the signal is better.");
  retry("Send it again", again);
}
