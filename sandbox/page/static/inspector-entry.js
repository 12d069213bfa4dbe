// What a line opens to, and taking its command along.

/** Fill in what a line opens to, from the server; again where it changed meanwhile. */
export async function opened(line) {
  const place = line.querySelector(".entry");
  try {
    const answer = await fetch(`/inspector/entries/${line.id}`);
    place.innerHTML = await answer.text();
  } catch {
    place.textContent = "The sandbox does not answer. Is it still running?";
  }
}

/** A click somewhere in the lines: on the button that copies, or not. */
export async function copied({ target }) {
  const button = target.closest("[data-copy]");
  if (!button) return;
  const command = button.parentElement.querySelector("pre");
  let said = "Copied";
  try {
    await navigator.clipboard.writeText(command.textContent);
  } catch {
    // Where the browser won't have it, the text is selected, and the person copies it.
    window.getSelection().selectAllChildren(command);
    said = "Selected, to copy by hand";
  }
  button.textContent = said;
  document.getElementById("said").textContent = said;
  setTimeout(() => {
    button.textContent = "Copy as curl";
    document.getElementById("said").textContent = "";
  }, 2000);
}
