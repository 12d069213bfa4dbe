// Completing commands, people, channels and emoji while somebody writes: a list of suggestions.

import { allEmoji, fitting } from "./emoji.js";
import { names } from "./writing.js";

const MOST = 8;
const TO_ALL = ["here", "channel", "everyone"];

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** What fits before the caret: {from, options: [{shown, sent, face, more}]}, or null. */
async function offered(field) {
  const before = field.value.slice(0, field.selectionStart);
  const command = /^\/\S*$/.exec(before);
  const word = /(?:^|[\s(])([@#][^\s@#]{0,30}|:[a-z0-9_+-]{2,30})$/iu.exec(before);
  const typed = command?.[0] ?? word?.[1];
  if (!typed || field.selectionStart !== field.selectionEnd) return null;
  const from = before.length - typed.length;
  const options = await fits(typed[0], typed.slice(1));
  return options.length ? { from, options: options.slice(0, MOST) } : null;
}

async function fits(kind, typed) {
  if (kind === ":") {
    const all = await allEmoji();
    return fitting(Object.keys(all), typed).slice(0, MOST).map((name) => ({
      shown: all[name], face: all[name], name: `:${name}:`,
    }));
  }
  const { people, channels, commands } = await names();
  const wanted = fold(typed);
  if (kind === "/") {
    return commands.filter((one) => fold(one.name).startsWith(`/${wanted}`))
      .map(({ name, more, app }) => ({ shown: name, name, more: more || app }));
  }
  if (kind === "#") {
    return channels.filter((one) => fold(one.name).includes(wanted))
      .map(({ id, name }) => ({ shown: `#${name}`, sent: `<#${id}>`, name: `#${name}` }));
  }
  const starts = (one) => fold(one.name).split(" ").some((part) => part.startsWith(wanted));
  return [
    ...people.filter((one) => starts(one) || fold(one.more).startsWith(wanted))
      .map(({ id, name, more }) => ({ shown: `@${name}`, sent: `<@${id}>`, name, more })),
    ...TO_ALL.filter((name) => name.startsWith(wanted))
      .map((name) => ({ shown: `@${name}`, sent: `<!${name}>`, name: `@${name}`, more: "all" })),
  ];
}

/** Suggestions for one field, in one list; `taken` is told [shown, sent] of a mention. */
export class Suggestions {
  constructor(field, list, taken) {
    Object.assign(this, { field, list, taken, found: null, active: 0, asked: 0 });
    field.addEventListener("input", () => this.look());
    // Asked for ahead, so that the list is there as soon as somebody types.
    field.addEventListener("focus", () => Promise.all([names(), allEmoji()]).catch(() => {}));
    field.addEventListener("blur", () => this.close());
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const at = [...list.children].indexOf(event.target.closest("li"));
      if (at >= 0) this.take(at);
    });
  }

  async look() {
    const asked = ++this.asked;
    const found = await offered(this.field);
    if (asked !== this.asked) return;
    if (!found) return this.close();
    Object.assign(this, { found, active: 0 });
    this.draw();
  }

  close() {
    this.asked += 1;
    if (!this.found) return;
    this.found = null;
    this.list.hidden = true;
    for (const name of ["role", "aria-expanded", "aria-controls", "aria-autocomplete",
      "aria-activedescendant"]) this.field.removeAttribute(name);
  }

  draw() {
    const { list, field } = this;
    list.replaceChildren(...this.found.options.map((option, at) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${at}`;
      item.setAttribute("role", "option");
      for (const [name, words] of [["face", option.face], ["name", option.name], ["more", option.more]]) {
        if (!words) continue;
        const span = document.createElement("span");
        Object.assign(span, { className: `offered-${name}`, textContent: words });
        item.append(span, " ");
      }
      return item;
    }));
    list.hidden = false;
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-expanded", "true");
    field.setAttribute("aria-controls", list.id);
    this.mark();
  }

  mark() {
    [...this.list.children].forEach((item, at) => {
      item.setAttribute("aria-selected", String(at === this.active));
      if (at === this.active) item.scrollIntoView({ block: "nearest" });
    });
    this.field.setAttribute("aria-activedescendant", `${this.list.id}-${this.active}`);
  }

  /** Whether the key was for the list. */
  pressed(event) {
    if (!this.found) return false;
    const { options, from } = this.found;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.active = (this.active + step + options.length) % options.length;
      this.mark();
    } else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" || event.key === "Tab") {
      const typed = this.field.value.slice(from, this.field.selectionStart);
      if (event.key === "Enter" && options[this.active].shown === typed) {
        this.close();
        return false;
      }
      this.take(this.active);
    } else return false;
    event.preventDefault();
    return true;
  }

  take(at) {
    const { from, options } = this.found;
    const { shown, sent } = options[at];
    this.field.setRangeText(`${shown} `, from, this.field.selectionStart, "end");
    if (sent) this.taken([shown, sent]);
    this.close();
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.close();
  }
}
