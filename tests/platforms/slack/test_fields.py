"""Each kind of field as Slack's inputs: what it starts with, what comes back, where it errs."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversation.messages import Field, FieldKind, Form
from platforms.slack.choices import reference_of
from platforms.slack.forms import block_to_mend, inputs_of, render_form, values_of
from sandbox.block_kit import initial_state, problems_of_values, problems_of_view
from sandbox.filling import fill
from tests.platforms.slack.fields import EVERY_FIELD, LONG

BEFORE = {
    "r.long": "One\nTwo",
    "r.short": "Short",
    "r.statement": "We exist for others.",
    "r.scale": "3",
    "r.number": "7",
    "r.date": "2026-11-24",
    "r.person": "U1",
    "r.people": "U1\nU2",
    "r.choice": "one word is wrong",
    "r.kinds": "norm\ntarget, KPI",
    "r.menu": "way 11",
    "r.several": "sign 0\nsign 11",
    "r.new": "A\nB",
    "r.whose": "Northern hospitals\nWard nurses\nSomebody new",
    "r.first": "Wait",
    "r.changes": LONG,
}


def view_of(form: Form) -> dict[str, Any]:
    view = render_form(form, {})
    assert problems_of_view(view) == []
    return view


def field(**more: Any) -> Form:
    return Form("Title", (Field(**{"id": "a", "label": "Say"} | more),), route="a.v1")


def reopened(form: Form) -> dict[str, Any]:
    """The view as it is sent when nothing in it was touched."""
    view = view_of(form)
    state = initial_state(view)
    assert problems_of_values(view, state) == {}
    return view | {"state": {"values": state}}


def with_before(before: Mapping[str, str]) -> Form:
    asked = tuple(replace(one, initial=before[one.id]) for one in EVERY_FIELD)
    return Form("Title", asked, route="a.v1", reference="sitting-1")


def test_every_kind_is_in_the_form_of_the_tests() -> None:
    assert {one.kind for one in EVERY_FIELD} == set(FieldKind)


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("r.statement", "plain_text_input"),
        ("r.number", "number_input"),
        ("r.people", "multi_users_select"),
        ("r.choice", "radio_buttons"),
        ("r.menu", "static_select"),
        ("r.kinds", "checkboxes"),
        ("r.several", "multi_static_select"),
        ("r.new", "plain_text_input"),
        ("r.whose", "multi_static_select"),
        ("r.whose+", "plain_text_input"),
        ("r.first", "plain_text_input"),
        ("r.changes", "static_select"),
        ("r.changes+", "plain_text_input"),
    ],
)
def test_each_kind_has_its_element(asked: str, kind: str) -> None:
    view = view_of(Form("Title", EVERY_FIELD, route="a.v1"))
    elements = {block["block_id"]: block["element"] for block in view["blocks"]}
    assert elements[asked]["type"] == kind


def test_every_kind_starts_from_what_was_there_before() -> None:
    sent = reopened(with_before(BEFORE))
    assert values_of(sent) == BEFORE
    assert inputs_of(sent) == [one.id for one in EVERY_FIELD]
    assert reference_of(sent) == "sitting-1"


def test_an_empty_form_of_every_kind_is_empty() -> None:
    view = view_of(with_before(dict.fromkeys(BEFORE, "")))
    sent = view | {"state": {"values": initial_state(view)}}
    assert values_of(sent) == dict.fromkeys(BEFORE, "")


def test_a_statement_is_one_line_and_its_length_is_told_by_us() -> None:
    element = view_of(field(kind=FieldKind.STATEMENT))["blocks"][0]["element"]
    assert element["multiline"] is False
    assert "max_length" not in element


def test_a_number_keeps_to_its_bounds() -> None:
    asked = view_of(field(kind=FieldKind.NUMBER, least=-5, most=90, initial="-5"))
    element = asked["blocks"][0]["element"]
    assert (element["min_value"], element["max_value"]) == ("-5", "90")
    assert element["is_decimal_allowed"] is False
    assert element["initial_value"] == "-5"
    for wrong in ("91", "-6", "1.5", "seven", "٣", "9" * 40):
        assert "initial_value" not in number_starting_with(wrong)


def number_starting_with(initial: str) -> dict[str, Any]:
    asked = field(kind=FieldKind.NUMBER, least=-5, most=90, initial=initial)
    element: dict[str, Any] = view_of(asked)["blocks"][0]["element"]
    return element


def test_a_name_may_be_chosen_or_written_so_neither_input_is_required() -> None:
    known = field(kind=FieldKind.DECISION, choices=("A",), another="Or a new one")
    first, second = view_of(known)["blocks"]
    assert (first["optional"], second["optional"]) == (True, True)
    assert second["label"]["text"] == "Or a new one"
    (alone,) = view_of(field(kind=FieldKind.DECISION, choices=("A",)))["blocks"]
    assert alone["optional"] is False


def filled(first: str | None, second: str | None) -> dict[str, Any]:
    asked = field(kind=FieldKind.DECISION, choices=("A",), another="Or a new one")
    view = view_of(asked)
    state = fill(view, initial_state(view), {"a": first, "a+": second})
    return view | {"state": {"values": state}}


@pytest.mark.parametrize(
    ("first", "second", "value", "to_mend"),
    [
        ("A", None, "A", "a"),
        (None, "B", "B", "a+"),
        ("A", "B", "A\nB", "a"),
        (None, None, "", "a"),
    ],
)
def test_what_is_chosen_and_what_is_written_are_one_value(
    first: str | None, second: str | None, value: str, to_mend: str
) -> None:
    sent = filled(first, second)
    assert values_of(sent) == {"a": value}
    assert block_to_mend(sent, "a") == to_mend
    assert block_to_mend(sent, "no such field") == to_mend


def test_a_long_choice_is_shown_shortened_and_comes_back_whole() -> None:
    choices = ("x" * 75, "y" * 76, "y" * 150, "z" * 151, "…0", "z" * 200)
    asked = Form(
        "Title",
        (Field("a", "Which?", FieldKind.MULTI_CHOICE, choices=choices),),
        reference="sitting-1",
    )
    view = view_of(asked)
    options = view["blocks"][0]["element"]["options"]
    assert [len(option["text"]["text"]) for option in options] == [75, 75, 75, 75, 2, 75]
    assert options[1]["text"]["text"] == "y" * 74 + "…"
    for option, choice in zip(options, choices, strict=True):
        state = fill(view, initial_state(view), {"a": [option]})
        assert values_of(view | {"state": {"values": state}}) == {"a": choice}
    assert reference_of(view) == "sitting-1"


def test_what_slack_cannot_carry_is_not_offered_but_can_be_written() -> None:
    many = tuple(f"{number} " + "x" * 200 for number in range(120))
    known = replace(EVERY_FIELD[-1], choices=many, initial=many[-1])
    view = view_of(Form("Title", (known,), reference="sitting-1"))
    first, second = view["blocks"]
    assert len(first["element"]["options"]) == 14
    assert len(view["private_metadata"]) <= 3000
    assert second["element"]["initial_value"] == many[-1]
    short = field(kind=FieldKind.STAKEHOLDERS, choices=tuple(map(str, range(120))), another="Else?")
    assert len(view_of(short)["blocks"][0]["element"]["options"]) == 100
    unpointed = Form("Title", (known,), reference="r" * 3000)
    (alone,) = view_of(unpointed)["blocks"]
    assert alone["element"]["type"] == "plain_text_input"


LINES = st.text(min_size=1, max_size=400).map(lambda text: text.replace("\n", " "))
FIELDS = st.builds(
    Field,
    id=st.just("r.key"),
    label=st.text(min_size=1),
    kind=st.sampled_from(FieldKind),
    hint=st.text(),
    optional=st.booleans(),
    initial=st.text() | LINES,
    low=st.text(),
    high=st.text(),
    choices=st.lists(LINES, max_size=14, unique=True).map(tuple),
    another=st.sampled_from(["", "Somebody else?"]),
    least=st.none() | st.integers(-9, 0),
    most=st.none() | st.integers(0, 9),
)


@settings(deadline=None)
@given(FIELDS)
def test_any_field_with_any_words_is_a_form_that_slack_takes(asked: Field) -> None:
    view = view_of(Form("Title", (asked,), route="a.v1", reference="sitting-1"))
    assert inputs_of(view) == ["r.key"]
    assert reference_of(view) == "sitting-1"
    values_of(view | {"state": {"values": initial_state(view)}})


@settings(deadline=None)
@given(
    st.sampled_from(
        [FieldKind.CHOICE, FieldKind.MULTI_CHOICE, FieldKind.STAKEHOLDERS, FieldKind.DECISION]
    ),
    st.lists(LINES, min_size=2, max_size=14, unique=True),
    st.data(),
)
def test_any_choice_comes_back_as_it_was(
    kind: FieldKind, choices: list[str], data: st.DataObject
) -> None:
    one_alone = kind in (FieldKind.CHOICE, FieldKind.DECISION)
    most = 1 if one_alone else len(choices)
    before = data.draw(st.lists(st.sampled_from(choices), max_size=most, unique=True))
    another = data.draw(st.sampled_from(["", "Somebody else?"]))
    asked = Field(
        "a",
        "Which?",
        kind,
        optional=True,
        initial="\n".join(before),
        choices=tuple(choices),
        another=another,
    )
    assert values_of(reopened(Form("Title", (asked,)))) == {"a": "\n".join(before)}
