// Through the lines by keyboard. Opening one is the browser's own: each is a <details>.

/** As the person has it on the workspace's page: single keys, or none. */
const singleKeys = () => localStorage.getItem("sandbox:single-keys") !== "off";

/** Up and down, Home and End among the lines that are shown; `/` goes to the filter, Escape back. */
export function goesThrough(list, filter) {
  const shown = () => [...list.querySelectorAll(":scope > li:not([hidden]) summary")];

  list.addEventListener("keydown", (event) => {
    if (event.target.tagName !== "SUMMARY") return;
    const all = shown();
    const at = all.indexOf(event.target);
    const next = {
      ArrowDown: all[at + 1],
      ArrowUp: all[at - 1],
      Home: all[0],
      End: all.at(-1),
    }[event.key];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest("input[type=search]");
    if (event.key === "/" && !typing && singleKeys()) {
      event.preventDefault();
      filter.focus();
      filter.select();
    } else if (typing && (event.key === "ArrowDown" || event.key === "Escape")) {
      event.preventDefault();
      if (event.key === "Escape" && filter.value) {
        filter.value = "";
        filter.dispatchEvent(new Event("input"));
      } else shown().at(-1)?.focus();
    } else if (event.target === document.body && event.key.startsWith("Arrow") && shown().length) {
      event.preventDefault();
      shown().at(-1).focus();
    }
  });
}
