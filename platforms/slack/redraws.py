"""A form drawn anew while somebody fills it in: what they typed stays, what is to change changes.

In a view that is updated, Slack keeps what was typed wherever block_id, action_id and kind of input
stay the same, and reads no first value there: https://docs.slack.dev/surfaces/modals#updating_views
So an input keeps its action_id, unless it is to hold something else than it holds.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

from platforms.slack.choices import carried_by, chosen
from platforms.slack.elements import initial_text, text_of
from platforms.slack.forms import VALUE, held_in, input_blocks
from platforms.slack.rich_text import Json

__all__ = ["Newest", "redrawn", "with_shown_ids"]

_MOST_REMEMBERED = 1000


class Newest:
    """Which change of each open view is the newest that was seen."""

    def __init__(self, most: int = _MOST_REMEMBERED) -> None:
        self._most = most
        self._changes: OrderedDict[str, float] = OrderedDict()

    def note(self, view: str, change: str) -> None:
        """A change came; `change` is its `action_ts`."""
        self._changes[view] = max(float(change), self._changes.pop(view, 0.0))
        if len(self._changes) > self._most:
            self._changes.popitem(last=False)

    def is_newest(self, view: str, change: str) -> bool:
        """Whether nothing has come since."""
        return float(change) >= self._changes.get(view, 0.0)


def with_shown_ids(view: Json, shown: Mapping[str, Any]) -> Json:
    """The view, each input under the id that it has where it is shown."""
    ids = {block["block_id"]: block["element"]["action_id"] for block in input_blocks(shown)}
    return _with_ids(view, ids)


def redrawn(view: Json, shown: Mapping[str, Any], change: str) -> Json:
    """The view as it is to replace the one shown, whose inputs hold what was typed so far.

    An input whose first value is another than it holds, or that can no longer hold it, gets an id
    of its own, made of `change`; one without a first value keeps what it holds.
    """
    ids: dict[str, str] = {}
    old, new = carried_by(shown), carried_by(view)
    before = {block["block_id"]: block["element"] for block in input_blocks(shown)}
    for block in input_blocks(view):
        block_id, element = block["block_id"], block["element"]
        if block_id not in before:
            continue
        held = held_in(shown, block_id)
        wanted = initial_text(element, new)
        stays = wanted in ("", text_of(held, old))
        if stays and _can_hold(element, held, before[block_id], old, new):
            ids[block_id] = before[block_id]["action_id"]
        else:
            ids[block_id] = f"{VALUE}.{change}"
    return _with_ids(view, ids)


def _with_ids(view: Json, ids: Mapping[str, str]) -> Json:
    blocks = [
        {**block, "element": {**block["element"], "action_id": ids[block["block_id"]]}}
        if block["type"] == "input" and block["block_id"] in ids
        else block
        for block in view["blocks"]
    ]
    return {**view, "blocks": blocks}


def _can_hold(
    element: Json,
    held: Mapping[str, Any],
    before: Mapping[str, Any],
    old: Sequence[str],
    new: Sequence[str],
) -> bool:
    """Whether the element is of the same kind, and offers what was chosen, by the same name."""
    if element["type"] != before["type"]:
        return False
    if "options" not in element:
        return True
    offered = {option["value"]: chosen(option["value"], new) for option in element["options"]}
    options = held.get("selected_options") or [held.get("selected_option") or {}]
    return all(
        offered.get(option["value"]) == chosen(option["value"], old) for option in options if option
    )
