"""Blocks as a person meets them: their ids, what can be pressed or changed, and what they say."""

import html
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from sandbox.block_kit.relations import options_of

Block = dict[str, Any]


def every_block(blocks: list[Block]) -> Iterator[Block]:
    """Yield the blocks and those within (cards of a carousel, a container's children), in order."""
    for block in blocks:
        yield block
        if block.get("type") == "container":
            yield from every_block(block.get("child_blocks", []))
        elif block.get("type") == "carousel":
            yield from every_block(block.get("elements", []))


def interactive_elements(blocks: list[Block]) -> list[tuple[Block, Block]]:
    """Return (block, element) of everything a person can press or change, in reading order."""
    return [
        (block, element)
        for block in every_block(blocks)
        for element in _elements_of(block)
        if element.get("type") != "image"
    ]


def _elements_of(block: Block) -> list[Block]:
    match block.get("type"):
        case "section":
            return [block["accessory"]] if block.get("accessory") else []
        case "input":
            return [block["element"]]
        case "actions" | "context_actions":
            return list(block.get("elements", []))
        case "card":
            return list(block.get("actions", []))
        case _:
            return []


def with_generated_ids(blocks: list[Block], new_id: Callable[[], str]) -> list[Block]:
    """Return a deep copy with a block_id on every block, an action_id on every interactive element.

    Ids that are there stay; an empty one counts as missing. `new_id` is called once for each that
    is missing, and must not repeat itself.
    """
    # Through JSON, as Slack gets them: a deep copy would keep one object in two places shared.
    copied: list[Block] = json.loads(json.dumps(blocks))
    for block in every_block(copied):
        block["block_id"] = block.get("block_id") or new_id()
    for _, element in interactive_elements(copied):
        element["action_id"] = element.get("action_id") or new_id()
    return copied


def plain_text(blocks: list[Block]) -> str:
    """Return what the blocks say, line by line: buttons as [Label], images as their alt text.

    Mentions are read as @U123 and #C123, links as their text, in rich text and in mrkdwn alike.
    """
    return "\n".join(line for line in map(_say_block, blocks) if line)


def _say_block(block: Block) -> str:
    match block.get("type"):
        case "rich_text":
            return "\n".join(_say_rich(part) for part in block.get("elements", []))
        case "context" | "actions" | "context_actions":
            return " ".join(filter(None, map(_say_element, block.get("elements", []))))
        case "carousel":
            return plain_text(block.get("elements", []))
        case "table" | "data_table":
            rows = [" | ".join(map(_say_cell, row)) for row in block.get("rows", [])]
            return _lines(block.get("caption"), *rows)
        case "data_visualization":
            return _lines(block.get("title"), *_say_chart(block.get("chart", {})))
        case _:
            return _say_fields(block)


# What a block says under its keys, in reading order; `author_name` and the like are left out.
_SPOKEN = ("rich_text_title", "title", "subtitle", "label", "text", "body", "fields", "hero_image")
_SPOKEN_AFTER = ("alt_text", "details", "output", "tasks", "child_blocks", "accessory", "element")
_SPOKEN_LAST = ("actions", "hint")


def _say_fields(block: Block) -> str:
    keys = [key for key in _SPOKEN + _SPOKEN_AFTER + _SPOKEN_LAST if block.get(key)]
    if "rich_text_title" in keys and "title" in keys:
        keys.remove("title")
    return _lines(*(_say_any(key, block[key]) for key in keys))


def _say_any(key: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    if key == "child_blocks":
        return plain_text(value)
    if key == "actions":
        return " ".join(map(_say_element, value))
    if isinstance(value, list):
        return _lines(
            *(_say_fields(item) if key == "tasks" else _say_element(item) for item in value)
        )
    return _say_block(value) if value.get("type") == "rich_text" else _say_element(value)


def _say_element(element: Block) -> str:
    match element.get("type"):
        case "plain_text":
            return str(element.get("text", ""))
        case "mrkdwn":
            return _without_markup(str(element.get("text", "")))
        case "image":
            return str(element.get("alt_text", ""))
        case "feedback_buttons":
            return f"{_button(element['positive_button'])} {_button(element['negative_button'])}"
        case "button" | "workflow_button" | "icon_button":
            return _button(element)
        case "overflow" | "radio_buttons" | "checkboxes":
            return " ".join(map(_button, options_of(element)))
        case _:
            hint = element.get("placeholder")
            return f"[{_say_element(hint)}]" if hint else ""


def _button(pressed: Block) -> str:
    return f"[{_say_element(pressed['text'])}]"


_LINK = re.compile(r"<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>")


def _without_markup(mrkdwn: str) -> str:
    """Read the parts of mrkdwn in angle brackets aloud; stars and underscores stay."""

    def read(link: re.Match[str]) -> str:
        sign, target, label = link.groups()
        if sign == "!":
            return label or f"@{target.removeprefix('subteam^')}"
        return f"{sign}{target}" if sign else label or target

    return html.unescape(_LINK.sub(read, mrkdwn))


def _say_rich(part: Block) -> str:
    inside = part.get("elements", [])
    if part.get("type") == "rich_text_list":
        first = part.get("offset", 0) + 1
        ordered = part.get("style") == "ordered"
        marks = [f"{first + at}." if ordered else "•" for at in range(len(inside))]
        return "\n".join(
            f"{mark} {_say_rich(item)}" for mark, item in zip(marks, inside, strict=True)
        )
    return "".join(map(_say_inline, inside))


def _say_inline(inline: Block) -> str:
    match inline.get("type"):
        case "link":
            return str(inline.get("text") or inline["url"])
        case "emoji":
            return f":{inline['name']}:"
        case "user":
            return f"@{inline['user_id']}"
        case "channel":
            return f"#{inline['channel_id']}"
        case "usergroup":
            return f"@{inline['usergroup_id']}"
        case "team":
            return f"@{inline['team_id']}"
        case "broadcast":
            return f"@{inline['range']}"
        case "date":
            return str(inline.get("fallback") or inline["format"])
        case "color":
            return str(inline["value"])
        case _:
            return str(inline.get("text", ""))


def _say_cell(cell: Block) -> str:
    if cell.get("type") == "rich_text":
        return _say_block(cell)
    return str(cell.get("text", cell.get("value", "")))


def _say_chart(chart: Block) -> Iterator[str]:
    for slice_ in chart.get("segments", []):
        yield f"{slice_['label']}: {slice_['value']}"
    for series in chart.get("series", []):
        points = ", ".join(f"{point['label']} {point['value']}" for point in series["data"])
        yield f"{series['name']}: {points}"


def _lines(*lines: str | None) -> str:
    return "\n".join(line for line in lines if line)
