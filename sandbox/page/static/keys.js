// Single keys: they can be switched off (WCAG 2.1.4), and never work while a field has focus.

import { go } from "./going.js";

const STORED = "sandbox:single-keys";
const by = (id) => document.getElementById(id);
const on = () => localStorage.getItem(STORED) !== "off";

function showKeys() {
  by("keys").querySelector("[data-does=single-keys]").checked = on();
  by("keys").showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !on()) return;
  const at = event.target;
  if (at.closest("input, textarea, select, [contenteditable]")) return;
  if (document.querySelector("dialog[open], :popover-open:not(#tell)")) return;
  if (event.key === "?") showKeys();
  else if (event.key === "/") {
    event.preventDefault();
    (by("write-thread") ?? by("write-place"))?.focus();
  } else if (/^[1-9]$/.test(event.key)) {
    const one = by("actor").options[Number(event.key) - 1];
    if (one && !one.selected) go({ as: one.value, m: "" }, { focus: "" });
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-does=keys]")) showKeys();
});

document.addEventListener("change", (event) => {
  if (event.target.dataset.does !== "single-keys") return;
  localStorage.setItem(STORED, event.target.checked ? "on" : "off");
});
