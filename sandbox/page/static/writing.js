// What is typed, as Slack's clients send it: escaped, with ids in place of the names chosen.

import { actor, part } from "./server.js";

let known = {};

/** What can be completed for whoever is acted as: {people, channels, commands}. */
export async function names() {
  const who = actor();
  if (known.who !== who) known = { who, ...JSON.parse(await part("names")) };
  return known;
}

/** Ask anew next time: somebody came, or a channel did. */
export function forgetNames() {
  known = {};
}

const escaped = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const plain = (text) =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** `text` as it is sent; `chosen` are pairs of what is shown for a mention, and what is sent. */
export function encoded(text, chosen) {
  const longest = [...chosen].sort((one, other) => other[0].length - one[0].length);
  const pattern = longest.map(([shown]) => shown.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  if (!pattern) return escaped(text);
  const sent = new Map(longest);
  return text
    .split(new RegExp(`(${pattern})(?![\\p{L}\\p{N}])`, "u"))
    .map((piece, index) => (index % 2 ? sent.get(piece) : escaped(piece)))
    .join("");
}

/** The other way round, to edit what was sent: {text, chosen}. */
export async function decoded(sent) {
  const { people, channels } = await names();
  const chosen = [];
  const words = (whole, kind, id) => {
    const found = (kind === "@" ? people : channels).find((one) => one.id === id);
    const shown = kind === "!" ? `@${id}` : found ? `${kind}${found.name}` : whole;
    chosen.push([shown, whole]);
    return shown;
  };
  const pieces = sent.split(/(<[@#!][^<>]+>)/);
  const text = pieces
    .map((piece, index) => {
      if (index % 2 === 0) return plain(piece);
      const [, kind, id] = /^<([@#!])([^|>]+)/.exec(piece);
      return words(piece, kind, id);
    })
    .join("");
  return { text, chosen };
}
