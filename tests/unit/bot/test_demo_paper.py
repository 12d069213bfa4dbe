"""Forms as people of the demo meet them: every kind of field is read, and answered by question."""

from dataclasses import replace
from typing import Any

import pytest

from bot.demo.paper import as_text, inputs, sent, spread
from conversation.messages import Form
from platforms.slack.forms import render_form
from tests.platforms.slack.fields import EVERY_FIELD

VIEW = render_form(Form("Every kind", EVERY_FIELD, reference="sitting-1"), {})
WORDS = {
    "long": "One\nTwo",
    "number": "7",
    "kinds": "norm\nbudget",
    "choice": "no",
    "people": "U1\nU2",
    "whose": "Ward nurses\nA neighbour",
    "changes": "Something else",
}


def view_with(key: str, initial: str) -> dict[str, Any]:
    asked = [replace(one, initial=initial) for one in EVERY_FIELD if one.id == key]
    return render_form(Form("One", tuple(asked)), {})


def test_each_question_is_answered_with_its_words() -> None:
    assert spread(VIEW, WORDS) == {
        "r.long": "One\nTwo",
        "r.number": "7",
        "r.people": "U1\nU2",
        "r.choice": "no",
        "r.kinds": "norm\nbudget",
        "r.whose": "Ward nurses",
        "r.whose+": "A neighbour",
        "r.changes": "",
        "r.changes+": "Something else",
    }


def test_words_that_no_input_takes_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="perhaps"):
        spread(VIEW, {"choice": "perhaps"})


def test_several_are_entered_as_a_list_and_nothing_as_nothing() -> None:
    entered = {one.block_id: one.typed(spread(VIEW, WORDS).get(one.block_id, "")) for one in _all()}
    assert entered["r.kinds"] == ["norm", "budget"]
    assert entered["r.people"] == ["U1", "U2"]
    assert entered["r.long"] == "One\nTwo"
    assert entered["r.changes"] is None
    assert entered["r.several"] is None


def _all() -> list[Any]:
    return inputs(VIEW)


@pytest.mark.parametrize(
    ("key", "initial"),
    [
        ("r.long", "One\nTwo"),
        ("r.number", "7"),
        ("r.date", "2026-11-24"),
        ("r.person", "U1"),
        ("r.people", "U1\nU2"),
        ("r.choice", "no"),
        ("r.kinds", "norm\nbudget"),
        ("r.several", "sign 3\nsign 4"),
        ("r.whose", "Ward nurses"),
    ],
)
def test_what_was_there_before_is_in_it(key: str, initial: str) -> None:
    view = view_with(key, initial)
    assert inputs(view)[0].initial == initial
    assert sent(view, {})[key] == initial


def test_choices_are_read_with_how_many_can_be_taken() -> None:
    read = as_text(VIEW)
    assert "( ) yes   ( ) one word is wrong   ( ) no" in read
    assert "[ ] norm   [ ] budget   [ ] target, KPI" in read
    assert "Somebody else? (optional)" in read
