// The one modal dialog: it shows the view on top of the stack that the server keeps.

import { act, part } from "./server.js";
import { again, morph } from "./morph.js";
import { flush } from "./sending.js";

const dialog = document.getElementById("modal") ?? made();
let isBusy = false;
let shown = null; // the id of the view that is shown
let opener = null; // what had the focus before, and the message it is in

function made() {
  const found = document.createElement("dialog");
  found.id = "modal";
  document.body.append(found);
  return found;
}

const form = () => dialog.querySelector("form[data-view]");

/** Show a person's open view, as the server has drawn it; nothing where none is open. */
export function show(html) {
  if (html.trim() === "") {
    shown = null;
    if (dialog.open) dialog.close("done");
    dialog.replaceChildren();
    comeBack();
    return;
  }
  dialog.setAttribute("aria-labelledby", "modal-title");
  morph(dialog, html);
  if (!dialog.open) {
    const at = document.activeElement;
    opener = { at, message: at.closest("[data-ts]")?.id ?? "" };
    dialog.showModal();
  }
  const isLost = document.activeElement === document.body;
  if (form().dataset.view === shown && !isLost) return;
  shown = form().dataset.view;
  settle();
}

/** The browser gives the focus back only to what is in sight and was not drawn anew meanwhile. */
function comeBack() {
  if (!opener) return;
  const byId = (id) => document.getElementById(id);
  for (const one of [again(opener.at), byId(opener.message), byId("main")]) {
    if (document.activeElement !== document.body) return;
    one?.focus({ preventScroll: true });
  }
}

const REACHED = "input:not([type=hidden]), select, textarea, summary, button, a[href]";

/** The control of an element that somebody is to begin with. */
function controlIn(root) {
  if (!root || root.matches("input,select,textarea,button")) return root;
  return root.querySelector("input:checked") ?? root.querySelector(REACHED);
}

/** Focus what the view asks for, else its first input; its title where there is more to read. */
function settle() {
  const body = dialog.querySelector(".modal-body");
  const title = dialog.querySelector("#modal-title");
  body.scrollTop = 0;
  const wanted = body.querySelector("[data-focus]");
  if (wanted) {
    controlIn(wanted).focus();
    return;
  }
  const first = controlIn(body.querySelector(".input [data-action]"));
  const bottom = (node) => node.getBoundingClientRect().bottom;
  (first && bottom(first) < bottom(body) ? first : title).focus();
}

function mend() {
  const wrong = controlIn(dialog.querySelector("[data-invalid]"));
  if (wrong) {
    wrong.focus();
    wrong.closest(".input")?.scrollIntoView({ block: "nearest" });
  }
  return Boolean(wrong);
}

function say(words, kind = "note") {
  const said = dialog.querySelector(".modal-said");
  if (!said) return;
  said.dataset.kind = kind;
  said.textContent = words;
}

/** Hold the form still while the app is asked; the focus waits on what was pressed. */
function hold(sent, is) {
  isBusy = is;
  sent.setAttribute("aria-busy", String(is));
  sent.querySelector(".modal-body").inert = is;
  for (const button of sent.querySelectorAll(".modal-foot button, .modal-head button")) {
    if (is) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}

async function submit(sent) {
  const at = document.activeElement;
  const { hash } = sent.dataset;
  await flush();
  hold(sent, true);
  const waits = setTimeout(() => say("Sending…"), 300);
  sent.querySelector("#modal-submit").focus();
  const answer = await act("submit", { view_id: sent.dataset.view });
  clearTimeout(waits);
  hold(sent, false);
  if (form() !== sent) return;
  const isRefused = Object.keys({ ...answer.outcome?.refused, ...answer.outcome?.errors }).length;
  if (!answer.outcome?.problem && answer.ok) say("");
  if (isRefused && mend()) return;
  if (sent.dataset.hash !== hash) settle(); // the app has put another form in its place
  else if (at?.isConnected) at.focus();
}

async function close() {
  const left = form();
  if (!left || isBusy) return;
  isBusy = true;
  await flush();
  const answer = await act("close", { view_id: left.dataset.view });
  isBusy = false;
  if (answer.ok && answer.modals === undefined) show("");
}

dialog.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!isBusy) submit(event.target);
});

dialog.addEventListener("click", (event) => {
  // The second click of a double one is not for the form that has come in the first one's place.
  if (event.detail > 1 && event.target.closest(".modal-head, .modal-foot")) event.preventDefault();
  else if (event.target.closest("[data-close]")) close();
});

// Escape: as the cross does. What stays open stays where the server says so.
dialog.addEventListener("cancel", (event) => {
  if (event.target !== dialog) return;
  event.preventDefault();
  close();
});

// A browser may close a dialog on a second Escape, whatever the page says.
dialog.addEventListener("close", () => {
  if (form() && dialog.returnValue !== "done") close();
  dialog.returnValue = "";
});

document.addEventListener("page:modals", (event) => show(event.detail.html));
document.addEventListener("page:tell", (event) => {
  if (dialog.open) say(event.detail.text, event.detail.kind);
});

if (dialog.querySelector("form")) show(dialog.innerHTML);
// What was typed just before a reload may have arrived after the page was drawn.
part("modals").then(show, () => {});
