// Where one writes: in the place, and in the thread beside it.

import { act, actor, tell } from "./server.js";
import { here } from "./going.js";
import { chooseEmoji } from "./emoji.js";
import { Suggestions } from "./suggest.js";
import { encoded, forgetNames, names } from "./writing.js";

const composers = new WeakMap();

class Composer {
  constructor(form) {
    this.form = form;
    this.field = form.querySelector("textarea");
    this.thread = form.dataset.thread ?? "";
    this.channel = here().channel;
    this.key = ["draft", actor(), this.channel, this.thread].join(":");
    this.files = [];
    const draft = JSON.parse(sessionStorage.getItem(this.key) ?? "{}");
    this.chosen = draft.chosen ?? [];
    this.field.value = draft.text ?? "";
    this.suggestions = new Suggestions(this.field, form.querySelector(".offered"), (pair) => {
      this.chosen.push(pair);
    });
    this.field.addEventListener("input", () => this.changed());
    this.field.addEventListener("keydown", (event) => this.pressed(event));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    form.querySelector("[data-file]").addEventListener("change", (event) => {
      this.files.push(...event.target.files);
      event.target.value = "";
      this.drawFiles();
      this.field.focus();
    });
    this.grow();
  }

  changed() {
    const text = this.field.value;
    if (text) sessionStorage.setItem(this.key, JSON.stringify({ text, chosen: this.chosen }));
    else sessionStorage.removeItem(this.key);
    this.grow();
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight + 2, innerHeight * 0.4)}px`;
  }

  pressed(event) {
    if (event.isComposing || this.suggestions.pressed(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    } else if (event.key === "ArrowUp" && !this.field.value && !this.thread) {
      const own = [...document.querySelectorAll("#place .message[data-own] [data-does=edit]")].at(-1);
      if (own) event.preventDefault();
      own?.click();
    } else if (event.key === "Escape" && !this.thread) this.field.blur();
  }

  async send() {
    const text = this.field.value;
    if (this.sending || (!text.trim() && !this.files.length)) return;
    this.sending = true;
    this.form.setAttribute("aria-busy", "true");
    const chosen = [...this.chosen];
    // The text stays until it is safe; what is written meanwhile is not lost either.
    const ok = this.files.length ? await this.upload(text, chosen) : await this.say(text, chosen);
    this.sending = false;
    this.form.removeAttribute("aria-busy");
    if (!ok) return;
    if (this.field.value.startsWith(text)) this.field.value = this.field.value.slice(text.length);
    this.chosen = this.field.value ? chosen : [];
    this.changed();
  }

  async say(text, chosen) {
    const command = /^(\/\S+)\s*([^]*)$/.exec(text.trim());
    if (command && this.thread) {
      tell(`${command[1]} can't be used in a thread. Write it below the channel itself.`);
      return false;
    }
    if (command) {
      const { commands } = await names();
      const { escapes } = commands.find(({ name }) => name === command[1]) ?? {};
      const done = await act("command", {
        command: command[1],
        text: escapes ? encoded(command[2], chosen) : command[2],
        channel: this.channel,
      });
      return done.ok && !done.outcome?.problem;
    }
    const words = { text: encoded(text, chosen), channel: this.channel };
    return (await act("say", this.thread ? { ...words, thread_ts: this.thread } : words)).ok;
  }

  async upload(text, chosen) {
    while (this.files.length) {
      const file = this.files[0];
      const told = { as: actor(), channel: this.channel, thread: this.thread, name: file.name };
      told.text = encoded(text.trim(), chosen);
      const token = document.querySelector('meta[name="page-token"]').content;
      const headers = { "X-Sandbox-Token": token };
      if (file.type) headers["Content-Type"] = file.type;
      const answer = await fetch(`/page/upload?${new URLSearchParams(told)}`, {
        method: "POST", headers, body: file,
      }).catch(() => null);
      if (!answer?.ok) {
        const said = await answer?.json().catch(() => null);
        tell(said?.error ?? "The file did not arrive. Try again?");
        return false;
      }
      text = "";
      this.files.shift();
    }
    this.drawFiles();
    return true;
  }

  drawFiles() {
    this.form.querySelector(".chips")?.remove();
    if (!this.files.length) return;
    const chips = document.createElement("div");
    chips.className = "chips";
    this.files.forEach((file, at) => {
      const chip = document.createElement("button");
      Object.assign(chip, { type: "button", textContent: `${file.name} ✕` });
      chip.setAttribute("aria-label", `Do not attach ${file.name}`);
      chip.addEventListener("click", () => {
        this.files.splice(at, 1);
        this.drawFiles();
      });
      chips.append(chip);
    });
    this.form.querySelector(".composer-box").after(chips);
  }
}

document.addEventListener("page:arrived", () => {
  forgetNames();
  for (const form of document.querySelectorAll("[data-composer]")) {
    if (!composers.has(form)) composers.set(form, new Composer(form));
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-composer] [data-does]");
  if (!button) return;
  const composer = composers.get(button.closest("[data-composer]"));
  if (button.dataset.does === "attach") composer.form.querySelector("[data-file]").click();
  if (button.dataset.does === "write-emoji") {
    chooseEmoji(button, (name, face) => {
      composer.field.setRangeText(face, composer.field.selectionStart, composer.field.selectionEnd, "end");
      composer.field.focus();
      composer.changed();
    });
  }
  if (button.dataset.does === "global-shortcut") act("shortcut", { name: button.dataset.name });
});
