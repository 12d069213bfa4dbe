"""A practice's shape, and the packaged ones."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from coaching.catalogue import load_catalogue, practice_that_feeds, read_practice
from coaching.documents import DocumentError
from coaching.practice import Feeds, Practice, Visibility

GOOD = """\
key: sample
name: Sample
discipline: Connecting
minutes: 2
open_days: 2
visibility: attributed
why: Because.
thanks: Kept.
summary: What was said.
quiet: Nothing was said.
questions:
  - key: said
    type: long_text
    text: What was said?
"""


def test_the_packaged_catalogue_has_the_first_three() -> None:
    assert {"early_wins", "voices_heard", "breakdown"} <= set(load_catalogue())


def test_each_feed_has_its_practice() -> None:
    for feeds in Feeds:
        assert practice_that_feeds(load_catalogue(), feeds).feeds is feeds
    with pytest.raises(LookupError):
        practice_that_feeds({}, Feeds.VOICES)


def test_the_packaged_ones_take_no_more_than_three_required_questions() -> None:
    for practice in load_catalogue().values():
        assert sum(not question.optional for question in practice.questions) <= 3
        assert practice.question(practice.questions[0].key) is practice.questions[0]
    with pytest.raises(KeyError):
        load_catalogue()["early_wins"].question("absent")


@pytest.mark.parametrize(
    ("change", "to", "line", "mend"),
    [
        ("discipline: Connecting", "discipline: Juggling", 3, "Co-creating"),
        ("minutes: 2", "minutes: 20", 4, "10"),
        ("visibility: attributed", "visibility: attribute", 6, "did you mean attributed?"),
        ("why: Because.", "wy: Because.", 7, "why"),
        ("minutes: 2", "minutes: 2\naudience: nobody", 5, "lead_and_coach"),
        ("    type: long_text", "    type: multi_choise", 13, "did you mean multi_choice?"),
        ("  - key: said", "  - key: Said", 12, "does not have the right form"),
    ],
)
def test_a_wrong_shape_names_line_and_mend(change: str, to: str, line: int, mend: str) -> None:
    assert read_practice(GOOD, "sample.yaml").key == "sample"
    with pytest.raises(DocumentError) as wrong:
        read_practice(GOOD.replace(change, to), "sample.yaml")
    assert f"sample.yaml:{line}:" in str(wrong.value)
    assert mend in str(wrong.value)


@given(st.integers(min_value=1990, max_value=2400))
def test_the_year_ahead_is_five_years_on_wherever_it_stands(year: int) -> None:
    practice = read_practice(GOOD.replace("What was said?", "It is {year}. {year}!"), "sample.yaml")
    opened = practice.opened_in(year)
    assert opened.questions[0].text == f"It is {year + 5}. {year + 5}!"
    assert opened.opened_in(year + 1) == opened, "a round keeps the year that it opened with"
    assert replace(opened, questions=()) == replace(practice, questions=())


def test_what_was_kept_once_is_read_again_whatever_the_rules_say_now() -> None:
    practice = replace(
        load_catalogue()["early_wins"], visibility=Visibility.ANONYMOUS
    )  # feeds what is shown with names: no file may say so
    adapter = TypeAdapter(Practice)
    assert adapter.validate_python(adapter.dump_python(practice, mode="json")) == practice
    three = {"scale": None, "later": False, "hint": ""}  # all that a question had at first
    old = {
        "key": "q", "type": "short_text", "text": "Old {braces}?", "optional": True, **three,
    }  # fmt: skip
    kept = adapter.dump_python(practice, mode="json") | {"questions": [old]}
    del kept["audience"]
    assert adapter.validate_python(kept).questions[0].text == "Old {braces}?"


def test_visibilities_stand_in_order_of_what_they_show() -> None:
    order = list(Visibility)
    for at, one in enumerate(order):
        for other_at, other in enumerate(order):
            assert one.shows_more_than(other) is (at < other_at)
    assert [one.named for one in order] == [True, True, False, False]
    assert [one.editable for one in order] == [True, True, True, False]


def test_what_is_shown_leaves_out_what_is_private() -> None:
    private = "  - {key: mine, type: long_text, text: My lesson, private: true}\n"
    practice = read_practice(GOOD + private, "sample.yaml")
    assert [question.key for question in practice.shown] == ["said"]
