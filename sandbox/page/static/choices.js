// Lists to choose from: what is chosen as chips, long ones narrowed by typing, menus that close.

const CLOSES = "details.overflow[open], .several > details[open]";

/** Draw what is chosen in a list of several. */
export function drawChips(root) {
  const chips = root.querySelector(".chips");
  const chosen = [...root.querySelectorAll("[data-option]:checked")];
  chips.replaceChildren(
    ...chosen.map((box) => chip("chip", box.closest("label").textContent.trim())),
  );
  if (!chosen.length) chips.append(chip("none", chips.dataset.none));
}

function chip(kind, words) {
  const made = document.createElement("span");
  made.className = kind;
  made.textContent = words;
  return made;
}

function narrow(filter) {
  const list = filter.closest(".list");
  const wanted = filter.value.trim().toLocaleLowerCase();
  let left = 0;
  for (const choice of list.querySelectorAll(".choice")) {
    choice.hidden = !choice.textContent.toLocaleLowerCase().includes(wanted);
    if (!choice.hidden) left += 1;
  }
  list.querySelector("[role=status]").textContent = left ? "" : `Nothing holds “${filter.value}”.`;
}

document.addEventListener("input", (event) => {
  if (event.target.matches(".filter")) narrow(event.target);
});

document.addEventListener("keydown", (event) => {
  const list = event.target.closest?.(CLOSES);
  if (event.target.matches?.(".filter") && event.key === "Enter") event.preventDefault();
  if (!list) return;
  if (event.key === "Escape") {
    event.preventDefault(); // the list closes, and not the form around it
    list.open = false;
    list.querySelector("summary").focus();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const stops = [...list.querySelectorAll("summary, .filter, .choice:not([hidden]) input, .item")];
    const at = stops.indexOf(event.target);
    const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  }
});

// A list that is left closes: by a press elsewhere, or by going on with the keyboard.
const closeOthers = (event) => {
  for (const list of document.querySelectorAll(CLOSES)) {
    if (!list.contains(event.target)) list.open = false;
  }
};
document.addEventListener("pointerdown", closeOthers);
document.addEventListener("focusin", closeOthers);
