// "Are you sure?": the second dialog, before what an app wants confirmed.

/** Whether the person means it; true at once where the app does not ask. Focus returns. */
export function confirmed(root) {
  const asked = root.dataset.confirm && document.getElementById(root.dataset.confirm);
  if (!asked) return Promise.resolve(true);
  const was = document.activeElement;
  const dialog = document.createElement("dialog");
  dialog.id = "confirm";
  dialog.setAttribute("role", "alertdialog");
  dialog.setAttribute("aria-labelledby", "confirm-title");
  dialog.setAttribute("aria-describedby", "confirm-text");
  dialog.append(asked.content.cloneNode(true));
  document.body.append(dialog);
  dialog.addEventListener("click", (event) => {
    const answer = event.target.closest("[data-answer]");
    if (answer) dialog.close(answer.dataset.answer);
  });
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      // The browser has put the focus back; somebody may have moved it on since.
      if (document.activeElement === document.body && was?.isConnected) was.focus();
      resolve(dialog.returnValue === "yes");
    });
  });
}
