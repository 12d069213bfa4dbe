// New content for a part of the page, without taking from a person what they are at: an element
// with the same id or data-key stays the same element, with its focus, caret and unsent words.
//
// data-client: its children are made by the page, and stay. data-keeps="open value": so do these
// attributes. data-dirty: what it holds has not reached the server yet, and is kept.

const keyOf = (node) => node.id || node.dataset?.key || "";
const typedInto = (node) => node.matches("input:not([type=checkbox],[type=radio]),textarea");

/** Give `target` the content of `html`. */
export function morph(target, html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const was = document.activeElement;
  const caret = was && typedInto(was) ? caretOf(was) : null;
  children(target, template.content);
  if (!was || was === document.body || was === document.activeElement) return;
  const now = again(was) ?? target.closest("[tabindex]");
  if (!now || !(target.contains(now) || now.contains(target))) return;
  now.focus({ preventScroll: true });
  if (caret && typedInto(now)) setCaret(now, caret);
}

/**
 * The same thing as it is drawn now: by its id; or by what it does and says, where an app has
 * published a view anew, in which blocks have other ids. Nothing where it is gone.
 */
export function again(node) {
  if (node.isConnected) return node;
  const { action } = node.dataset;
  const isSame = (one) => one.dataset.action === action && one.textContent === node.textContent;
  return (
    document.getElementById(node.id) ??
    (action ? [...document.querySelectorAll("[data-action]")].find(isSame) : undefined)
  );
}

function children(from, to) {
  const kept = new Map();
  for (const node of from.children) if (keyOf(node)) kept.set(keyOf(node), node);
  const wanted = new Set();
  for (const node of to.children) if (keyOf(node)) wanted.add(keyOf(node));
  let at = from.firstChild;
  for (const next of [...to.childNodes]) {
    const key = next.nodeType === Node.ELEMENT_NODE ? keyOf(next) : "";
    // What is gone for good makes room first, so that what stays need not be moved.
    while (at && at.nodeType === Node.ELEMENT_NODE && keyOf(at) && !wanted.has(keyOf(at))) {
      at = removed(at);
    }
    const same = key ? kept.get(key) : at && !keyOfAny(at) && alike(at, next) ? at : null;
    if (same && alike(same, next)) {
      if (same !== at) from.insertBefore(same, at);
      else at = at.nextSibling;
      one(same, next);
    } else {
      from.insertBefore(next, at);
    }
  }
  while (at) at = removed(at);
}

const keyOfAny = (node) => (node.nodeType === Node.ELEMENT_NODE ? keyOf(node) : "");
const alike = (one, other) => one.nodeName === other.nodeName && one.type === other.type;

function removed(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}

function one(from, to) {
  if (from.nodeType !== Node.ELEMENT_NODE) {
    if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue;
    return;
  }
  // Somebody is choosing in it: what they do there is sent as they do it.
  if (from.matches(".sought") && from.contains(document.activeElement)) return;
  const before = from.nodeName === "TEXTAREA" ? from.defaultValue : null;
  attributes(from, to);
  if (from.nodeName === "TEMPLATE") from.innerHTML = to.innerHTML;
  else if (from.nodeName === "TEXTAREA") {
    if (before !== to.defaultValue) from.defaultValue = to.defaultValue;
  } else if (!("client" in from.dataset)) children(from, to);
  values(from, to);
}

function attributes(from, to) {
  const keeps = new Set(["data-dirty", ...(from.dataset.keeps ?? "").split(" ")]);
  if ("client" in from.dataset) keeps.add("hidden");
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && !keeps.has(name)) from.removeAttribute(name);
  }
  for (const { name, value } of to.attributes) {
    if (!keeps.has(name) && from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
}

function values(from, to) {
  if (from.closest("[data-dirty]") || (from.dataset.keeps ?? "").includes("value")) return;
  if (from.matches("input[type=checkbox],input[type=radio]")) {
    from.checked = to.hasAttribute("checked");
  } else if (from.nodeName === "SELECT") {
    const chosen = to.querySelector("option[selected]");
    from.value = chosen ? chosen.value : (to.options[0]?.value ?? "");
  } else if (from.matches("input,textarea") && from !== document.activeElement) {
    const value = from.nodeName === "TEXTAREA" ? to.defaultValue : (to.getAttribute("value") ?? "");
    if (from.value !== value) from.value = value;
  }
}

function caretOf(node) {
  try {
    return [node.selectionStart, node.selectionEnd, node.scrollTop];
  } catch {
    return null; // inputs of dates and numbers have none
  }
}

function setCaret(node, [start, end, top]) {
  if (start === null) return;
  node.setSelectionRange(start, end);
  node.scrollTop = top;
}
