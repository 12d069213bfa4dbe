"""Questions as fields of a form: what they offer, start with and say beneath."""

from typing import Any

import pytest

from coaching.answer import Value, fit
from coaching.practice import Question, QuestionType, Scale
from conversation.compose.forms import field
from conversation.messages import FieldKind

KNOWN = {
    QuestionType.STAKEHOLDERS: ["Northern hospitals", " The\nregulator ", "", "Northern hospitals"],
    QuestionType.DECISION: ["Release on Tuesdays"],
}


def question(kind: QuestionType, **more: Any) -> Question:
    if kind is QuestionType.SCALE:
        more["scale"] = Scale("never", "always")
    if kind.is_chosen:
        more["choices"] = ("yes", "no")
    return Question(key="key", type=kind, text="What?", **more)


@pytest.mark.parametrize("kind", QuestionType)
def test_every_type_of_question_has_its_field(kind: QuestionType) -> None:
    asked = field("r.key", question(kind, optional=True), {}, KNOWN)
    assert (asked.id, asked.label, asked.optional) == ("r.key", "What?", True)
    assert asked.kind is FieldKind[kind.name]
    assert asked.initial == ""


@pytest.mark.parametrize(
    ("kind", "value", "initial"),
    [
        (QuestionType.LONG_TEXT, "One\nTwo", "One\nTwo"),
        (QuestionType.SCALE, 4, "4"),
        (QuestionType.NUMBER, 0, "0"),
        (QuestionType.PEOPLE, ["U1", "U2"], "U1\nU2"),
        (QuestionType.MULTI_CHOICE, ["yes", "no"], "yes\nno"),
        (QuestionType.STAKEHOLDERS, ["Somebody"], "Somebody"),
        (QuestionType.DECISION, "Wait", "Wait"),
    ],
)
def test_a_field_starts_with_what_can_be_sent_as_it_is(
    kind: QuestionType, value: Value, initial: str
) -> None:
    asked = question(kind)
    shown = field("r.key", asked, {"key": value, "other": "x"})
    assert shown.initial == initial
    assert fit(asked, shown.initial, {"U1", "U2"}) == value


def test_a_choice_offers_what_its_file_lists_and_nothing_else() -> None:
    asked = field("r.key", question(QuestionType.CHOICE), {}, KNOWN)
    assert (asked.choices, asked.another) == (("yes", "no"), "")


def test_names_that_the_team_has_can_be_chosen_and_others_written() -> None:
    asked = field("r.key", question(QuestionType.STAKEHOLDERS, hint="Whoever."), {}, KNOWN)
    assert asked.choices == ("Northern hospitals", "The regulator")
    assert asked.another == "Somebody else? One name a line"
    assert asked.hint == "Whoever. Choose here or write below; one of the two is enough."
    asked = field("r.key", question(QuestionType.DECISION, optional=True), {}, KNOWN)
    assert (asked.choices, asked.another) == (("Release on Tuesdays",), "Or a new one")
    assert asked.hint == ""


def test_where_no_names_are_known_they_are_written() -> None:
    asked = field("r.key", question(QuestionType.STAKEHOLDERS), {})
    assert (asked.choices, asked.another, asked.hint) == ((), "", "One name a line.")
    asked = field("r.key", question(QuestionType.DECISION), {})
    assert (asked.choices, asked.another, asked.hint) == ((), "", "")


def test_a_number_carries_its_bounds_and_nothing_else_does() -> None:
    asked = field("r.key", question(QuestionType.NUMBER, least=1, most=90), {})
    assert (asked.least, asked.most) == (1, 90)
    asked = field("r.key", question(QuestionType.SHORT_TEXT), {})
    assert (asked.least, asked.most) == (None, None)


def test_a_statement_says_beforehand_how_long_it_may_be() -> None:
    asked = field("r.key", question(QuestionType.STATEMENT, hint="For whom?"), {})
    assert asked.hint == "For whom? One sentence, at most 240 characters."
