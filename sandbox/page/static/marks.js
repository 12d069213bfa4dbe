// How far somebody has read, in the open place and in the open thread: told to the sandbox.

import { act } from "./server.js";
import { here } from "./going.js";

const NEAR_PIXELS = 90;
const PAUSE = 250; // milliseconds: what is only passed over is not read
let placeTimer;
let threadTimer;

/** Whether somebody has scrolled to the end of an area, or nearly. */
export const atEnd = (area) =>
  area.scrollHeight - area.scrollTop - area.clientHeight < NEAR_PIXELS;

const newestIn = (log) => [...(log?.querySelectorAll("[data-ts]") ?? [])].at(-1)?.dataset.ts;

/** The open place is read as far as it is shown, where its end is. */
export function markRead() {
  clearTimeout(placeTimer);
  placeTimer = setTimeout(() => {
    const area = document.querySelector("#place [data-lines]");
    const ts = newestIn(area?.querySelector("[data-log]"));
    if (!ts || document.hidden || !atEnd(area) || ts === area.dataset.read) return;
    area.dataset.read = ts;
    act("read", { channel: here().channel, ts });
  }, PAUSE);
}

/** The open thread is read. */
export function markThreadRead() {
  clearTimeout(threadTimer);
  threadTimer = setTimeout(() => {
    const area = document.querySelector("#aside [data-thread-lines]");
    const ts = newestIn(area?.querySelector("[data-replies]"));
    if (!ts || document.hidden || ts === area.dataset.read) return;
    area.dataset.read = ts;
    act("read", { channel: here().channel, ts, thread_ts: here().thread });
  }, PAUSE);
}

/** Somebody has replied in a thread of the open place: who is here knows of it. */
export function heardAside() {
  const area = document.querySelector("#place [data-lines]");
  if (area) delete area.dataset.read;
  markRead();
}

document.addEventListener("visibilitychange", () => {
  markRead();
  markThreadRead();
});
