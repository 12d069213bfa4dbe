"""What a view holds at first, what the client refuses to submit, ids, and the words."""

import itertools
from typing import Any

import pytest

from sandbox.block_kit import (
    initial_state,
    interactive_elements,
    plain_text,
    problems_of_values,
    with_generated_ids,
)
from sandbox.block_kit.elements import IN_INPUT

Json = dict[str, Any]
A = {"text": {"type": "plain_text", "text": "A"}, "value": "a"}
B = {"text": {"type": "plain_text", "text": "B"}, "value": "b"}
RICH = {"type": "rich_text", "elements": []}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def asks(kind: str, *, optional: bool = False, **more: Any) -> Json:
    element = {"type": kind, "action_id": "act"} | more
    return {"type": "input", "block_id": "b", "label": plain("Q")} | {
        "element": element,
        "optional": optional,
    }


def view(*blocks: Json) -> Json:
    return {"type": "modal", "title": plain("T"), "blocks": [*blocks]}


# Element type, what it starts with, and its entry in the state without that and with it.
STATES: list[tuple[str, Json, Json, Json]] = [
    ("plain_text_input", {"initial_value": "x"}, {"value": None}, {"value": "x"}),
    ("email_text_input", {"initial_value": "a@b.c"}, {"value": None}, {"value": "a@b.c"}),
    ("url_text_input", {"initial_value": "https://e"}, {"value": None}, {"value": "https://e"}),
    ("number_input", {"initial_value": "3"}, {"value": None}, {"value": "3"}),
    (
        "rich_text_input",
        {"initial_value": RICH},
        {"rich_text_value": None},
        {"rich_text_value": RICH},
    ),
    ("file_input", {}, {"files": []}, {"files": []}),
    (
        "datepicker",
        {"initial_date": "2026-01-02"},
        {"selected_date": None},
        {"selected_date": "2026-01-02"},
    ),
    ("timepicker", {"initial_time": "09:00"}, {"selected_time": None}, {"selected_time": "09:00"}),
    (
        "datetimepicker",
        {"initial_date_time": 17},
        {"selected_date_time": None},
        {"selected_date_time": 17},
    ),
    ("radio_buttons", {"initial_option": A}, {"selected_option": None}, {"selected_option": A}),
    ("checkboxes", {"initial_options": [A]}, {"selected_options": []}, {"selected_options": [A]}),
    ("static_select", {"initial_option": A}, {"selected_option": None}, {"selected_option": A}),
    ("external_select", {"initial_option": A}, {"selected_option": None}, {"selected_option": A}),
    ("users_select", {"initial_user": "U"}, {"selected_user": None}, {"selected_user": "U"}),
    (
        "channels_select",
        {"initial_channel": "C"},
        {"selected_channel": None},
        {"selected_channel": "C"},
    ),
    (
        "conversations_select",
        {"initial_conversation": "C"},
        {"selected_conversation": None},
        {"selected_conversation": "C"},
    ),
    (
        "multi_static_select",
        {"initial_options": [A]},
        {"selected_options": []},
        {"selected_options": [A]},
    ),
    (
        "multi_external_select",
        {"initial_options": [A]},
        {"selected_options": []},
        {"selected_options": [A]},
    ),
    (
        "multi_users_select",
        {"initial_users": ["U"]},
        {"selected_users": []},
        {"selected_users": ["U"]},
    ),
    (
        "multi_channels_select",
        {"initial_channels": ["C"]},
        {"selected_channels": []},
        {"selected_channels": ["C"]},
    ),
    (
        "multi_conversations_select",
        {"initial_conversations": ["C"]},
        {"selected_conversations": []},
        {"selected_conversations": ["C"]},
    ),
]


def test_every_input_element_has_a_state() -> None:
    assert {kind for kind, *_ in STATES} == IN_INPUT


@pytest.mark.parametrize(("kind", "first", "empty", "filled"), STATES)
def test_the_state_of_a_fresh_view(kind: str, first: Json, empty: Json, filled: Json) -> None:
    assert initial_state(view(asks(kind))) == {"b": {"act": {"type": kind, **empty}}}
    assert initial_state(view(asks(kind, **first))) == {"b": {"act": {"type": kind, **filled}}}


@pytest.mark.parametrize(("kind", "first", "empty", "filled"), STATES)
def test_an_empty_input_is_refused_unless_optional(
    kind: str, first: Json, empty: Json, filled: Json
) -> None:
    required, optional = view(asks(kind)), view(asks(kind, optional=True))
    state = {"b": {"act": {"type": kind, **empty}}}
    assert problems_of_values(required, state) == {"b": "Please complete this required field."}
    assert problems_of_values(required, {}) == {"b": "Please complete this required field."}
    assert problems_of_values(optional, state) == {}


