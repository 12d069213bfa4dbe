"""Forms as views, and views as values."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversation.messages import Button, Buttons, Field, FieldKind, Form, Heading, Paragraph, line
from platforms.slack.forms import inputs_of, render_form, values_of
from sandbox.block_kit import initial_state, problems_of_values, problems_of_view

EVERY_KIND = Form(
    title="Tuesday's questions",
    route="sitting.answer.v1",
    reference="sitting-1",
    body=(
        Heading("First"),
        Field("a", "Long", FieldKind.LONG_TEXT, hint="Why it is asked", initial="Before"),
        Field("b", "Short", FieldKind.SHORT_TEXT, optional=True),
        Field("c", "Scale", FieldKind.SCALE, low="never", high="always", initial="3"),
        Field("d", "Person", FieldKind.PERSON, initial="U1"),
        Field("e", "Date", FieldKind.DATE, initial="2026-11-24"),
    ),
    submit="Keep",
    cancel="Not now",
)


def view_of(form: Form) -> dict[str, Any]:
    view = render_form(form, {})
    assert problems_of_view(view) == []
    return view


def field(**more: Any) -> Form:
    given: dict[str, Any] = {"id": "a", "label": "Say", "kind": FieldKind.LONG_TEXT}
    return Form("Title", (Field(**given | more),), route="a.v1")


def test_a_form_carries_its_route_and_reference() -> None:
    view = view_of(EVERY_KIND)
    assert (view["callback_id"], view["private_metadata"]) == ("sitting.answer.v1", "sitting-1")
    assert (view["submit"]["text"], view["close"]["text"]) == ("Keep", "Not now")
    assert view["notify_on_close"] is False
    assert inputs_of(view) == ["a", "b", "c", "d", "e"]


def test_what_was_there_before_comes_back_untouched() -> None:
    view = view_of(EVERY_KIND)
    state = initial_state(view)
    assert problems_of_values(view, state) == {}
    sent = view | {"state": {"values": state}}
    assert values_of(sent) == {"a": "Before", "b": "", "c": "3", "d": "U1", "e": "2026-11-24"}


def test_a_field_that_slack_leaves_out_is_empty() -> None:
    view = view_of(EVERY_KIND)
    assert values_of(view | {"state": {"values": {}}}) == dict.fromkeys("abcde", "")


def test_a_scale_says_what_its_ends_mean() -> None:
    view = view_of(field(kind=FieldKind.SCALE, low="never", high="always " * 20))
    labels = [option["text"]["text"] for option in view["blocks"][0]["element"]["options"]]
    assert labels[:4] == ["1 · never", "2", "3", "4"]
    assert labels[4].startswith("5 · always")
    assert labels[4].endswith("…")


def test_a_form_to_read_has_no_submit_and_no_input() -> None:
    view = view_of(
        Form("Kept", (Paragraph(line("Well.")), Buttons((Button("More", "more.v1", "1"),))))
    )
    assert "submit" not in view
    assert inputs_of(view) == []


def test_a_long_answer_may_be_as_long_as_slack_carries_and_a_short_one_is_told_by_us() -> None:
    assert view_of(field())["blocks"][0]["element"]["max_length"] == 3000
    short = view_of(field(kind=FieldKind.SHORT_TEXT))["blocks"][0]["element"]
    assert "max_length" not in short


def test_words_too_long_for_a_field_are_cut_visibly_and_it_is_said() -> None:
    view = view_of(field(initial="x" * 4000, hint="Why"))
    block = view["blocks"][0]
    assert block["element"]["initial_value"] == "x" * 2999 + "…"
    assert block["hint"]["text"].startswith("Why Shortened here to 3,000 characters")


@settings(deadline=None)
@given(st.text(min_size=1))
def test_any_words_can_stand_in_a_form(said: str) -> None:
    view = view_of(
        Form(said, (Paragraph(line(said)), Field("a", said, FieldKind.LONG_TEXT, initial=said)))
    )
    assert view["blocks"][-1]["element"]["initial_value"] == said


def test_a_long_form_is_put_together_and_a_longer_one_is_a_mistake() -> None:
    told = tuple(Paragraph(line(str(number))) for number in range(120))
    assert len(view_of(Form("Title", told))["blocks"]) == 1
    asked = tuple(Field(str(n), "x", FieldKind.SHORT_TEXT) for n in range(101))
    with pytest.raises(ValueError, match="100 parts"):
        render_form(Form("Title", asked), {})
    with pytest.raises(ValueError, match="reference"):
        render_form(Form("Title", (), reference="x" * 3001), {})
