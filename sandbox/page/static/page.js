// The page, put together. Every module listens on the document, so parts may come and go.

import "./clock.js";
import "./composer.js";
import "./keys.js";
import "./live.js";
import "./menus.js";
import "./toolbar.js";
import { act, tell } from "./server.js";
import { go, here, settle } from "./going.js";
import { shown } from "./lines.js";

const by = (id) => document.getElementById(id);

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.target) return;
  const to = new URL(link.href);
  if (to.origin !== location.origin || to.pathname !== "/" || link.hash) return;
  event.preventDefault();
  const asked = Object.fromEntries(to.searchParams);
  if (link.dataset.goes === "news") act("dismiss_news");
  go({ thread: "", m: "", ...asked }, { focus: asked.thread ? "thread" : "main" });
});

document.addEventListener("change", (event) => {
  if (event.target.dataset.does === "actor") go({ as: event.target.value, m: "" }, { focus: "" });
});

document.addEventListener("click", (event) => {
  const does = event.target.closest("[data-does]")?.dataset.does;
  if (does === "drawer") drawer(!document.body.classList.contains("drawer-open"));
  else if (!event.target.closest("#side")) drawer(false);
  if (does === "close-thread") closeThread();
  if (does === "dismiss-news") {
    by("news").replaceChildren();
    act("dismiss_news");
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  if (document.querySelector("dialog[open], :popover-open:not(#tell)")) return;
  if (document.body.classList.contains("drawer-open")) drawer(false);
  else if (here().thread) closeThread();
});

addEventListener("popstate", () => {
  const asked = Object.fromEntries(new URLSearchParams(location.search));
  go({ at: "", thread: "", m: "", ...asked }, { push: false });
});

let telling;
document.addEventListener("page:tell", (event) => {
  if (by("modal").open) return; // said in the form itself
  const box = by("tell");
  box.dataset.kind = event.detail.kind ?? "problem";
  box.textContent = event.detail.text;
  // Opened anew, it lies above whatever is open.
  if (box.matches(":popover-open")) box.hidePopover();
  box.showPopover();
  clearTimeout(telling);
  telling = setTimeout(() => box.hidePopover(), 8000);
});

document.addEventListener("page:arrived", (event) => {
  drawer(false);
  shown(event.detail);
  if (here().at.startsWith("home")) openHome();
});

/** The app hears that its Home tab is open, and may publish it anew: that comes live. */
function openHome() {
  const tab = document.querySelector("[data-home]");
  if (tab) act("opens_home", { app: tab.dataset.app });
}

function closeThread() {
  const { thread } = here();
  go({ thread: "", m: "" }, { focus: "" }).then(() => {
    const from = by(`m-${thread}`);
    (from?.querySelector(".replies") ?? from)?.focus();
  });
}

function drawer(open) {
  document.body.classList.toggle("drawer-open", open);
  const button = document.querySelector("[data-does=drawer]");
  button?.setAttribute("aria-expanded", String(open));
  if (open) by("side").querySelector("[aria-current], a")?.focus();
}

document.documentElement.dataset.ready = "";
settle();
if (!document.documentElement.dataset.at) tell("There is nowhere to go yet.", "note");