def test_elements_outside_inputs_have_a_state_and_buttons_none() -> None:
    menu = {"type": "users_select", "action_id": "who", "initial_user": "U1"}
    day = {"type": "datepicker", "action_id": "when"}
    button = {"type": "button", "action_id": "go", "text": plain("Go")}
    shown = view(
        {"type": "section", "block_id": "s", "text": plain("S"), "accessory": menu},
        {"type": "actions", "block_id": "a", "elements": [day, button]},
    )
    state = initial_state(shown)
    assert state == {
        "s": {"who": {"type": "users_select", "selected_user": "U1"}},
        "a": {"when": {"type": "datepicker", "selected_date": None}},
    }
    assert problems_of_values(shown, state) == {}


OFFER = {"options": [A]}
# Element type, its other keys, what is in it, and the sentence (None: it may be sent).
SUBMITTED: list[tuple[str, Json, Json, str | None]] = [
    ("plain_text_input", {}, {"value": " \n"}, None),
    ("plain_text_input", {}, {"value": ""}, "Please complete this required field."),
    ("plain_text_input", {"max_length": 3}, {"value": "abc"}, None),
    (
        "plain_text_input",
        {"max_length": 3},
        {"value": "abcd"},
        "Please enter no more than 3 characters.",
    ),
    ("plain_text_input", {"min_length": 3}, {"value": "ab"}, "Please enter at least 3 characters."),
    ("plain_text_input", {}, {"value": 3}, "Please enter text."),
    ("number_input", {"is_decimal_allowed": False}, {"value": "-12"}, None),
    (
        "number_input",
        {"is_decimal_allowed": False},
        {"value": "1.5"},
        "Please enter a whole number.",
    ),
    ("number_input", {"is_decimal_allowed": True}, {"value": "1.5"}, None),
    ("number_input", {"is_decimal_allowed": True}, {"value": "many"}, "Please enter a number."),
    ("number_input", {"is_decimal_allowed": True}, {"value": "nan"}, "Please enter a number."),
    (
        "number_input",
        {"is_decimal_allowed": True, "min_value": "2"},
        {"value": "1"},
        "Please enter a number no less than 2.",
    ),
    (
        "number_input",
        {"is_decimal_allowed": True, "max_value": "2"},
        {"value": "3"},
        "Please enter a number no greater than 2.",
    ),
    ("email_text_input", {}, {"value": "ada@example.org"}, None),
    ("email_text_input", {}, {"value": "ada"}, "Please enter a valid email address."),
    ("url_text_input", {}, {"value": "https://example.org"}, None),
    ("url_text_input", {}, {"value": "example"}, "Please enter a valid URL."),
    ("file_input", {"max_files": 1}, {"files": [{}, {}]}, "Please add no more than 1 files."),
    ("static_select", OFFER, {"selected_option": A}, None),
    ("static_select", OFFER, {"selected_option": B}, "Please choose one of the options."),
    (
        "static_select",
        {"option_groups": [{"label": plain("L"), **OFFER}]},
        {"selected_option": A},
        None,
    ),
    ("external_select", {}, {"selected_option": B}, None),
    ("checkboxes", OFFER, {"selected_options": [A, B]}, "Please choose one of the options."),
    (
        "multi_users_select",
        {"max_selected_items": 1},
        {"selected_users": ["U1", "U2"]},
        "Please choose no more than 1.",
    ),
]


@pytest.mark.parametrize(("kind", "more", "held", "sentence"), SUBMITTED)
def test_what_the_client_refuses_to_send(
    kind: str, more: Json, held: Json, sentence: str | None
) -> None:
    problems = problems_of_values(view(asks(kind, **more)), {"b": {"act": {"type": kind, **held}}})
    assert problems == ({"b": sentence} if sentence else {})


def test_ids_are_generated_where_missing_and_only_there() -> None:
    button: Json = {"type": "button", "text": plain("Go")}
    blocks: list[Json] = [
        {"type": "section", "block_id": "mine", "text": plain("S"), "accessory": button},
        {"type": "actions", "elements": [button | {"action_id": "go"}, button]},
        {"type": "container", "child_blocks": [{"type": "divider", "block_id": ""}]},
    ]
    numbers = map(str, itertools.count())
    got = with_generated_ids(blocks, numbers.__next__)
    assert [block["block_id"] for block in got] == ["mine", "0", "1"]
    assert got[2]["child_blocks"][0]["block_id"] == "2"
    assert [element["action_id"] for _, element in interactive_elements(got)] == ["3", "go", "4"]
    assert blocks[1] == {"type": "actions", "elements": [button | {"action_id": "go"}, button]}


