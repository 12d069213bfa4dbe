"""The tables applied: what Slack would refuse in a message's blocks or in a view."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from sandbox.block_kit.blocks import BLOCKS, MESSAGE_BLOCKS, VIEWS
from sandbox.block_kit.objects import OPTION
from sandbox.block_kit.rules import Place, Surface, kind, many

MOST_CHARTS = 2
MOST_VIEW_BYTES = 250 * 1024  # "250 KB"; Believed: of compact JSON in UTF-8.


def problems_of_blocks(blocks: object, surface: Surface) -> list[str]:
    """Return what Slack would refuse in these blocks, as sentences ending in a JSON pointer.

    For example 'unsupported type: foo [json-pointer:/blocks/2/type]'. Empty when all is well.
    """
    place = Place("/blocks", surface)
    rule = MESSAGE_BLOCKS if surface == "message" else many(kind(BLOCKS), 0, 100)
    return [*rule(blocks, place), *_between_blocks(blocks, place)]


def problems_of_view(view: object) -> list[str]:
    """Return the same for a whole view of type modal or home; the pointers start at /view."""
    type_ = view.get("type") if isinstance(view, dict) else None
    surface: Surface = "home" if type_ == "home" else "modal"
    place = Place("/view", surface)
    problems = list(kind(VIEWS)(view, place))
    if isinstance(view, dict):
        problems += _between_blocks(view.get("blocks"), place / "blocks")
        problems += _view_as_a_whole(view, place)
    return problems


def problems_of_options(options: object) -> list[str]:
    """Return what Slack would refuse in the options that an app answers with."""
    return list(many(OPTION, 0, 100)(options, Place("/options", "modal")))


def _view_as_a_whole(view: dict[str, Any], place: Place) -> Iterator[str]:
    blocks = list(_placed(view.get("blocks"), place / "blocks"))
    if view.get("type") == "modal" and "submit" not in view:
        for block, there in blocks:
            if block.get("type") == "input":
                # Slack's sentence and its pointer, odd as it is.
                words = "must define `submit` to use an `input` block in modals"
                yield (there / "input").says(words)
    focused = [at for block, there in blocks for at in _focused(block, there)]
    for at in focused[1:]:
        yield at.says("only one element may have `focus_on_load`")
    sent = json.dumps(view, ensure_ascii=False, separators=(",", ":"), default=str)
    if len(sent.encode("utf-8", "replace")) > MOST_VIEW_BYTES:
        # `view_too_large` is the error that Slack answers with.
        yield place.says("view_too_large: no more than 250 KB allowed")


def _focused(block: dict[str, Any], place: Place) -> Iterator[Place]:
    for element, there in _elements(block, place):
        if element.get("focus_on_load") is True:
            yield there / "focus_on_load"


def _between_blocks(blocks: object, place: Place) -> Iterator[str]:
    """Yield what is wrong between blocks: ids that repeat (Believed wording), too many charts."""
    seen: Counter[str] = Counter()
    charts = 0
    for block, there in _placed(blocks, place):
        block_id = block.get("block_id")
        if isinstance(block_id, str) and block_id:
            seen[block_id] += 1
            if seen[block_id] > 1:
                yield (there / "block_id").says(f"`block_id` already exists: {block_id}")
        charts += block.get("type") == "data_visualization"
        yield from _repeated_actions(block, there)
    if charts > MOST_CHARTS:
        yield place.says(f"no more than {MOST_CHARTS} data_visualization blocks allowed")


def _repeated_actions(block: dict[str, Any], place: Place) -> Iterator[str]:
    seen: set[str] = set()
    for element, there in _elements(block, place):
        action_id = element.get("action_id")
        if isinstance(action_id, str) and action_id:
            if action_id in seen:
                yield (there / "action_id").says(f"`action_id` already exists: {action_id}")
            seen.add(action_id)


_WITHIN = {"container": "child_blocks", "carousel": "elements"}
_HOLDING = {
    "section": "accessory",
    "input": "element",
    "actions": "elements",
    "context_actions": "elements",
    "card": "actions",
}


def _placed(blocks: object, place: Place) -> Iterator[tuple[dict[str, Any], Place]]:
    """Yield every block that is an object, nested ones too, with its place."""
    for index, block in enumerate(blocks if isinstance(blocks, list) else []):
        if isinstance(block, dict):
            yield block, place / index
            within = _WITHIN.get(str(block.get("type")))
            if within:
                yield from _placed(block.get(within), place / index / within)


def _elements(block: dict[str, Any], place: Place) -> Iterator[tuple[dict[str, Any], Place]]:
    key = _HOLDING.get(str(block.get("type")))
    held = block.get(key) if key else None
    if isinstance(held, dict):
        yield held, place / key
    for index, element in enumerate(held if isinstance(held, list) else []):
        if isinstance(element, dict):
            yield element, place / key / index
