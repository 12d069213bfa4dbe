"""What a person chooses, turned into the state that Slack's client sends."""

from typing import Any

import pytest

from sandbox.block_kit import initial_state, problems_of_values
from sandbox.filling import entry_for, fill
from tests.sandbox.scene import modal, plain, text_input

Json = dict[str, Any]
OPTIONS = [{"text": plain("Calm"), "value": "c"}, {"text": plain("Tense"), "value": "t"}]


def element(kind: str, **more: Any) -> Json:
    return {"type": kind, "action_id": "a", **more}


@pytest.mark.parametrize(
    ("of", "answer", "entry"),
    [
        (element("plain_text_input"), "Words", {"value": "Words"}),
        (element("plain_text_input"), None, {"value": None}),
        (element("number_input", is_decimal_allowed=False), 7, {"value": "7"}),
        (element("static_select", options=OPTIONS), "Tense", {"selected_option": OPTIONS[1]}),
        (element("radio_buttons", options=OPTIONS), "c", {"selected_option": OPTIONS[0]}),
        (element("static_select", options=OPTIONS), OPTIONS[0], {"selected_option": OPTIONS[0]}),
        (element("static_select", options=OPTIONS), None, {"selected_option": None}),
        (element("checkboxes", options=OPTIONS), ["Calm", "t"], {"selected_options": OPTIONS}),
        (element("checkboxes", options=OPTIONS), "Calm", {"selected_options": OPTIONS[:1]}),
        (element("checkboxes", options=OPTIONS), None, {"selected_options": []}),
        (element("multi_static_select", options=OPTIONS), "c", {"selected_options": OPTIONS[:1]}),
        (
            element("multi_static_select", options=OPTIONS),
            ["Tense", "Calm"],
            {"selected_options": OPTIONS[::-1]},
        ),
        (element("multi_static_select", options=OPTIONS), None, {"selected_options": []}),
        (element("users_select"), "U1", {"selected_user": "U1"}),
        (element("multi_users_select"), "U1", {"selected_users": ["U1"]}),
        (element("multi_users_select"), ["U1", "U2"], {"selected_users": ["U1", "U2"]}),
        (element("channels_select"), "C1", {"selected_channel": "C1"}),
        (element("datepicker"), "2027-01-04", {"selected_date": "2027-01-04"}),
        (element("timepicker"), "09:00", {"selected_time": "09:00"}),
        (element("datetimepicker"), 1_800_000_000, {"selected_date_time": 1_800_000_000}),
    ],
)
def test_each_input_holds_its_answer(of: Json, answer: object, entry: Json) -> None:
    assert entry_for(of, answer) == {"type": of["type"], **entry}


def test_rich_text_is_written_as_words() -> None:
    entry = entry_for(element("rich_text_input"), "Words")
    (section,) = entry["rich_text_value"]["elements"]
    assert section["elements"] == [{"type": "text", "text": "Words"}]


def test_an_option_that_is_not_on_offer() -> None:
    with pytest.raises(ValueError, match="'Calm', 'Tense'"):
        entry_for(element("static_select", options=OPTIONS), "Bored")


def test_inputs_are_found_by_label_block_or_action() -> None:
    view = modal(
        text_input("Learned", "b1", action_id="learned"),
        text_input("Next", "b2", action_id="next"),
        {
            "type": "section",
            "block_id": "b3",
            "text": plain("Mood"),
            "accessory": {**element("static_select", options=OPTIONS), "action_id": "mood"},
        },
    )
    state = initial_state(view)
    filled = fill(view, state, {"Learned": "1", "b2": "2", "mood": "Calm"})
    assert filled["b1"]["learned"]["value"] == "1"
    assert filled["b2"]["next"]["value"] == "2"
    assert filled["b3"]["mood"]["selected_option"] == OPTIONS[0]
    assert state == initial_state(view), "the state given is left alone"
    assert problems_of_values(view, filled) == {}
    assert fill(view, state, {"Mood": "t"})["b3"]["mood"]["selected_option"] == OPTIONS[1]


@pytest.mark.parametrize(
    ("of", "answer", "wrong"),
    [
        (element("number_input", is_decimal_allowed=False, max_value="90"), 91, "greater than 90"),
        (element("number_input", is_decimal_allowed=False), "1.5", "whole number"),
        (element("number_input", is_decimal_allowed=False), "a few", "enter a number"),
        (element("number_input", is_decimal_allowed=False), 7, ""),
        (element("checkboxes", options=OPTIONS), [], "required field"),
        (element("checkboxes", options=OPTIONS), ["Calm", "Tense"], ""),
        (element("multi_static_select", options=OPTIONS), ["Tense"], ""),
        (element("multi_users_select", max_selected_items=1), ["U1", "U2"], "no more than 1"),
    ],
)
def test_what_the_client_thinks_of_what_was_filled_in_by_label(
    of: Json, answer: object, wrong: str
) -> None:
    view = modal({"type": "input", "block_id": "b", "label": plain("Which?"), "element": of})
    problems = problems_of_values(view, fill(view, initial_state(view), {"Which?": answer}))
    assert wrong in problems.get("b", "")
    assert bool(problems) == bool(wrong)


def test_a_label_that_stands_twice_names_neither() -> None:
    view = modal(text_input("Why?", "b1"), text_input("Why?", "b2"))
    with pytest.raises(LookupError, match="names 2 inputs"):
        fill(view, initial_state(view), {"Why?": "x"})
