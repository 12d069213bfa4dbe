// What can be done with a message: reply, react, the apps' shortcuts, copy its link, edit, delete.

import { act, tell } from "./server.js";
import { go } from "./going.js";
import { chooseEmoji } from "./emoji.js";
import { decoded, encoded } from "./writing.js";

const doing = {
  reply: ({ ts }) => go({ thread: ts, m: "" }, { focus: "thread" }),
  react: (message, button) => {
    const verb = button.getAttribute("aria-pressed") === "true" ? "unreact" : "react";
    act(verb, { ...message, name: button.dataset.name });
  },
  emoji: (message, button) =>
    chooseEmoji(button, async (name) => {
      await act("react", { ...message, name });
      document.getElementById(`m-${message.ts}`)?.focus();
    }),
  dismiss: (message) => act("dismiss", message),
  shortcut: (message, button) => act("shortcut", { ...message, name: button.dataset.name }),
  link: ({ channel, ts }) => {
    const link = `${location.origin}/?${new URLSearchParams({ at: channel, m: ts })}`;
    const done = () => tell("The link is copied.", "note");
    navigator.clipboard.writeText(link).then(done, () => tell(link, "note"));
  },
  edit: (message, button) => edit(message, button),
  delete: (message) => remove(message),
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-does]");
  const article = button?.closest(".message");
  const does = article && doing[button.dataset.does];
  if (does) does({ channel: article.dataset.channel, ts: article.dataset.ts }, button);
});

function remove(message) {
  const asking = document.getElementById("asking");
  asking.returnValue = "no";
  asking.showModal();
  asking.addEventListener(
    "close",
    () => asking.returnValue === "yes" && act("delete", message),
    { once: true },
  );
}

async function edit(message, button) {
  const article = button.closest(".message");
  if (article.querySelector("[data-editing]")) return;
  const { text, chosen } = await decoded(button.dataset.text);
  const form = document.createElement("form");
  form.className = "editing";
  form.dataset.editing = "";
  form.innerHTML =
    '<textarea aria-label="Edit your message" rows="2" maxlength="12000"></textarea>' +
    '<p><button type="button" class="plain">Cancel</button> <button class="send">Save</button></p>';
  const field = form.querySelector("textarea");
  field.value = text;
  const said = article.querySelector("[data-said]");
  said.hidden = true;
  said.after(form);
  field.focus();
  field.setSelectionRange(text.length, text.length);
  const end = () => {
    form.remove();
    said.hidden = false;
    article.focus();
  };
  const save = async () => {
    const now = encoded(field.value, chosen);
    if (now === button.dataset.text) return end();
    form.removeAttribute("data-editing"); // so that the new words may take its place
    if ((await act("edit", { ...message, text: now })).ok) end();
    else form.dataset.editing = "";
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  form.querySelector(".plain").addEventListener("click", end);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") end();
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) save();
    else return;
    event.preventDefault();
  });
}
