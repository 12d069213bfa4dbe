// The clock on the wall of whoever is acted as, and the host's actions beside it.

import { act } from "./server.js";

const by = (id) => document.getElementById(id);
let base = 0;
let from = 0;
let running = false;

function read() {
  base = Number(document.querySelector("[data-now]")?.dataset.now ?? 0);
  from = performance.now();
}

function tick() {
  const clock = document.querySelector("[data-now]");
  if (!clock || "frozen" in clock.dataset) return;
  if (Number(clock.dataset.now) !== base) read();
  const now = new Date(base + performance.now() - from);
  const say = (options) =>
    new Intl.DateTimeFormat("en-GB", { timeZone: clock.dataset.zone, ...options }).format(now);
  set(clock, "time", say({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }));
  set(clock, "weekday", say({ weekday: "long" }));
}

function set(clock, name, words) {
  const spot = clock.querySelector(`[data-clock=${name}]`);
  if (spot.textContent !== words) spot.textContent = words;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-action-key]");
  if (!button || running || button.getAttribute("aria-disabled") === "true") return;
  running = true;
  // At once, so that nothing moves later, while somebody reads.
  by("news").innerHTML = '<div class="news-in"><p>One moment: <span></span>…</p></div>';
  by("news").querySelector("span").textContent = button.firstChild.textContent.trim();
  const done = await act("action", { key: button.dataset.actionKey });
  running = false;
  if (!done.ok) by("news").replaceChildren();
  if (done.ok && done.news !== undefined) by("news").innerHTML = done.news;
});

/** How one says when that was, as the server says it: that is another day once the clock moves. */
function said(when, today) {
  const [day, time] = when.split("T");
  const date = new Date(`${day}T00:00Z`);
  const ago = (new Date(`${today}T00:00Z`) - date) / 86_400_000;
  const words = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options }).format(date);
  if (ago === 0) return `today ${time}`;
  if (ago === 1) return `yesterday ${time}`;
  if (ago > 1 && ago < 7) return `${words({ weekday: "long" })} ${time}`;
  return `${words({ day: "numeric", month: "long" })} ${time}`;
}

document.addEventListener("page:clock", () => {
  read();
  const { today } = document.querySelector("[data-now]").dataset;
  for (const one of document.querySelectorAll("[data-when]")) {
    one.textContent = said(one.dataset.when, today);
  }
});
document.addEventListener("page:arrived", read);
read();
setInterval(tick, 1000);
