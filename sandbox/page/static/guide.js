// The first steps: open beside the page where there is room, and a line at its top where not.

import { act } from "./server.js";

// With a thread beside it, it stays small until somebody opens it; each way is kept by itself.
const OPEN = () => (threadIsOpen() ? "guide-open-by-thread" : "guide-open");
const guide = () => document.getElementById("guide");
const box = () => guide()?.querySelector("details");
const threadIsOpen = () => Boolean(document.querySelector("#aside > *"));
const roomy = window.matchMedia("(min-width: 62.01rem)");

/** Open as the person left it in this tab, else where there is room beside the page. */
function settle() {
  const kept = sessionStorage.getItem(OPEN());
  const panel = box();
  if (panel) panel.open = kept === null ? roomy.matches && !threadIsOpen() : kept === "yes";
}

const done = (within) =>
  [...within.querySelectorAll("[data-step].guide-done")].map((step) => step.dataset.title);

/** Put the steps as the server now has them, and say politely which of them are newly done. */
export function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("guide");
  const here = guide();
  if (!fresh || !here) return;
  const before = done(here);
  const had = here.contains(document.activeElement) && document.activeElement.matches("button, summary");
  const steps = here.querySelector("[data-guide-steps]");
  const news = done(fresh).filter((title) => !before.includes(title));
  here.className = fresh.className;
  steps.replaceChildren(...fresh.querySelector("[data-guide-steps]").childNodes);
  settle();
  if (had) here.querySelector("summary, button")?.focus();
  const progress = here.querySelector(".guide-progress")?.textContent;
  if (news.length && progress) {
    here.querySelector("[data-guide-said]").textContent = `Done: ${news.join("; ")}. ${progress}.`;
  }
}

document.addEventListener("page:arrived", settle);
document.addEventListener("page:guide", ({ detail }) => show(detail.html));
document.addEventListener("click", ({ target }) => {
  const wish = target.closest("[data-guide]")?.dataset.guide;
  if (wish === "show") sessionStorage.setItem(OPEN(), "yes");
  if (wish === "dismiss") sessionStorage.removeItem(OPEN());
  if (wish) act("dismiss_steps", { away: wish === "dismiss" });
  // Before the browser opens or closes it.
  const summary = target.closest("#guide summary");
  if (summary) sessionStorage.setItem(OPEN(), summary.parentElement.open ? "no" : "yes");
});
roomy.addEventListener("change", settle);
settle();
