// The inspector: lines come in as they happen, are filtered here, and open to what the server has.

import { copied, opened } from "./inspector-entry.js";
import { goesThrough } from "./inspector-keys.js";

const MOST = 2000;
const list = document.getElementById("lines");
const words = document.getElementById("words");
const problems = document.getElementById("problems");
const kinds = [...document.querySelectorAll('input[name="kind"]')];
const pause = document.getElementById("pause");
const earlier = document.getElementById("earlier");
const newest = document.getElementById("newest");
const nothing = document.getElementById("nothing");

/** What came in while the page was paused: lines by id, the last form of each. */
const held = new Map();
let paused = false;
let unseen = 0;

const atEnd = () => window.innerHeight + window.scrollY >= document.body.scrollHeight - 40;
const toEnd = () => window.scrollTo({ top: document.body.scrollHeight });

function wanted(line) {
  if (!kinds.some((kind) => kind.checked && kind.value === line.dataset.kind)) return false;
  if (problems.checked && line.dataset.problem === undefined) return false;
  const asked = words.value.toLowerCase().split(/\s+/).filter(Boolean);
  return asked.every((word) => line.dataset.words.includes(word));
}

function tally() {
  const all = list.children.length;
  const shown = list.querySelectorAll(":scope > li:not([hidden])").length;
  const few = shown === all ? `${all} lines` : `${shown} of ${all} lines`;
  document.getElementById("tally").textContent = all === 1 && shown === 1 ? "1 line" : few;
  nothing.hidden = shown > 0;
  nothing.textContent = all
    ? "Nothing here answers to that filter."
    : "Nothing has passed yet. Do something in the workspace, and it shows here.";
  pause.textContent = paused && held.size ? `Go on (${held.size})` : paused ? "Go on" : "Pause";
  newest.hidden = unseen === 0 || atEnd();
  newest.textContent = unseen === 1 ? "1 new line" : `${unseen} new lines`;
}

function filter() {
  for (const line of list.children) line.hidden = !wanted(line);
  tally();
}

const parsed = (html) => [...new DOMParser().parseFromString(`<ol>${html}</ol>`, "text/html").querySelectorAll("li")];

/** A line that is there is changed in place, so that what is open or has the focus stays so. */
function put(line) {
  const there = document.getElementById(line.id);
  if (!there) {
    list.append(line);
    line.hidden = !wanted(line);
    return !line.hidden;
  }
  there.className = line.className;
  Object.assign(there.dataset, line.dataset);
  if (line.dataset.problem === undefined) delete there.dataset.problem;
  there.querySelector("summary").replaceChildren(...line.querySelector("summary").childNodes);
  there.hidden = !wanted(there);
  if (there.querySelector("details").open) opened(there);
  return false;
}

function take(lines) {
  const follow = atEnd();
  const added = lines.filter(put).length;
  while (list.children.length > MOST) {
    list.firstElementChild.remove();
    earlier.hidden = false;
  }
  if (!follow) unseen += added;
  tally();
  if (follow && added) toEnd();
}

function hold(on) {
  paused = on;
  pause.setAttribute("aria-pressed", String(on));
  const waiting = [...held.values()];
  if (!on) held.clear();
  if (!on && waiting.length) take(waiting);
  tally();
}

const lowest = (log) => {
  const numbers = [...list.querySelectorAll(`[id^="${log}-"]`)].map((line) => +line.id.split("-")[1]);
  return numbers.length ? Math.min(...numbers) : null;
};

async function showEarlier() {
  const asked = Object.entries({ call: lowest("call"), sent: lowest("sent") });
  const query = new URLSearchParams(asked.filter(([, number]) => number !== null));
  const answer = await fetch(`/inspector/lines?${query}`);
  const lines = answer.ok ? parsed(await answer.text()) : [];
  const from = document.body.scrollHeight;
  list.prepend(...lines.filter((line) => !document.getElementById(line.id)));
  earlier.hidden = lines.length < 300;
  filter();
  window.scrollBy({ top: document.body.scrollHeight - from });
}

let stream;

// Only while somebody looks: a browser allows six connections to a host.
function listen() {
  stream?.close();
  if (document.hidden) return;
  stream = new EventSource(`/inspector/live?since=${list.dataset.since}`);
  stream.addEventListener("lines", (event) => {
    list.dataset.since = event.lastEventId;
    const lines = parsed(JSON.parse(event.data).html);
    if (!paused) return take(lines);
    for (const line of lines) held.set(line.id, line);
    return tally();
  });
  // The sandbox was started anew: nothing of what is here is there any more.
  stream.addEventListener("anew", () => window.location.reload());
}

for (const input of [...kinds, problems]) input.addEventListener("change", filter);
words.addEventListener("input", filter);
pause.addEventListener("click", () => hold(!paused));
document.getElementById("clear").addEventListener("click", () => {
  list.replaceChildren();
  held.clear();
  unseen = 0;
  earlier.hidden = false;
  tally();
});
earlier.addEventListener("click", showEarlier);
newest.addEventListener("click", () => {
  toEnd();
  list.lastElementChild?.querySelector("summary").focus({ preventScroll: true });
});
window.addEventListener("scroll", () => {
  if (atEnd()) unseen = 0;
  newest.hidden = unseen === 0;
}, { passive: true });
list.addEventListener("toggle", async ({ target }) => {
  if (!target.open) return;
  await opened(target.closest("li"));
  target.scrollIntoView({ block: "nearest" });
}, true);
list.addEventListener("click", copied);
goesThrough(list, words);

earlier.hidden = list.children.length < 300;
filter();
if (!earlier.hidden) toEnd();
document.addEventListener("visibilitychange", listen);
listen();
