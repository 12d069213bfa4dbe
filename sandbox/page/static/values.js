// What an element holds, as the sandbox is told it.

import { momentOf } from "./moments.js";

const optionOf = (node) => (node?.dataset.option ? JSON.parse(node.dataset.option) : null);

/** The native controls of an element: itself, or those within. */
export const controlsOf = (root) =>
  root.matches("input,select,textarea") ? [root] : [...root.querySelectorAll("input,select")];

/** An option, an id, a text, or a list of them; null where it is empty. */
export function valueOf(root) {
  const type = root.dataset.type;
  if (root.matches(".sought")) {
    if (!("several" in root.dataset)) return optionOf(root);
    return [...root.querySelectorAll(".chips [data-option]")].map(optionOf);
  }
  if (type === "radio_buttons") return optionOf(root.querySelector("input:checked"));
  if (type === "checkboxes" || type.startsWith("multi_")) {
    return [...root.querySelectorAll("[data-option]:checked")].map(optionOf);
  }
  if (root.nodeName === "SELECT") return optionOf(root.selectedOptions[0]);
  if (type === "datetimepicker") return root.value ? momentOf(root.value, root.dataset.zone) : null;
  return root.value === "" ? null : root.value;
}

/** Whether a day that is being typed is one already: a year is typed digit by digit. */
export const isWhole = (root) =>
  !/^date/.test(root.type ?? "") || root.value === "" || Number(root.value.slice(0, 4)) > 1899;

/** What the controls show, to be put back where somebody thinks better of it. */
export function shownIn(root) {
  return controlsOf(root).map((node) => [node, node.value, node.checked]);
}

/** Put back what `shownIn` found. */
export function putBack(shown) {
  for (const [node, value, checked] of shown) {
    if (node.matches("[type=checkbox],[type=radio]")) node.checked = checked;
    else node.value = value;
  }
}
