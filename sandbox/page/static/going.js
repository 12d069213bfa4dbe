// Going from place to place, and acting as another, without loading the page anew.

import { tell } from "./server.js";
import { morph } from "./morph.js";

const root = document.documentElement;
const by = (id) => document.getElementById(id);
let latest = 0;

/** Where the page is: {as, at, channel, thread}. */
export const here = () => ({
  as: root.dataset.as,
  at: root.dataset.at,
  channel: root.dataset.channel,
  thread: root.dataset.thread,
});

/** The address of a place, as it is in the bar. */
export function address({ as, at, thread, m }) {
  const given = Object.entries({ as, at, thread, m }).filter(([, value]) => value);
  return `/?${new URLSearchParams(given)}`;
}

/** Take the page as it was served for arrived. */
export function settle() {
  const asked = new URLSearchParams(location.search);
  history.replaceState(null, "", address({ ...here(), m: asked.get("m") }));
  arrived({ seq: Number(root.dataset.seq), anew: true, m: asked.get("m") });
}

/**
 * Go to `to`: any of {as, at, thread, m}; the rest stays. `m` is a message to go to. `focus` is
 * where the keyboard goes: "main", "thread", or nowhere else.
 */
export async function go(to, { push = true, focus = "main" } = {}) {
  const before = here();
  const wanted = { ...before, ...to };
  const number = ++latest;
  const regions = await drawn(wanted);
  if (!regions || number !== latest) return; // or somebody has gone on
  const anew = regions.user !== before.as || regions.at !== before.at || Boolean(wanted.m);
  show(regions, anew);
  const url = address({ ...here(), m: wanted.m });
  if (push && url !== location.pathname + location.search) history.pushState(null, "", url);
  if (regions.user !== before.as) {
    document.dispatchEvent(new CustomEvent("page:modals", { detail: { html: regions.modals } }));
    document.dispatchEvent(new CustomEvent("page:actor", { detail: { seq: regions.seq } }));
  }
  arrived({ seq: regions.seq, anew, m: wanted.m });
  if (focus === "main" && anew) by("main").focus({ preventScroll: true });
  if (focus === "thread") by("write-thread")?.focus({ preventScroll: true });
}

/** The parts of the page for a place; nothing where they can't be had, and that is said. */
async function drawn(wanted) {
  try {
    const answer = await fetch(`/page/regions${address(wanted).slice(1)}`);
    if (!answer.ok) throw new Error(String(answer.status));
    return await answer.json();
  } catch {
    tell("The sandbox does not answer. Is it still running?");
    return null;
  }
}

/** Draw anew where one writes: the place has been closed to writing, or opened again. */
export async function redrawComposers() {
  const number = latest;
  const regions = await drawn(here());
  if (!regions || number !== latest) return;
  for (const [part, html] of [["place", regions.main], ["aside", regions.aside]]) {
    const template = document.createElement("template");
    template.innerHTML = html;
    const composer = ".composer, .composer-closed";
    const [was, is] = [by(part), template.content].map((where) => where.querySelector(composer));
    if (was && is) was.replaceWith(is);
  }
  arrived({ seq: regions.seq, anew: false });
}

function show(regions, anew) {
  Object.assign(root.dataset, {
    as: regions.user,
    at: regions.at,
    channel: regions.channel,
    thread: regions.thread,
    seq: regions.seq,
  });
  document.title = `${regions.title} · ${root.dataset.name}`;
  morph(by("side"), regions.side);
  morph(by("clock"), regions.clock);
  morph(by("actors"), regions.actors);
  by("actor").value = regions.user;
  morph(by("news"), regions.news);
  if (anew) by("place").innerHTML = regions.main;
  by("aside").innerHTML = regions.aside;
}

function arrived(detail) {
  document.dispatchEvent(new CustomEvent("page:arrived", { detail }));
}