def test_interactive_elements_are_in_reading_order() -> None:
    image = {"type": "image", "image_url": "https://e", "alt_text": "A"}
    button = {"type": "button", "text": plain("Go")}
    card = {"type": "card", "title": plain("C"), "actions": [button]}
    blocks: list[Json] = [
        {"type": "section", "text": plain("S"), "accessory": image},
        {"type": "section", "text": plain("no accessory")},
        {"type": "carousel", "elements": [card]},
        asks("datepicker"),
    ]
    found = interactive_elements(blocks)
    assert [(block["type"], element["type"]) for block, element in found] == [
        ("card", "button"),
        ("input", "datepicker"),
    ]


GO: Json = {"type": "button", "text": plain("Go")}
INLINE: list[Json] = [
    {"type": "text", "text": "Hi "},
    {"type": "user", "user_id": "U123"},
    {"type": "link", "url": "https://e.org", "text": " here"},
    {"type": "link", "url": "https://e.org"},
    {"type": "emoji", "name": "wave"},
    {"type": "channel", "channel_id": "C1"},
    {"type": "usergroup", "usergroup_id": "S1"},
    {"type": "team", "team_id": "T1"},
    {"type": "broadcast", "range": "here"},
    {"type": "date", "timestamp": 1, "format": "{date}"},
    {"type": "color", "value": "#FFFFFF"},
]
ITEM = {"type": "rich_text_section", "elements": INLINE[:2]}
SAID: list[tuple[Json, str]] = [
    ({"type": "divider"}, ""),
    ({"type": "header", "text": plain("Today")}, "Today"),
    (
        {
            "type": "section",
            "text": plain("S"),
            "fields": [plain("F"), plain("G")],
            "accessory": GO,
        },
        "S\nF\nG\n[Go]",
    ),
    (
        {
            "type": "section",
            "text": {
                "type": "mrkdwn",
                "text": "<@U1|ada> &lt; <!here> <#C1|x> <https://e|link> <https://e>",
            },
        },
        "@U1 < @here #C1 link https://e",
    ),
    (
        {"type": "context", "elements": [plain("by"), {"type": "image", "alt_text": "Ada"}]},
        "by Ada",
    ),
    (
        {"type": "actions", "elements": [GO, {"type": "overflow", "options": [A, B]}]},
        "[Go] [A] [B]",
    ),
    (
        {
            "type": "input",
            "label": plain("Why?"),
            "hint": plain("Be brief."),
            "element": {"type": "plain_text_input", "placeholder": plain("Words")},
        },
        "Why?\n[Words]\nBe brief.",
    ),
    (
        {
            "type": "context_actions",
            "elements": [
                {"type": "feedback_buttons", "positive_button": GO, "negative_button": GO}
            ],
        },
        "[Go] [Go]",
    ),
    ({"type": "image", "alt_text": "A hill", "title": plain("Hill")}, "Hill\nA hill"),
    ({"type": "markdown", "text": "**hi**"}, "**hi**"),
    (
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": INLINE}]},
        "Hi @U123 herehttps://e.org:wave:#C1@S1@T1@here{date}#FFFFFF",
    ),
    (
        {
            "type": "rich_text",
            "elements": [
                {"type": "rich_text_list", "style": "ordered", "elements": [ITEM, ITEM]},
                {"type": "rich_text_list", "style": "bullet", "elements": [ITEM]},
            ],
        },
        "1. Hi @U123\n2. Hi @U123\n• Hi @U123",
    ),
    (
        {
            "type": "table",
            "rows": [
                [
                    {"type": "raw_text", "text": "A"},
                    {"type": "raw_number", "value": 2},
                    {"type": "rich_text", "elements": [ITEM]},
                ]
            ],
        },
        "A | 2 | Hi @U123",
    ),
    (
        {
            "type": "data_visualization",
            "title": "T",
            "chart": {"type": "pie", "segments": [{"label": "Yes", "value": 3}]},
        },
        "T\nYes: 3",
    ),
    (
        {
            "type": "data_visualization",
            "title": "T",
            "chart": {
                "type": "bar",
                "series": [{"name": "S", "data": [{"label": "Mon", "value": 1}]}],
            },
        },
        "T\nS: Mon 1",
    ),
    (
        {
            "type": "plan",
            "title": "P",
            "tasks": [
                {
                    "task_id": "1",
                    "title": "Read",
                    "details": {"type": "rich_text", "elements": [ITEM]},
                }
            ],
        },
        "P\nRead\nHi @U123",
    ),
    (
        {
            "type": "carousel",
            "elements": [
                {"type": "card", "title": plain("C"), "body": plain("B"), "actions": [GO]}
            ],
        },
        "C\nB\n[Go]",
    ),
    (
        {
            "type": "container",
            "title": plain("T"),
            "rich_text_title": {"type": "rich_text", "elements": [ITEM]},
            "child_blocks": [{"type": "header", "text": plain("H")}],
        },
        "Hi @U123\nH",
    ),
]


@pytest.mark.parametrize(("block", "said"), SAID)
def test_what_blocks_say(block: Json, said: str) -> None:
    assert plain_text([block, {"type": "divider"}]) == said
