// What happens in the workspace, as it happens. Starts again by itself after an interruption.
//
// A browser allows six connections to a host: a tab that nobody looks at gives its own back, and
// catches up from the last number it heard of once it is looked at again.

import { actor } from "./server.js";
import { go, here, redrawComposers } from "./going.js";
import { drop, put } from "./lines.js";
import { morph } from "./morph.js";

const KEPT = 300;
const AGAIN_MS = 2000;
const root = document.documentElement;
const by = (id) => document.getElementById(id);
let source;
let retry;
let last = 0;
let recent = [];

const handlers = {
  message: put,
  gone: (what) => what.channel === here().channel && drop(what),
  modals: ({ html }) =>
    document.dispatchEvent(new CustomEvent("page:modals", { detail: { html } })),
  home: ({ place, html }) => {
    const tab = document.querySelector(`[data-home="${place}"]`);
    if (tab) morph(tab, html);
  },
  head: ({ channel, html }) => {
    const head = document.querySelector("#place [data-head]");
    if (head && channel === here().channel) morph(head, html);
  },
  closed: ({ channels }) => {
    const composer = document.querySelector("#place .composer, #place .composer-closed");
    const closed = channels.includes(here().channel);
    if (composer && composer.matches(".composer-closed") !== closed) redrawComposers();
  },
  side: ({ html }) => {
    morph(by("side"), html);
    markCurrent();
  },
  clock: ({ html }) => {
    morph(by("clock"), html);
    document.dispatchEvent(new CustomEvent("page:clock"));
  },
  people: ({ html }) => {
    morph(by("actors"), html);
    by("actor").value = actor();
  },
  news: ({ html }) => morph(by("news"), html),
  guide: ({ html }) =>
    document.dispatchEvent(new CustomEvent("page:guide", { detail: { html } })),
};

function markCurrent() {
  const links = [...by("side").querySelectorAll("[data-at]")];
  for (const link of links) {
    if (link.dataset.at === here().at) link.setAttribute("aria-current", "page");
  }
  const known = links.some((link) => link.dataset.at === here().at);
  if (!known && here().at) go({ at: "", thread: "", m: "" });
}

function disconnect() {
  clearTimeout(retry);
  source?.close();
  source = undefined;
  delete root.dataset.live;
}

function connect(after) {
  disconnect();
  last = after;
  if (document.hidden) return;
  const mine = new EventSource(`/page/live?${new URLSearchParams({ as: actor(), after, run: root.dataset.run })}`);
  source = mine;
  mine.addEventListener("hello", (event) => {
    const { run, late } = JSON.parse(event.data);
    if (late || run !== root.dataset.run) {
      mine.close();
      location.reload();
      return;
    }
    by("gone").hidden = true;
    root.dataset.live = "";
  });
  mine.addEventListener("error", () => {
    delete root.dataset.live;
    by("gone").hidden = false;
    // The browser tries again by itself, but for an answer that is no stream.
    if (mine.readyState === EventSource.CLOSED) retry = setTimeout(() => connect(last), AGAIN_MS);
  });
  for (const [name, handle] of Object.entries(handlers)) {
    mine.addEventListener(name, (event) => {
      if (mine !== source) return;
      const data = JSON.parse(event.data);
      last = data.seq;
      recent = [...recent.slice(-KEPT), { name, data }];
      handle(data);
    });
  }
}

// A place that was drawn before something happened in it, and came after the news of it.
document.addEventListener("page:arrived", ({ detail }) => {
  for (const { name, data } of recent) {
    if (data.seq > detail.seq && (name === "message" || name === "gone")) handlers[name](data);
  }
});

document.addEventListener("page:actor", ({ detail }) => {
  recent = [];
  connect(detail.seq);
});

addEventListener("pagehide", disconnect);
addEventListener("pageshow", (event) => event.persisted && connect(last));
document.addEventListener("visibilitychange", () => {
  if (document.hidden) disconnect();
  else if (!source) connect(last);
});
connect(Number(root.dataset.seq));
