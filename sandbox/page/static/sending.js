// What people type and choose on its way to the sandbox: in order, and not with every letter.

import { act } from "./server.js";
import { confirmed } from "./confirming.js";
import { valueOf } from "./values.js";

const PAUSE = 250; // milliseconds without a letter

const waiting = new Map(); // element -> {timer, deed}
const onTheWay = new Map(); // element -> what it waits for

/** Where an element is: {view_id} or {channel, ts}. */
export function holderOf(root) {
  const view = root.closest("[data-view]");
  if (view) return { view_id: view.dataset.view };
  const message = root.closest("[data-ts]");
  return message ? { channel: message.dataset.channel, ts: message.dataset.ts } : {};
}

/** The ids by which the app knows an element, and where it is. */
export const placeOf = (root) => ({
  ...holderOf(root),
  block_id: root.dataset.block,
  action_id: root.dataset.action,
});

/** Keep what is typed or chosen, on the server; the app does not hear of it. */
export async function keep(root) {
  cancel(root);
  root.setAttribute("data-dirty", "");
  // A message keeps only what its app is told; what is gone from a form keeps nothing.
  if (!root.isConnected || !placeOf(root).view_id) return;
  const before = onTheWay.get(root);
  const sending = before ? before.then(() => send(root)) : send(root);
  onTheWay.set(root, sending);
  const { ok } = await sending;
  if (onTheWay.get(root) !== sending) return;
  onTheWay.delete(root);
  if (ok && !waiting.has(root)) root.removeAttribute("data-dirty");
}

// It arrives though the page be left meanwhile.
const send = (root) =>
  act("typed", { ...placeOf(root), value: valueOf(root) }, { keepalive: true });

/** Keep it, or do whatever `deed` does, once nobody has typed for a moment. */
export function later(root, deed = keep, pause = PAUSE) {
  clearTimeout(waiting.get(root)?.timer);
  root.setAttribute("data-dirty", "");
  const timer = setTimeout(() => {
    waiting.delete(root);
    deed(root);
  }, pause);
  waiting.set(root, { timer, deed });
}

/** Forget what waits to be sent for an element. */
export function cancel(root) {
  clearTimeout(waiting.get(root)?.timer);
  waiting.delete(root);
}

/** Send for an element at once what waits for it. */
export function hurry(root) {
  const deed = waiting.get(root)?.deed;
  cancel(root);
  return deed?.(root);
}

// What waits, is on its way, or could not be kept earlier.
const unsent = () => document.querySelectorAll("[data-view] [data-dirty]");

/** Send what waits, and resolve once everything has arrived. */
export async function flush() {
  for (const root of unsent()) {
    if (!onTheWay.has(root) || waiting.has(root)) keep(root);
  }
  await Promise.all(onTheWay.values());
}

/** The page is left: send what waits at once, whatever is still on its way. */
export function leave() {
  for (const root of unsent()) send(root);
}

/** Tell the app: a press, or a choice that it wants to hear of. False where that was not meant. */
export async function tellApp(root, value) {
  const isPressed = root.matches("a,button,details");
  if (isPressed && root.getAttribute("aria-busy") === "true") return false;
  if (!(await confirmed(root))) return false;
  const place = placeOf(root);
  const message = root.closest("[data-ts]")?.id;
  const verb = root.dataset.tells === "change" ? "change" : place.view_id ? "press_in_view" : "press";
  cancel(root);
  root.setAttribute("aria-busy", "true");
  await flush();
  await act(verb, value === undefined ? place : { ...place, value });
  root.removeAttribute("aria-busy");
  if (!waiting.has(root)) root.removeAttribute("data-dirty");
  if (!root.isConnected && document.activeElement === document.body) {
    document.getElementById(message)?.focus({ preventScroll: true });
  }
  return true;
}
