// A countdown that ticks by the server's clock: a phone's own may be wrong by minutes. Past zero it says so.

const MINUTE = 60, HOUR = 3600, DAY = 86400;
const counted = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;
const two = (number) => String(number).padStart(2, "0");

/** "6 days 3 hours" for seconds; below a day "5:07:09", below an hour "7:09". */
export function leftWords(seconds) {
  const days = Math.floor(seconds / DAY), hours = Math.floor((seconds % DAY) / HOUR), minutes = Math.floor((seconds % HOUR) / MINUTE);
  if (days) return hours ? `${counted(days, "day")} ${counted(hours, "hour")}` : counted(days, "day");
  const rest = two(Math.floor(seconds % MINUTE));
  return hours ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

export function countDown(root) {
  for (const line of root.querySelectorAll("[data-countdown]")) {
    const began = performance.now();
    const whole = (new Date(line.dataset.countdown) - new Date(line.dataset.now)) / 1000;
    const tick = () => {
      const seconds = whole - (performance.now() - began) / 1000;
      if (seconds <= 0) return pass(line);
      line.querySelector("[data-left]").textContent = leftWords(seconds);
      setTimeout(tick, seconds < DAY ? 1000 : Math.min(MINUTE, seconds - DAY + 1) * 1000);
    };
    tick();
  }
}

function pass(line) {
  const again = Object.assign(document.createElement("a"), { className: "button ghost", href: location.pathname, textContent: "See what is next" });
  line.setAttribute("role", "status");
  line.replaceChildren(line.dataset.passed, " ", again);
}
