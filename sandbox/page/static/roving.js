// One message of each list is in the order of Tab; the arrow keys go on from it.

const listOf = (article) => article.closest(".lines");

function reach(article) {
  for (const other of listOf(article).querySelectorAll(".message[tabindex='0']")) {
    other.tabIndex = -1;
  }
  article.tabIndex = 0;
}

/** See to it that each list of messages can be reached: at its newest, at first. */
export function keepReachable() {
  for (const list of document.querySelectorAll(".lines")) {
    const last = [...list.querySelectorAll(".message")].at(-1);
    if (last && !list.querySelector(".message[tabindex='0']")) reach(last);
  }
}

document.addEventListener("focusin", (event) => {
  const article = event.target.closest?.(".message");
  if (article) reach(article);
});

document.addEventListener("keydown", (event) => {
  const article = event.target;
  const to = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity }[event.key];
  if (!to || !article.matches?.(".message") || event.altKey || event.ctrlKey) return;
  const all = [...listOf(article).querySelectorAll(".message")];
  const next = Math.min(Math.max(all.indexOf(article) + to, 0), all.length - 1);
  event.preventDefault();
  all[next].focus({ preventScroll: true });
  all[next].scrollIntoView({ block: "nearest" });
});

document.addEventListener("page:arrived", keepReachable);
