"""The blocks: what each needs, what it may have, and on which surfaces it stands.

https://docs.slack.dev/reference/block-kit/blocks
"""

from collections.abc import Iterator
from typing import Any

from sandbox.block_kit.elements import ELEMENTS, IN_ACTIONS, IN_INPUT, IN_SECTION
from sandbox.block_kit.objects import (
    ALT,
    ID,
    IMAGE,
    IMAGE_ELEMENT,
    RICH_TEXT_BLOCK,
    image_source,
    plain,
    words,
)
from sandbox.block_kit.rules import (
    MESSAGES,
    Place,
    Rule,
    Shape,
    anything,
    either,
    flag,
    kind,
    many,
    number,
    one_of,
    text,
)

_ID: dict[str, Rule] = {"block_id": ID}
_IMAGE = kind({"image": IMAGE_ELEMENT})
_RICH = kind({"rich_text": RICH_TEXT_BLOCK})
_URL = text(3000)

# -- tables, tasks and charts ----------------------------------------------------------------------

_CELL = kind(
    {
        "raw_text": Shape({"text": text(None, 1)}),
        "raw_number": Shape({"value": number(whole=False)}, {"text": text(None, 1)}),
        "rich_text": RICH_TEXT_BLOCK,
    }
)
_COLUMN = Shape(may={"align": one_of("left", "center", "right"), "is_wrapped": flag})


def _column_or_null(value: object, place: Place) -> Iterator[str]:
    if value is not None:
        yield from _COLUMN(value, place)


_TASK: dict[str, Rule] = {"task_id": text(None, 1), "title": text(None, 1)}
_TASK_STATUS: dict[str, Rule] = {"status": one_of("pending", "in_progress", "complete", "error")}
_TASK_MORE: dict[str, Rule] = {
    "details": _RICH,
    "output": _RICH,
    "sources": many(kind({"url": Shape({"url": _URL, "text": text()})})),
}

# Believed: at most 6 segments or series, from a copy of the reference; others report 12.
_POINT = Shape({"label": text(20, 1), "value": number(whole=False)})
_SLICE = Shape({"label": text(20, 1), "value": number(0, whole=False)})
_SERIES = Shape({"name": text(20, 1), "data": many(_POINT, 1, 20)})
_AXES = Shape({"categories": many(text(20, 1), 1, 20)}, {"x_label": text(50), "y_label": text(50)})


def _points_have_categories(value: dict[str, Any], place: Place) -> Iterator[str]:
    """Check that each point is at a category of the axis (Believed wording)."""
    axes, series = value.get("axis_config"), value.get("series")
    if not (isinstance(axes, dict) and isinstance(series, list)):
        return
    categories = axes.get("categories")
    for at, one in enumerate(series):
        data = one.get("data") if isinstance(one, dict) else None
        for index, point in enumerate(data if isinstance(data, list) else []):
            label = point.get("label") if isinstance(point, dict) else None
            if isinstance(categories, list) and label not in categories:
                there = place / "series" / at / "data" / index / "label"
                yield there.says("must match one of the categories")


_PLOT = Shape(
    {"series": many(_SERIES, 1, 6), "axis_config": _AXES}, also=(_points_have_categories,)
)
_CHART = kind(
    {
        "line": _PLOT,
        "bar": _PLOT,
        "area": _PLOT,
        "pie": Shape({"segments": many(_SLICE, 1, 6)}),
    }
)


def _collapses_or_divides(value: dict[str, Any], place: Place) -> Iterator[str]:
    if value.get("is_collapsible") is True and value.get("has_header_divider") is True:
        yield (place / "has_header_divider").says("must not be set when `is_collapsible` is true")


# -- blocks ----------------------------------------------------------------------------------------

