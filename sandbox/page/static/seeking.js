// A box to type into that offers what the app finds: a combobox with a listbox, by the ARIA
// Authoring Practices (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/).

import { act } from "./server.js";
import { placeOf } from "./sending.js";

const PAUSE = 180; // milliseconds without a letter
const asked = new WeakMap(); // box -> {timer, number}
const found = new WeakMap(); // box -> the options that are shown

const listOf = (box) => document.getElementById(box.getAttribute("aria-controls"));
const rootOf = (box) => box.closest(".sought");
const textOf = (option) => option.text.text;
const changed = (root) => root.dispatchEvent(new CustomEvent("chosen", { bubbles: true }));
const isOpen = (box) => box.getAttribute("aria-expanded") === "true";

function say(box, words) {
  rootOf(box).querySelector("[role=status]").textContent = words;
}

function turnOf(box) {
  if (!asked.has(box)) asked.set(box, { number: 0 });
  return asked.get(box);
}

/** Ask the app what it offers for what is typed. */
async function seek(box) {
  const turn = turnOf(box);
  const number = ++turn.number;
  clearTimeout(turn.timer);
  const least = Number(rootOf(box).dataset.least);
  if (box.value.length < least) {
    show(box, []);
    say(box, `Type ${least} letters or more.`);
    return;
  }
  const answer = await act("seek", { ...placeOf(rootOf(box)), typed: box.value });
  if (number !== turn.number || document.activeElement !== box) return;
  show(box, answer.options ?? []);
  const count = found.get(box).length;
  say(box, count ? `${count} to choose from.` : "Nothing found.");
}

function show(box, options) {
  found.set(box, options);
  const list = listOf(box);
  list.replaceChildren(...options.map((option, at) => item(box, option, at)));
  if (!options.length) list.append(line("Nothing found", "aria-disabled", "true"));
  open(box, box.value.length >= Number(rootOf(box).dataset.least));
  point(box, -1);
}

function line(words, name, value) {
  const made = document.createElement("li");
  made.setAttribute("role", "option");
  made.setAttribute(name, value);
  made.textContent = words;
  return made;
}

function item(box, option, at) {
  const made = line(textOf(option), "aria-selected", "false");
  made.id = `${box.id}-o${at}`;
  if (option.description) {
    const more = document.createElement("small");
    more.textContent = option.description.text;
    made.append(" ", more);
  }
  return made;
}

function open(box, is) {
  box.setAttribute("aria-expanded", String(is));
  listOf(box).hidden = !is;
  if (!is) box.removeAttribute("aria-activedescendant");
}

/** Point at the option of that number, or at none. */
function point(box, at) {
  const items = [...listOf(box).querySelectorAll("[role=option]:not([aria-disabled])")];
  items.forEach((one, number) => one.setAttribute("aria-selected", String(number === at)));
  if (items[at]) {
    box.setAttribute("aria-activedescendant", items[at].id);
    items[at].scrollIntoView({ block: "nearest" });
  } else box.removeAttribute("aria-activedescendant");
}

const pointedAt = (box) =>
  [...listOf(box).children].findIndex((one) => one.getAttribute("aria-selected") === "true");

function choose(box, option) {
  const root = rootOf(box);
  if ("several" in root.dataset) {
    addChip(root, option);
    box.value = "";
  } else {
    root.dataset.option = JSON.stringify(option);
    box.value = textOf(option);
  }
  open(box, false);
  say(box, `${textOf(option)} chosen.`);
  changed(root);
}

function addChip(root, option) {
  const chips = root.querySelector(".chips");
  const value = (chip) => JSON.parse(chip.dataset.option).value;
  if ([...chips.children].some((chip) => value(chip) === option.value)) return;
  const chip = document.createElement("li");
  chip.className = "chip";
  chip.dataset.option = JSON.stringify(option);
  const words = document.createElement("span");
  words.textContent = textOf(option);
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "remove";
  remove.setAttribute("aria-label", `Remove ${textOf(option)}`);
  remove.textContent = "×";
  chip.append(words, remove);
  chips.append(chip);
}

/** Leave the box: what is in it is what is chosen, or nothing. */
function leave(box) {
  const root = rootOf(box);
  const turn = turnOf(box);
  clearTimeout(turn.timer);
  turn.number += 1;
  open(box, false);
  say(box, "");
  if ("several" in root.dataset) box.value = "";
  else if (box.value.trim() === "" && root.dataset.option) {
    delete root.dataset.option;
    changed(root);
  } else box.value = root.dataset.option ? textOf(JSON.parse(root.dataset.option)) : "";
}

const boxOf = (event) => event.target.closest?.("input[role=combobox]");

document.addEventListener("input", (event) => {
  const box = boxOf(event);
  if (!box) return;
  const turn = turnOf(box);
  clearTimeout(turn.timer);
  turn.number += 1; // what is still on its way answers what is no longer typed
  turn.timer = setTimeout(() => seek(box), PAUSE);
});

document.addEventListener("keydown", (event) => {
  const box = boxOf(event);
  if (!box || event.isComposing) return;
  const options = found.get(box) ?? [];
  const at = isOpen(box) ? pointedAt(box) : -1;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    if (!isOpen(box)) seek(box);
    else if (at < 0) point(box, step > 0 ? 0 : options.length - 1);
    else point(box, (at + step + options.length) % options.length);
  } else if (event.key === "Enter" && isOpen(box)) {
    event.preventDefault();
    if (options[at]) choose(box, options[at]);
  } else if (event.key === "Escape" && isOpen(box)) {
    event.preventDefault();
    open(box, false);
  } else if (event.key === "Backspace" && box.value === "") {
    rootOf(box).querySelector(".chip:last-child .remove")?.click();
  }
});

// Before the box loses its focus, so that the press still finds the list.
document.addEventListener("pointerdown", (event) => {
  const pressed = event.target.closest?.(".sought [role=option]");
  if (!pressed) return;
  event.preventDefault();
  const box = pressed.closest(".sought").querySelector("[role=combobox]");
  const option = found.get(box)?.[[...pressed.parentNode.children].indexOf(pressed)];
  if (option) choose(box, option);
});

document.addEventListener("click", (event) => {
  const box = boxOf(event);
  if (box && !isOpen(box)) seek(box);
  const remove = event.target.closest?.(".sought .remove");
  if (!remove) return;
  const root = remove.closest(".sought");
  const words = remove.previousElementSibling.textContent;
  remove.closest(".chip").remove();
  const left = root.querySelector("[role=combobox]");
  left.focus();
  say(left, `${words} removed.`);
  changed(root);
});

document.addEventListener("focusout", (event) => {
  const box = boxOf(event);
  if (box) leave(box);
});
