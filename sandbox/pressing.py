"""Finding what a person presses, and what the press tells the app."""

from __future__ import annotations

from typing import Any

from sandbox.block_kit import interactive_elements
from sandbox.block_kit.relations import options_of
from sandbox.block_kit.state import HELD, Values
from sandbox.errors import NotPossible
from sandbox.filling import entry_for
from sandbox.messages import label
from sandbox.records import Json

_BUTTONS = ("button", "workflow_button", "icon_button")


def find_pressed(
    blocks: list[Json],
    wanted: str | None,
    action_id: str | None,
    block_id: str | None,
    value: Any,
) -> tuple[Json, Json, Any]:
    """The block, the element and the choice made: an option of a menu, or `value` as it is.

    Found by the words a person sees (a button's, or an option's of an overflow menu, a select,
    radio buttons or checkboxes), narrowed by ids where given.
    """
    found = []
    for block, element in interactive_elements(blocks):
        if action_id not in (None, element["action_id"]) or block_id not in (
            None,
            block["block_id"],
        ):
            continue
        if wanted is None:
            found.append((block, element, _on_offer(element, value)))
        elif element["type"] in _BUTTONS:
            if label(element) == wanted:
                found.append((block, element, value))
        else:
            found += [
                (block, element, option)
                for option in options_of(element)
                if option["text"]["text"] == wanted
            ]
    if not found:
        known = [label(e) or e["action_id"] for _, e in interactive_elements(blocks)]
        raise LookupError(f"nothing to press named {wanted or action_id!r}; there is {known}")
    if len(found) > 1:
        ids = [(block["block_id"], element["action_id"]) for block, element, _ in found]
        raise LookupError(f"{wanted or action_id!r} is there {len(found)} times: {ids}")
    return found[0]


def _on_offer(element: Json, value: Any) -> Any:
    """The option of an overflow menu with that value, as the app is told of it."""
    if element["type"] != "overflow" or not isinstance(value, str):
        return value
    for option in options_of(element):
        if value == option.get("value"):
            return option
    raise LookupError(f"the menu has no option {value!r}")


def press(
    block: Json, element: Json, choice: Any, state: Values, action_ts: str
) -> tuple[Json, Values]:
    """The entry of `actions` for the press, and the state after it."""
    action: Json = {
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "type": element["type"],
        "action_ts": action_ts,
    }
    kind = element["type"]
    if kind in _BUTTONS:
        return action | {k: element[k] for k in ("text", "value", "style") if k in element}, state
    if kind == "overflow":
        return action | {"selected_option": choice}, state
    if kind not in HELD:
        raise NotPossible(f"the sandbox cannot press a {kind}")
    held = HELD[kind]
    before = state.get(block["block_id"], {}).get(element["action_id"], {})
    if kind == "checkboxes" and isinstance(choice, dict):
        checked = before.get(held.key) or []
        choice = [o for o in checked if o != choice] if choice in checked else [*checked, choice]
    entry = entry_for(element, choice)
    after = {**state, block["block_id"]: {**state.get(block["block_id"], {})}}
    after[block["block_id"]][element["action_id"]] = entry
    return action | entry, after