BLOCKS: dict[str, Shape] = {
    "section": Shape(
        may={
            "text": words(3000),
            "fields": many(words(2000), 1, 10),
            "accessory": kind(ELEMENTS, IN_SECTION),
            "expand": flag,
        }
        | _ID,
        also=(either("text", "fields", at="type"),),
    ),
    "header": Shape({"text": plain(150)}, _ID),
    "divider": Shape(may=_ID),
    "context": Shape(
        {
            "elements": many(
                kind(
                    {
                        "image": IMAGE_ELEMENT,
                        "plain_text": Shape({"text": text(3000, 1)}, {"emoji": flag}),
                        "mrkdwn": Shape({"text": text(3000, 1)}, {"verbatim": flag}),
                    }
                ),
                1,
                10,
            )
        },
        _ID,
    ),
    "actions": Shape({"elements": many(kind(ELEMENTS, IN_ACTIONS), 1, 25)}, _ID),
    "context_actions": Shape(
        {"elements": many(kind(ELEMENTS, {"feedback_buttons", "icon_button"}), 1, 5)},
        _ID,
        on=MESSAGES,
    ),
    # Messages, modals and home tabs, by the reference of the plain-text input; once only views.
    "input": Shape(
        {"label": plain(2000), "element": kind(ELEMENTS, IN_INPUT)},
        {"hint": plain(2000), "optional": flag, "dispatch_action": flag} | _ID,
    ),
    "image": Shape(ALT, {"title": plain(2000)} | IMAGE | _ID, also=(image_source,)),
    "rich_text": RICH_TEXT_BLOCK,
    "markdown": Shape({"text": text(12_000, 1)}, _ID, on=MESSAGES),
    "video": Shape(
        {"title": plain(199), "video_url": text(), "thumbnail_url": text(), "alt_text": text()},
        {
            "title_url": text(),
            "description": plain(3000),
            "author_name": text(49),
            "provider_name": text(),
            "provider_icon_url": text(),
        }
        | _ID,
    ),
    # Slack puts it into messages with remote files; an app cannot place it in a view.
    "file": Shape({"external_id": text(None, 1), "source": one_of("remote")}, _ID, on=MESSAGES),
    "call": Shape(
        {"call_id": text(None, 1)},
        {"api_decoration_available": flag, "call": anything} | _ID,
        on=MESSAGES,
    ),
    "table": Shape(
        {"rows": many(many(_CELL, 0, 20), 1, 100)},
        {"column_settings": many(_column_or_null, 0, 20)} | _ID,
        on=MESSAGES,
    ),
    "data_table": Shape(
        {"rows": many(many(_CELL, 0, 20), 2, 101), "caption": text(None, 1)},
        {
            "page_size": number(1, 100, whole=True),
            "row_header_column_index": number(0, whole=True),
        }
        | _ID,
        on=MESSAGES,
    ),
    "data_visualization": Shape({"title": text(50, 1), "chart": _CHART}, _ID, on=MESSAGES),
    "task_card": Shape(_TASK | _TASK_STATUS, _TASK_MORE | _ID, on=MESSAGES),
    # Believed: a task within a plan may leave out its type, as in the reference's example.
    "plan": Shape(
        {"title": text(None, 1)},
        {
            "tasks": many(
                Shape(_TASK, {"type": one_of("task_card")} | _TASK_STATUS | _TASK_MORE | _ID), 0, 50
            )
        }
        | _ID,
        on=MESSAGES,
    ),
    "alert": Shape(
        {"text": words(3000)},
        {"level": one_of("default", "info", "warning", "error", "success")} | _ID,
    ),
    "card": Shape(
        may=_ID
        | {
            "hero_image": _IMAGE,
            "icon": _IMAGE,
            # Its key is seen in Slack's answers: a name is required, and no image_url is taken.
            "slack_icon": Shape({"name": text(None, 1)}, {"type": text()}),
            "title": words(150),
            "subtitle": words(150),
            "body": words(200),
            "actions": many(kind(ELEMENTS, {"button"}), 1, 25),
        },
        also=(either("hero_image", "title", "actions", "body"),),
    ),
}
BLOCKS["carousel"] = Shape({"elements": many(kind(BLOCKS, {"card"}), 1, 10)}, _ID)
# The children are those of the reference; the live check is said to differ a little.
_CHILDREN = frozenset(
    [
        "actions",
        "context",
        "divider",
        "file",
        "header",
        "image",
        "input",
        "rich_text",
        "section",
        "table",
        "video",
    ]
)
BLOCKS["container"] = Shape(
    {"child_blocks": many(kind(BLOCKS, _CHILDREN), 1, 10)},
    {
        "title": plain(150),
        "rich_text_title": _RICH,
        "subtitle": words(150),
        "width": one_of("narrow", "standard", "wide", "full"),
        "icon": _IMAGE,
        "is_collapsible": flag,
        "default_collapsed": flag,
        "has_header_divider": flag,
    }
    | _ID,
    also=(either("title", "rich_text_title"), _collapses_or_divides),
)

# -- views -----------------------------------------------------------------------------------------

_VIEW: dict[str, Rule] = {
    "private_metadata": text(3000),
    "callback_id": text(255),
    "external_id": text(255),
}
_VIEW_BLOCKS: dict[str, Rule] = {"blocks": many(kind(BLOCKS), 0, 100)}
VIEWS: dict[str, Shape] = {
    "modal": Shape(
        {"title": plain(24)} | _VIEW_BLOCKS,
        {
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": flag,
            "notify_on_close": flag,
            "submit_disabled": flag,
        }
        | _VIEW,
    ),
    # Believed: a modal's keys are refused here; the reference does not list them for home tabs.
    "home": Shape(_VIEW_BLOCKS, _VIEW),
}
MESSAGE_BLOCKS = many(kind(BLOCKS), 0, 50)
