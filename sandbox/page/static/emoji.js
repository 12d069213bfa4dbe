// Choosing an emoji: by its name, or from those at hand.

import { part } from "./server.js";
import { openBy } from "./menus.js";

const AT_HAND = ["thumbsup", "heart", "tada", "eyes", "pray", "white_check_mark", "thinking_face",
  "joy", "clap", "raised_hands", "fire", "rocket"];
const MOST = 72;
let faces;
let chosen = () => {};

/** All emoji: by name, their characters. */
export async function allEmoji() {
  faces ??= JSON.parse(await part("emoji"));
  return faces;
}

/** The names that fit what was typed, best first. */
export function fitting(names, typed) {
  const wanted = typed.toLowerCase().replaceAll(" ", "_");
  const starts = names.filter((name) => name.startsWith(wanted));
  return [...starts, ...names.filter((name) => !name.startsWith(wanted) && name.includes(wanted))];
}

/** Let somebody choose one, by `anchor`; `then` is told its name. */
export async function chooseEmoji(anchor, then) {
  const menu = document.getElementById("emoji");
  const all = await allEmoji();
  chosen = then;
  if (!menu.firstElementChild) build(menu);
  menu.querySelector("input").value = "";
  list(menu, AT_HAND.filter((name) => all[name]).concat(Object.keys(all)));
  openBy(menu, anchor);
  menu.querySelector("input").focus();
}

function build(menu) {
  menu.setAttribute("role", "dialog");
  menu.setAttribute("aria-label", "Choose an emoji");
  menu.innerHTML =
    '<label class="hidden" for="emoji-sought">Find an emoji by its name</label>' +
    '<input id="emoji-sought" type="search" placeholder="Find an emoji" autocomplete="off">' +
    '<div class="emoji-grid" role="group" aria-label="Emoji"></div>' +
    '<p class="hidden" role="status"></p>';
  menu.addEventListener("input", () => {
    const typed = menu.querySelector("input").value.trim();
    const names = Object.keys(faces);
    const found = typed ? fitting(names, typed) : [...new Set([...AT_HAND, ...names])];
    list(menu, found.filter((name) => faces[name]));
    menu.querySelector("[role=status]").textContent = typed ? `${found.length} found` : "";
  });
  menu.addEventListener("keydown", (event) => {
    const buttons = [...menu.querySelectorAll(".emoji-grid button")];
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 };
    if (event.key === "Enter" && event.target.matches("input")) {
      event.preventDefault();
      buttons[0]?.click();
    } else if (event.key === "ArrowDown" && event.target.matches("input")) {
      event.preventDefault();
      buttons[0]?.focus();
    } else if (steps[event.key] && event.target.matches("button")) {
      event.preventDefault();
      const next = buttons.indexOf(event.target) + steps[event.key];
      (next < 0 ? menu.querySelector("input") : buttons[next])?.focus();
    }
  });
  menu.addEventListener("click", (event) => {
    const name = event.target.closest("button")?.dataset.name;
    if (!name) return;
    menu.hidePopover();
    chosen(name, faces[name]);
  });
}

function list(menu, names) {
  const grid = menu.querySelector(".emoji-grid");
  grid.replaceChildren(
    ...[...new Set(names)].slice(0, MOST).map((name) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", textContent: faces[name], title: `:${name}:` });
      button.dataset.name = name;
      button.setAttribute("aria-label", name.replaceAll("_", " "));
      return button;
    }),
  );
}
