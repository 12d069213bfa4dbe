// What people do with blocks, wherever they stand: in messages, modals and Home tabs.

import "./choices.js";
import "./seeking.js";
import { drawChips } from "./choices.js";
import { flush, hurry, keep, later, leave, tellApp } from "./sending.js";
import { isWhole, putBack, shownIn, valueOf } from "./values.js";

const DATE_PAUSE = 700; // milliseconds: a day is typed number by number
const TEXTS = "textarea, input:not([type=radio],[type=checkbox],[type=date],[type=time]," +
  "[type=datetime-local],[type=search],[role=combobox])";
const before = new WeakMap(); // element -> what it showed when somebody came to it

const rootOf = (event) => event.target.closest?.("[data-action]");
const tellNow = (root) => tellApp(root, valueOf(root));
const isOn = (root, what) => (root.dataset.on ?? "").split(" ").includes(what);

document.addEventListener("click", async (event) => {
  const item = event.target.closest?.(".overflow .item");
  const root = rootOf(event);
  // The second click of a double one is not for what has come in the first one's place.
  if (event.detail > 1 && (item || root?.matches("a,button"))) {
    event.preventDefault();
  } else if (item) {
    await pressItem(item, root);
  } else if (root?.matches("a") && root.dataset.confirm) {
    event.preventDefault();
    if (await tellApp(root)) window.open(root.href, "_blank", "noopener,noreferrer");
  } else if (root?.matches("a,button")) {
    await tellApp(root);
  }
});

async function pressItem(item, root) {
  root.open = false;
  root.querySelector("summary").focus();
  await tellApp(root, JSON.parse(item.dataset.option));
}

// -- choices ----------------------------------------------------------------------------------------

const remember = (event) => {
  const root = rootOf(event);
  if (root && root.contains(event.target)) before.set(root, shownIn(root));
};
document.addEventListener("pointerdown", remember, true);
document.addEventListener("focusin", remember, true);

async function chosen(root) {
  if (root.dataset.tells === "typed") {
    await keep(root);
    return;
  }
  const was = before.get(root);
  root.setAttribute("data-dirty", "");
  if (await tellNow(root)) return;
  root.removeAttribute("data-dirty");
  if (was && root.dataset.confirm) putBack(was);
  if (root.matches(".several")) drawChips(root);
}

document.addEventListener("change", (event) => {
  const root = rootOf(event);
  if (!root || event.target.matches(".filter, [role=combobox]")) return;
  if (event.target.matches(TEXTS)) hurry(root);
  else if (/^(date|time)/.test(event.target.type)) {
    if (isWhole(event.target)) later(root, chosen, DATE_PAUSE);
  } else {
    if (root.matches(".several")) drawChips(root);
    chosen(root);
  }
});

document.addEventListener("chosen", (event) => chosen(event.target));

document.addEventListener("focusout", (event) => {
  const root = rootOf(event);
  if (root?.matches("[type=date],[type=time],[type=datetime-local]")) hurry(root);
});

// -- what is typed ----------------------------------------------------------------------------------

document.addEventListener("input", (event) => {
  const root = rootOf(event);
  if (!root || !event.target.matches(TEXTS) || root !== event.target) return;
  count(root);
  const tells = root.dataset.tells === "change" && isOn(root, "character_entered");
  later(root, tells ? tellNow : keep);
});

document.addEventListener("keydown", (event) => {
  const root = rootOf(event);
  if (event.key !== "Enter" || event.isComposing || !root?.matches(TEXTS)) return;
  const whole = event.ctrlKey || event.metaKey;
  if (root.nodeName === "TEXTAREA" && !whole) return;
  if (root.dataset.tells === "change" && isOn(root, "enter_pressed")) {
    event.preventDefault();
    tellNow(root);
  } else if (root.nodeName === "TEXTAREA") {
    event.preventDefault();
    root.form?.requestSubmit();
  }
});

/** Say how much room is left, where little is; and how much is wanted, where that is little. */
function count(root) {
  const said = document.getElementById(`${root.id}-count`);
  if (!said) return;
  const most = Number(root.dataset.most);
  const least = Number(root.dataset.least ?? 0);
  const long = [...root.value].length;
  const left = most - long;
  let words = "";
  if (left < 0) words = `${-left} too many of ${most}`;
  else if (left <= Math.min(100, Math.max(10, most / 5))) words = `${left} of ${most} left`;
  else if (long && long < least) words = `${least - long} more, at least`;
  said.textContent = words;
  said.classList.toggle("over", left < 0);
}

// What is typed outlives a page that is left or loaded anew.
window.addEventListener("pagehide", leave);
window.addEventListener("online", flush);
