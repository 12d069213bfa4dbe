"""What a person chooses or types, turned into the values that Slack's client sends."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from sandbox.block_kit import interactive_elements
from sandbox.block_kit.relations import options_of
from sandbox.block_kit.state import HELD, Values
from sandbox.records import Json

Key = str | tuple[str, str]
"""What names an input: its label, its block id or action id; or both ids, in this order."""


def fill(view: Json, state: Values, answers: Mapping[Any, Any]) -> Values:
    """`state` with `answers` in it; keys are as `Key` says.

    LookupError, with what there is, for a key that names nothing; ValueError for an option that
    is not on offer.
    """
    filled = copy.deepcopy(state)
    for key, answer in answers.items():
        block, element = named(view, key)
        entry = entry_for(element, answer)
        filled.setdefault(block["block_id"], {})[element["action_id"]] = entry
    return filled


def entry_for(element: Json, answer: Any) -> Json:
    """The state entry of an element that holds `answer` (`None` empties it).

    Options are given by label or value; users, channels and dates as their ids and ISO strings;
    several as a list.
    """
    held = HELD[element["type"]]
    if answer is None:
        return {"type": element["type"], held.key: copy.deepcopy(held.empty)}
    if held.key == "selected_option":
        answer = _option(element, answer)
    elif held.key == "selected_options":
        given = answer if isinstance(answer, list | tuple) else [answer]
        answer = [_option(element, one) for one in given]
    elif held.empty is not None and not isinstance(answer, list | tuple):
        answer = [answer]
    elif held.key == "value":
        answer = str(answer)
    elif held.key == "rich_text_value" and isinstance(answer, str):
        answer = _rich_text(answer)
    return {"type": element["type"], held.key: answer}


def held_in(state: Values, block: Json, element: Json) -> Any:
    """What an element holds."""
    return state[block["block_id"]][element["action_id"]][HELD[element["type"]].key]


def label_of(block: Json, element: Json) -> str:
    """The words beside an element: an input's label, a section's text, else the placeholder."""
    words = block.get("label") or block.get("text") or element.get("placeholder") or {}
    return str(words.get("text", ""))


def named(view: Json, key: Key) -> tuple[Json, Json]:
    """The block and the element that `key` names. LookupError."""
    holders = [
        (block, element)
        for block, element in interactive_elements(view["blocks"])
        if element["type"] in HELD
    ]
    for names in (_by_ids, _by_label):
        found = [(block, element) for block, element in holders if key in names(block, element)]
        if len(found) == 1:
            return found[0]
        if found:
            raise LookupError(f"{key!r} names {len(found)} inputs; use an action_id")
    known = ", ".join(repr(label_of(block, element)) for block, element in holders)
    raise LookupError(f"no input {key!r}; there are {known or 'none'}")


def _by_ids(block: Json, element: Json) -> tuple[Key, ...]:
    ids = (block["block_id"], element["action_id"])
    return (*ids, ids)


def _by_label(block: Json, element: Json) -> tuple[Key, ...]:
    return (label_of(block, element),)


def _option(element: Json, wanted: Any) -> Json:
    if isinstance(wanted, dict):
        return wanted
    options = options_of(element)
    for option in options:
        if wanted in (option["text"]["text"], option.get("value")):
            chosen: Json = option
            return chosen
    known = ", ".join(repr(option["text"]["text"]) for option in options)
    raise ValueError(f"no option {wanted!r}; there are {known or 'none'}")


def _rich_text(text: str) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}
