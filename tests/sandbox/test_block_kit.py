"""Each block and element: a good example on every surface where it stands, and what is refused."""

import copy
from typing import Any, get_args

import pytest

from sandbox.block_kit import Surface, problems_of_blocks, problems_of_view
from sandbox.block_kit.blocks import BLOCKS
from sandbox.block_kit.elements import ELEMENTS, IN_ACTIONS, IN_INPUT, IN_SECTION
from sandbox.block_kit.rules import UNKNOWN_KEY

Json = dict[str, Any]
SURFACES: tuple[Surface, ...] = get_args(Surface)


def plain(text: str = "Text") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "*Text*") -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: str = "a") -> Json:
    return {"text": plain(value.upper()), "value": value}


def rich(*inline: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [*inline]}]}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("A form"), "blocks": [*blocks]} | more


CONFIRM = {"title": plain(), "text": plain(), "confirm": plain("Yes"), "deny": plain("No")}
OPTIONS = [option("a"), option("b")]
IMAGE = {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A hill"}
FEEDBACK = {"text": plain(), "value": "v"}
TRIGGER = {"url": "https://slack.com/shortcuts/1", "customizable_input_parameters": []}

# What each element has beside its type, with every key that it may have where that is one line.
GOOD_ELEMENTS: dict[str, Json] = {
    "image": {k: v for k, v in IMAGE.items() if k != "type"},
    "button": {"text": plain(), "value": "v", "style": "primary", "confirm": CONFIRM},
    "workflow_button": {"text": plain(), "workflow": {"trigger": TRIGGER}},
    "overflow": {"options": [option() | {"url": "https://example.org"}]},
    "checkboxes": {
        "options": [*OPTIONS, {"text": mrkdwn(), "value": "c"}],
        "initial_options": OPTIONS[:1],
    },
    "radio_buttons": {"options": OPTIONS, "initial_option": OPTIONS[1]},
    "datepicker": {"initial_date": "2026-02-28", "placeholder": plain()},
    "timepicker": {"initial_time": "23:59", "timezone": "Europe/Oslo"},
    "datetimepicker": {"initial_date_time": 1_628_633_820},
    "static_select": {"option_groups": [{"label": plain(), "options": OPTIONS}]},
    "external_select": {"min_query_length": 0, "initial_option": option()},
    "users_select": {"initial_user": "U1", "focus_on_load": True},
    "channels_select": {"initial_channel": "C1", "response_url_enabled": True},
    "conversations_select": {
        "filter": {"include": ["im"]},
        "default_to_current_conversation": True,
    },
    "multi_static_select": {
        "options": OPTIONS,
        "initial_options": OPTIONS,
        "max_selected_items": 2,
    },
    "multi_external_select": {"initial_options": OPTIONS},
    "multi_users_select": {"initial_users": ["U1"]},
    "multi_channels_select": {"initial_channels": ["C1"]},
    "multi_conversations_select": {"initial_conversations": ["C1"], "max_selected_items": 1},
    "plain_text_input": {"multiline": True, "min_length": 1, "max_length": 9, "initial_value": "x"},
    "email_text_input": {"dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]}},
    "url_text_input": {"initial_value": "https://example.org"},
    "number_input": {"is_decimal_allowed": False, "initial_value": "3", "max_value": "10"},
    "file_input": {"filetypes": ["png"], "max_files": 10},
    "rich_text_input": {"initial_value": rich({"type": "text", "text": "Hi"}), "max_lines": 9},
    "feedback_buttons": {"positive_button": FEEDBACK, "negative_button": FEEDBACK},
    "icon_button": {"icon": "trash", "text": plain(), "visible_to_user_ids": ["U1"]},
}

INLINE = [
    {"type": "text", "text": "Hi ", "style": {"bold": True}},
    {"type": "link", "url": "https://example.org", "text": "here"},
    {"type": "emoji", "name": "wave", "skin_tone": 3},
    {"type": "user", "user_id": "U123"},
    {"type": "channel", "channel_id": "C1"},
    {"type": "usergroup", "usergroup_id": "S1"},
    {"type": "team", "team_id": "T1"},
    {"type": "broadcast", "range": "here"},
    {"type": "date", "timestamp": 1_720_710_212, "format": "{date}", "fallback": "July"},
    {"type": "color", "value": "#F405B3"},
]
SECTION_OF_RICH = {"type": "rich_text_section", "elements": INLINE}
CARD = {"title": mrkdwn(), "actions": [{"type": "button", "text": plain()}], "icon": IMAGE}
POINTS = [{"label": "Mon", "value": 1.5}, {"label": "Tue", "value": -2}]
PLOT = {
    "type": "line",
    "series": [{"name": "Mood", "data": POINTS}],
    "axis_config": {"categories": ["Mon", "Tue"], "x_label": "Day"},
}
PIE = {"type": "pie", "segments": [{"label": "Yes", "value": 3}]}
TASK = {"task_id": "1", "title": "Read", "status": "pending", "details": rich()}

GOOD_BLOCKS: dict[str, list[Json]] = {
    "section": [{"text": mrkdwn("x" * 3000)}, {"fields": [plain("x" * 2000)] * 10, "expand": True}],
    "header": [{"text": plain("x" * 150) | {"emoji": True}}],
    "divider": [{}, {"block_id": "d"}],
    "context": [{"elements": [mrkdwn() | {"verbatim": True}, plain(), IMAGE]}],
    "actions": [{"elements": [{"type": "button", "text": plain()}] * 25}],
    "context_actions": [
        {"elements": [{"type": "icon_button"} | GOOD_ELEMENTS["icon_button"]]},
        {"elements": [{"type": "feedback_buttons"} | GOOD_ELEMENTS["feedback_buttons"]]},
    ],
    "input": [{"label": plain(), "element": {"type": "plain_text_input"}, "optional": True}],
    "image": [
        GOOD_ELEMENTS["image"] | {"title": plain()},
        {"slack_file": {"id": "F1"}, "alt_text": "A"},
    ],
    "rich_text": [
        {"elements": [SECTION_OF_RICH, {"type": "rich_text_quote", "elements": INLINE}]},
        {"elements": [{"type": "rich_text_preformatted", "elements": INLINE[:2], "border": 1}]},
        {
            "elements": [
                {"type": "rich_text_list", "style": "ordered", "elements": [SECTION_OF_RICH]}
                | {"indent": 8, "offset": 2}
            ]
        },
    ],
    "markdown": [{"text": "x" * 12_000}],
    "video": [
        {"title": plain("x" * 199), "alt_text": "A", "author_name": "x" * 49}
        | {"video_url": "https://example.org/v", "thumbnail_url": "https://example.org/t"}
    ],
    "file": [{"external_id": "F1", "source": "remote"}],
    "call": [{"call_id": "R1", "call": {"v1": {}}}],
    "table": [
        {
            "rows": [
                [{"type": "raw_text", "text": "A"}, {"type": "raw_number", "value": 1}, rich()]
            ],
            "column_settings": [None, {"align": "right", "is_wrapped": True}],
        }
    ],
    "data_table": [{"caption": "C", "rows": [[{"type": "raw_text", "text": "A"}]] * 2}],
    "data_visualization": [{"title": "Mood", "chart": PLOT}, {"title": "Votes", "chart": PIE}],
    "task_card": [TASK | {"sources": [{"type": "url", "url": "https://e.org", "text": "E"}]}],
    "plan": [{"title": "Plan", "tasks": [TASK, TASK | {"type": "task_card"}]}],
    "alert": [{"text": mrkdwn(), "level": "warning"}],
    "card": [CARD],
    "carousel": [{"elements": [{"type": "card"} | CARD] * 10}],
    "container": [{"title": plain(), "child_blocks": [{"type": "divider"}], "width": "wide"}],
}


def standing(element: Json) -> list[Json]:
    """The blocks in which an element of this type may stand, holding it."""
    kind = element["type"]
    return [
        *([{"type": "section", "text": plain(), "accessory": element}] * (kind in IN_SECTION)),
        *([{"type": "actions", "elements": [element]}] * (kind in IN_ACTIONS)),
        *([{"type": "input", "label": plain(), "element": element}] * (kind in IN_INPUT)),
        *(
            [{"type": "context_actions", "elements": [element]}]
            * (kind in {"icon_button", "feedback_buttons"})
        ),
    ]


def test_every_type_has_an_example() -> None:
    assert GOOD_BLOCKS.keys() == BLOCKS.keys()
    assert GOOD_ELEMENTS.keys() == ELEMENTS.keys()


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("kind", GOOD_BLOCKS)
def test_good_blocks_pass_where_they_stand(kind: str, surface: Surface) -> None:
    for rest in GOOD_BLOCKS[kind]:
        problems = problems_of_blocks([{"type": kind} | rest], surface)
        unsupported = [f"unsupported type: {kind} [json-pointer:/blocks/0/type]"]
        assert problems == ([] if surface in BLOCKS[kind].on else unsupported)


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("kind", GOOD_ELEMENTS)
def test_good_elements_pass_where_they_stand(kind: str, surface: Surface) -> None:
    places = standing({"type": kind, **GOOD_ELEMENTS[kind]})
    assert places
    for block in places:
        problems = problems_of_blocks([block], surface)
        if surface in ELEMENTS[kind].on:
            assert problems == []
        else:
            assert [p.split(" [")[0] for p in problems] in (
                [f"unsupported type: {kind}"],
                ["unsupported type: context_actions"],
            )


@pytest.mark.parametrize("kind", GOOD_BLOCKS)
def test_a_key_too_many_is_refused_in_every_block(kind: str) -> None:
    (surface, *_) = (each for each in SURFACES if each in BLOCKS[kind].on)
    block = {"type": kind, **GOOD_BLOCKS[kind][0], "colour": "red"}
    assert problems_of_blocks([block], surface) == [
        f"{UNKNOWN_KEY} [json-pointer:/blocks/0/colour]"
    ]


@pytest.mark.parametrize("kind", GOOD_ELEMENTS)
def test_a_key_too_many_is_refused_in_every_element(kind: str) -> None:
    (surface, *_) = (each for each in SURFACES if each in ELEMENTS[kind].on)
    for block in standing({"type": kind, **GOOD_ELEMENTS[kind], "colour": "red"}):
        (problem,) = problems_of_blocks([block], surface)
        assert problem.startswith(UNKNOWN_KEY)
        assert problem.endswith("/colour]")


@pytest.mark.parametrize("kind", [kind for kind in BLOCKS if BLOCKS[kind].needs])
def test_what_a_block_needs_is_missed(kind: str) -> None:
    (surface, *_) = (each for each in SURFACES if each in BLOCKS[kind].on)
    for key in BLOCKS[kind].needs:
        block = {"type": kind} | {k: v for k, v in GOOD_BLOCKS[kind][0].items() if k != key}
        assert f"missing required field: {key} [json-pointer:/blocks/0]" in problems_of_blocks(
            [block], surface
        )


def section(**more: Any) -> Json:
    return {"type": "section", "text": plain()} | more


def actions(kind: str, **more: Any) -> Json:
    return {"type": "actions", "elements": [{"type": kind, **GOOD_ELEMENTS[kind], **more}]}


def asks(kind: str, **more: Any) -> Json:
    return {"type": "input", "label": plain(), "element": {"type": kind, **more}}


E = "elements/0"
LONG = "must be less than"
# block, the sentence it earns in a modal, and where under the block.
BAD: list[tuple[Any, str, str]] = [
    ("text", "must provide an object", ""),
    ({}, "missing required field: type", ""),
    ({"type": "foo"}, "unsupported type: foo", "type"),
    ({"type": ["section"]}, "unsupported type: ['section']", "type"),
    ({"type": "section"}, "must define either `text` or `fields`", "type"),
    (section(text=None), "must provide an object", "text"),
    (section(text=mrkdwn("")), "must be more than 0 characters", "text/text"),
    (section(text=mrkdwn("x" * 3001)), f"{LONG} 3001 characters", "text/text"),
    (section(text=mrkdwn() | {"emoji": True}), UNKNOWN_KEY, "text/emoji"),
    (section(text=plain() | {"verbatim": True}), UNKNOWN_KEY, "text/verbatim"),
    (section(text=plain() | {"emoji": "yes"}), "must provide a boolean", "text/emoji"),
    (section(text={"type": "markdown", "text": "x"}), "unsupported type: markdown", "text/type"),
    (section(fields=[plain()] * 11), "no more than 10 items allowed", "fields"),
    (section(fields=[]), "no fewer than 1 items allowed", "fields"),
    (section(fields=[plain("x" * 2001)]), f"{LONG} 2001 characters", "fields/0/text"),
    (section(accessory=asks("x")["element"]), "unsupported type: x", "accessory/type"),
    (section(block_id="x" * 256), f"{LONG} 256 characters", "block_id"),
    ({"type": "header", "text": mrkdwn()}, "unsupported type: mrkdwn", "text/type"),
    ({"type": "header", "text": plain("x" * 151)}, f"{LONG} 151 characters", "text/text"),
    ({"type": "context", "elements": []}, "no fewer than 1 items allowed", "elements"),
    ({"type": "context", "elements": [plain()] * 11}, "no more than 10 items allowed", "elements"),
    ({"type": "actions", "elements": {}}, "must provide an array", "elements"),
    (actions("button", text=mrkdwn()), "unsupported type: mrkdwn", f"{E}/text/type"),
    (actions("button", text=plain("x" * 76)), f"{LONG} 76 characters", f"{E}/text/text"),
    (actions("button", value="x" * 2001), f"{LONG} 2001 characters", f"{E}/value"),
    (actions("button", value=7), "must provide a string", f"{E}/value"),
    (actions("button", url="x" * 3001), f"{LONG} 3001 characters", f"{E}/url"),
    (actions("button", style="default"), "must be a valid enum value", f"{E}/style"),
    (actions("button", confirm={}), "missing required field: title", f"{E}/confirm"),
    (
        actions("button", confirm=CONFIRM | {"deny": plain("x" * 31)}),
        f"{LONG} 31 characters",
        f"{E}/confirm/deny/text",
    ),
    (actions("overflow", options=OPTIONS * 3), "no more than 5 items allowed", f"{E}/options"),
    (
        actions("checkboxes", options=[option()] * 11),
        "no more than 10 items allowed",
        f"{E}/options",
    ),
    (
        actions("radio_buttons", initial_option=None),
        "must provide an object",
        f"{E}/initial_option",
    ),
    (
        actions("radio_buttons", initial_option=option("z")),
        "must match one of the options",
        f"{E}/initial_option",
    ),
    (
        actions("multi_static_select", initial_options=[option("z")]),
        "must match one of the options",
        f"{E}/initial_options/0",
    ),
    (
        actions("multi_static_select", max_selected_items=1),
        "no more than 1 items allowed",
        f"{E}/initial_options",
    ),
    (
        actions("multi_users_select", max_selected_items=0),
        "must be at least 1",
        f"{E}/max_selected_items",
    ),
    (
        actions("datepicker", initial_date="2026-02-30"),
        "must be a date as YYYY-MM-DD",
        f"{E}/initial_date",
    ),
    (
        actions("datepicker", initial_date="20260228"),
        "must be a date as YYYY-MM-DD",
        f"{E}/initial_date",
    ),
    (actions("timepicker", initial_time="24:00"), "must be a time as HH:MM", f"{E}/initial_time"),
    (
        actions("datetimepicker", initial_date_time=99),
        "must be at least 1000000000",
        f"{E}/initial_date_time",
    ),
    (
        actions("conversations_select", filter={"include": ["dm"]}),
        "must be a valid enum value",
        f"{E}/filter/include/0",
    ),
    (
        actions("external_select", min_query_length="1"),
        "must provide an integer",
        f"{E}/min_query_length",
    ),
    (
        actions("static_select", options=OPTIONS),
        "must define only one of `options` or `option_groups`",
        E,
    ),
    (asks("static_select"), "must define either `options` or `option_groups`", "element"),
    (
        asks("static_select", options=[option("x" * 151)]),
        f"{LONG} 151 characters",
        "element/options/0/value",
    ),
    (asks("static_select", options=[option() | {"url": ""}]), UNKNOWN_KEY, "element/options/0/url"),
    (
        asks("static_select", options=[option() | {"text": mrkdwn()}]),
        "unsupported type: mrkdwn",
        "element/options/0/text/type",
    ),
    (
        asks("static_select", options=[option() | {"description": plain("x" * 76)}]),
        f"{LONG} 76 characters",
        "element/options/0/description/text",
    ),
    (
        asks("static_select", options=[option(str(n)) for n in range(101)]),
        "no more than 100 items allowed",
        "element/options",
    ),
    (
        asks("users_select", placeholder=plain("x" * 151)),
        f"{LONG} 151 characters",
        "element/placeholder/text",
    ),
    (asks("button", text=plain()), "unsupported type: button", "element/type"),
    (asks("plain_text_input", max_length=3001), "must be at most 3000", "element/max_length"),
    (asks("plain_text_input", max_length=True), "must provide an integer", "element/max_length"),
    (
        asks("plain_text_input", min_length=3, max_length=2),
        "must be no more than `max_length`",
        "element/min_length",
    ),
    (
        asks("plain_text_input", max_length=2, initial_value="abc"),
        f"{LONG} 3 characters",
        "element/initial_value",
    ),
    (
        asks("plain_text_input", min_length=2, initial_value="a"),
        "must be more than 1 characters",
        "element/initial_value",
    ),
    (asks("number_input"), "missing required field: is_decimal_allowed", "element"),
    (
        asks("number_input", is_decimal_allowed=True, initial_value=3),
        "must be a number",
        "element/initial_value",
    ),
    (
        asks("number_input", is_decimal_allowed=False, initial_value="1.5"),
        "must be a whole number",
        "element/initial_value",
    ),
    (
        asks("number_input", is_decimal_allowed=True, initial_value="9", max_value="8"),
        "must be between `min_value` and `max_value`",
        "element/initial_value",
    ),
    (asks("file_input", max_files=11), "must be at most 10", "element/max_files"),
    (
        asks("plain_text_input") | {"label": plain("x" * 2001)},
        f"{LONG} 2001 characters",
        "label/text",
    ),
    (
        asks("plain_text_input") | {"hint": plain("x" * 2001)},
        f"{LONG} 2001 characters",
        "hint/text",
    ),
    ({"type": "image", "alt_text": "A"}, "missing required field: image_url", ""),
    (IMAGE | {"alt_text": "x" * 2001}, f"{LONG} 2001 characters", "alt_text"),
    (
        IMAGE | {"slack_file": {"id": "F"}},
        "must define only one of `image_url` or `slack_file`",
        "",
    ),
    (rich({"type": "mention"}), "unsupported type: mention", f"{E}/{E}/type"),
    (
        rich({"type": "text", "text": "x", "style": {"blink": True}}),
        UNKNOWN_KEY,
        f"{E}/{E}/style/blink",
    ),
    ({"type": "alert", "text": plain(), "level": "loud"}, "must be a valid enum value", "level"),
    (
        {"type": "card", "subtitle": plain()},
        "must define either `hero_image` or `title` or `actions` or `body`",
        "",
    ),
    (
        {"type": "container", "title": plain(), "child_blocks": [{"type": "card"}]},
        "unsupported type: card",
        "child_blocks/0/type",
    ),
    (
        {"type": "container", "title": plain(), "child_blocks": [{"type": "divider"}]}
        | {"is_collapsible": True, "has_header_divider": True},
        "must not be set when `is_collapsible` is true",
        "has_header_divider",
    ),
]


@pytest.mark.parametrize(("block", "words", "under"), BAD)
def test_bad_blocks_are_refused_in_words_and_at_the_place(
    block: object, words: str, under: str
) -> None:
    blocks = [{"type": "divider"}, block]
    pointer = f"[json-pointer:/blocks/1/{under}".rstrip("/") + "]"
    assert f"{words} {pointer}" in problems_of_blocks(blocks, "modal")


# Block, sentence, place: these stand in messages only.
BAD_IN_MESSAGES: list[tuple[Json, str, str]] = [
    ({"type": "markdown", "text": "x" * 12_001}, f"{LONG} 12001 characters", "text"),
    ({"type": "table", "rows": [[]] * 101}, "no more than 100 items allowed", "rows"),
    (
        {"type": "file", "external_id": "F", "source": "local"},
        "must be a valid enum value",
        "source",
    ),
    (
        asks("number_input", is_decimal_allowed=True),
        "unsupported type: number_input",
        "element/type",
    ),
    (
        {"type": "data_visualization", "title": "x" * 51, "chart": PIE},
        f"{LONG} 51 characters",
        "title",
    ),
    (
        {"type": "data_visualization", "title": "x", "chart": {"type": "donut"}},
        "unsupported type: donut",
        "chart/type",
    ),
    (
        {"type": "data_visualization", "title": "x"}
        | {"chart": PLOT | {"axis_config": {"categories": ["Mon"]}}},
        "must match one of the categories",
        "chart/series/0/data/1/label",
    ),
]


@pytest.mark.parametrize(("block", "words", "under"), BAD_IN_MESSAGES)
def test_bad_blocks_are_refused_in_messages(block: Json, words: str, under: str) -> None:
    assert f"{words} [json-pointer:/blocks/0/{under}]" in problems_of_blocks([block], "message")


def test_what_is_no_array_of_blocks_is_refused() -> None:
    assert problems_of_blocks(None, "message") == ["must provide an array [json-pointer:/blocks]"]


@pytest.mark.parametrize(("surface", "most"), [("message", 50), ("modal", 100), ("home", 100)])
def test_how_many_blocks_a_surface_takes(surface: Surface, most: int) -> None:
    divider = {"type": "divider"}
    assert problems_of_blocks([divider] * most, surface) == []
    too_many = [f"no more than {most} items allowed [json-pointer:/blocks]"]
    assert problems_of_blocks([divider] * (most + 1), surface) == too_many


def test_ids_repeat_nowhere_they_must_not() -> None:
    child = {"type": "divider", "block_id": "a"}
    container = {"type": "container", "title": plain(), "child_blocks": [child]}
    assert problems_of_blocks([child, container], "modal") == [
        "`block_id` already exists: a [json-pointer:/blocks/1/child_blocks/0/block_id]"
    ]
    button = {"type": "button", "text": plain(), "action_id": "go"}
    one, two = (
        {"type": "actions", "elements": [button]},
        {"type": "actions", "elements": [button] * 2},
    )
    assert problems_of_blocks([one, one], "message") == []
    assert problems_of_blocks([one, two], "message") == [
        "`action_id` already exists: go [json-pointer:/blocks/1/elements/1/action_id]"
    ]


def test_a_message_takes_two_charts() -> None:
    chart = {"type": "data_visualization", "title": "T", "chart": PIE}
    assert problems_of_blocks([chart] * 2, "message") == []
    assert len(problems_of_blocks([chart] * 3, "message")) == 1


INPUT = asks("plain_text_input")
GOOD_VIEWS = [
    modal(),
    modal(INPUT, submit=plain("Send"), close=plain("Leave"), notify_on_close=True),
    modal(INPUT, submit=plain("x" * 24), private_metadata="x" * 3000, callback_id="x" * 255),
    {"type": "home", "blocks": [INPUT], "external_id": "h"},
]
BAD_VIEWS: list[tuple[object, str]] = [
    (None, "must provide an object [json-pointer:/view]"),
    ({"blocks": []}, "missing required field: type [json-pointer:/view]"),
    ({"type": "modal", "blocks": []}, "missing required field: title [json-pointer:/view]"),
    ({"type": "popup"}, "unsupported type: popup [json-pointer:/view/type]"),
    (modal(title=plain("x" * 25)), f"{LONG} 25 characters [json-pointer:/view/title/text]"),
    (modal(title=mrkdwn()), "unsupported type: mrkdwn [json-pointer:/view/title/type]"),
    (modal(submit=plain("x" * 25)), f"{LONG} 25 characters [json-pointer:/view/submit/text]"),
    (modal(close=plain("x" * 25)), f"{LONG} 25 characters [json-pointer:/view/close/text]"),
    (
        modal(private_metadata="x" * 3001),
        f"{LONG} 3001 characters [json-pointer:/view/private_metadata]",
    ),
    (modal(callback_id="x" * 256), f"{LONG} 256 characters [json-pointer:/view/callback_id]"),
    (modal(hash="1"), f"{UNKNOWN_KEY} [json-pointer:/view/hash]"),
    (modal() | {"type": "home"}, f"{UNKNOWN_KEY} [json-pointer:/view/title]"),
    (
        modal(*[{"type": "divider"}] * 101),
        "no more than 100 items allowed [json-pointer:/view/blocks]",
    ),
    (
        modal(*[section()] * 2, INPUT),
        "must define `submit` to use an `input` block in modals"
        " [json-pointer:/view/blocks/2/input]",
    ),
    (
        modal({"type": "data_visualization", "title": "T", "chart": PIE}),
        "unsupported type: data_visualization [json-pointer:/view/blocks/0/type]",
    ),
    (
        modal(*[asks("plain_text_input", focus_on_load=True)] * 2, submit=plain()),
        "only one element may have `focus_on_load`"
        " [json-pointer:/view/blocks/1/element/focus_on_load]",
    ),
    (
        modal(*[section(text=plain("é" * 3000))] * 60),
        "view_too_large: no more than 250 KB allowed [json-pointer:/view]",
    ),
]


@pytest.mark.parametrize("view", GOOD_VIEWS)
def test_good_views_pass(view: Json) -> None:
    before = copy.deepcopy(view)
    assert problems_of_view(view) == []
    assert view == before


@pytest.mark.parametrize(("view", "problem"), BAD_VIEWS)
def test_bad_views_are_refused(view: object, problem: str) -> None:
    assert problem in problems_of_view(view)


def test_a_key_is_escaped_in_the_pointer() -> None:
    assert problems_of_view(modal(**{"a/b~c": 1})) == [
        f"{UNKNOWN_KEY} [json-pointer:/view/a~1b~0c]"
    ]
