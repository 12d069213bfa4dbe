// The messages of the open place and of the open thread: new ones, changed ones, older ones.

import { part } from "./server.js";
import { here } from "./going.js";
import { atEnd, heardAside, markRead, markThreadRead } from "./marks.js";
import { morph } from "./morph.js";
import { keepReachable } from "./roving.js";

const by = (id) => document.getElementById(id);
const box = () => document.querySelector("#place [data-lines]");
const log = () => document.querySelector("#place [data-log]");
const thread = () => document.querySelector("#aside [data-thread-lines]");

let watch;
let loading = false;
let following = false;

// What is read at the end stays at the end, when the room for it changes.
const room = new ResizeObserver(() => {
  if (following && box()) box().scrollTop = box().scrollHeight;
});

/** A place has come on the page: go to where reading starts. */
export function shown({ anew, m }) {
  const area = box();
  markThreadRead();
  if (!area || !anew) return markRead();
  const target = m && by(`m-${m}`);
  const fresh = by("new");
  if (target) {
    target.scrollIntoView({ block: "center" });
    target.classList.add("sought-out");
    if (!here().thread) target.focus({ preventScroll: true });
  } else if (fresh) fresh.scrollIntoView({ block: "start" });
  else area.scrollTop = area.scrollHeight;
  watchOlder(area);
  room.disconnect();
  room.observe(area);
  area.addEventListener("scroll", () => scrolled(area), { passive: true });
  scrolled(area);
}

/** A message as it is now: new, or in place of how it was. */
export function put(message) {
  const { channel, thread: open } = here();
  if (message.channel !== channel) return;
  if (message.html) inMain(message);
  else if (message.new) heardAside();
  if (open) inThread(message, open);
  keepReachable();
}

function inThread(message, open) {
  const spot = document.querySelector(message.ts === open ? "#aside [data-root]" : "#aside [data-replies]");
  const known = by(`t-${message.ts}`);
  if (known) steadily(known, () => exchange(known, message.aside));
  else if (message.thread_ts === open && spot) {
    const area = thread();
    const stay = !message.own && !atEnd(area);
    spot.insertAdjacentHTML("beforeend", message.aside);
    if (!stay) area.scrollTop = area.scrollHeight;
    if (message.new) announce(message, by(`t-${message.ts}`));
    markThreadRead();
  }
}

/** A message is gone. */
export function drop({ ts }) {
  for (const id of [`m-${ts}`, `t-${ts}`]) {
    const known = by(id);
    if (known) steadily(known, () => known.remove());
  }
  keepReachable();
}

/** Change a message, and leave what is being read where it is: the end, or what is in sight. */
function steadily(article, change) {
  const area = article.closest(".lines");
  const isAtEnd = atEnd(area);
  const isAbove = article.getBoundingClientRect().bottom < area.getBoundingClientRect().top;
  const before = area.scrollHeight;
  change();
  if (isAtEnd) area.scrollTop = area.scrollHeight;
  else if (isAbove) area.scrollTop += area.scrollHeight - before;
}

function inMain(message) {
  const known = by(`m-${message.ts}`);
  if (known) return steadily(known, () => exchange(known, message.html));
  // What is older than what is loaded comes with the older ones.
  if (!message.new || !log()) return;
  const area = box();
  const follow = message.own || atEnd(area);
  const day = message.day && document.createRange().createContextualFragment(message.day);
  if (day && !log().querySelector(`[data-day="${day.firstChild.dataset.day}"]`)) log().append(day);
  log().insertAdjacentHTML("beforeend", message.html);
  document.querySelector("[data-empty]")?.remove();
  if (follow) area.scrollTop = area.scrollHeight;
  else document.querySelector("[data-does=newest]").hidden = false;
  announce(message, by(`m-${message.ts}`));
  if (follow) markRead();
}

function exchange(known, html) {
  if (known.querySelector("[data-editing]")) return;
  const next = document.createRange().createContextualFragment(html).firstElementChild;
  known.className = next.className;
  morph(known, next.innerHTML);
}

function announce(message, article) {
  if (message.own || document.hidden) return;
  const words = article.querySelector("[data-said]")?.textContent.replace(/\s+/g, " ").trim() ?? "";
  const who = article.querySelector(".author").textContent;
  by("said").textContent = `${who}: ${words.slice(0, 250)}`;
}

function scrolled(area) {
  following = atEnd(area);
  if (!following) return;
  const newest = document.querySelector("[data-does=newest]");
  if (newest) newest.hidden = true;
  markRead();
}

// Older ones

function watchOlder(area) {
  watch?.disconnect();
  const more = area.querySelector(".older");
  if (!more || more.hidden) return;
  watch = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && older(), {
    root: area,
    rootMargin: "200px 0px 0px 0px",
  });
  watch.observe(more);
}

/** Load the messages above those that are there. */
export async function older() {
  const area = box();
  const first = log()?.querySelector("[data-ts]");
  if (loading || !first) return;
  loading = true;
  try {
    const answer = JSON.parse(
      await part("older", { at: here().at, before: first.dataset.ts }),
    );
    if (!first.isConnected) return;
    const below = area.scrollHeight - area.scrollTop;
    log().insertAdjacentHTML("afterbegin", answer.html);
    area.querySelector(".older").hidden = !answer.more;
    area.scrollTop = area.scrollHeight - below;
    if (answer.more) watchOlder(area);
    else watch?.disconnect();
  } finally {
    loading = false;
  }
}

document.addEventListener("click", (event) => {
  const does = event.target.closest("[data-does]")?.dataset.does;
  if (does === "older") older();
  if (does === "newest") box().scrollTop = box().scrollHeight;
});
