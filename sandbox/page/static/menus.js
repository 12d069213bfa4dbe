// Where menus and the emoji stand: by what opened them, inside the window.

const GAP = 4;

/** Open `menu` (a popover) by `anchor`. */
export function openBy(menu, anchor) {
  menu.dataset.by = anchor.id;
  menu.showPopover();
  stand(menu, anchor);
}

function stand(menu, anchor) {
  const spot = anchor.getBoundingClientRect();
  const { offsetWidth: wide, offsetHeight: high } = menu;
  const below = spot.bottom + GAP + high <= innerHeight;
  const top = below ? spot.bottom + GAP : Math.max(GAP, spot.top - high - GAP);
  const left = Math.min(Math.max(GAP, spot.right - wide), innerWidth - wide - GAP);
  menu.style.top = `${top}px`;
  menu.style.left = `${Math.max(GAP, left)}px`;
}

document.addEventListener(
  "toggle",
  (event) => {
    const menu = event.target;
    if (!menu.matches?.(".menu[popover]") || event.newState !== "open") return;
    const anchor = document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`);
    if (anchor) stand(menu, anchor);
    menu.querySelector("button")?.focus();
  },
  true,
);

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.(".menu[popover]");
  if (!menu || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
  event.preventDefault();
  const items = [...menu.querySelectorAll("button")];
  const step = event.key === "ArrowDown" ? 1 : -1;
  const next = (items.indexOf(document.activeElement) + step + items.length) % items.length;
  items[next].focus();
});

document.addEventListener("click", (event) => {
  const menu = event.target.closest("button")?.closest(".menu[popover]");
  if (menu) menu.hidePopover();
});
