"""What makes a value fit its question, and what a person is told when it does not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.answer import MOST_CHARACTERS, fit, problems_with
from coaching.practice import Question, QuestionType, Scale

PEOPLE = frozenset({"U1", "U2"})


def question(kind: QuestionType, *, optional: bool = False) -> Question:
    scale = Scale("never", "always") if kind is QuestionType.SCALE else None
    return Question("asked", kind, "What is asked?", optional=optional, scale=scale)


_VISIBLE = st.characters(exclude_characters="\0")


@given(st.text(_VISIBLE, min_size=1, max_size=3000).filter(lambda text: text.strip()))
def test_any_text_within_the_limit_is_kept_as_typed_but_for_its_edges(text: str) -> None:
    assert fit(question(QuestionType.LONG_TEXT), text, PEOPLE) == text.strip()


def test_a_character_that_no_database_keeps_is_left_out() -> None:
    assert fit(question(QuestionType.LONG_TEXT), "a\0b\0", PEOPLE) == "ab"


@pytest.mark.parametrize("kind", [QuestionType.LONG_TEXT, QuestionType.SHORT_TEXT])
def test_a_text_over_the_limit_is_refused_with_its_length_and_nothing_is_cut(
    kind: QuestionType,
) -> None:
    most = MOST_CHARACTERS[kind]
    assert fit(question(kind), "x" * most, PEOPLE) == "x" * most
    with pytest.raises(ValueError, match=rf"{most + 1:,} characters; {most:,} fit"):
        fit(question(kind), "x" * (most + 1), PEOPLE)


@pytest.mark.parametrize("kind", QuestionType)
@pytest.mark.parametrize("nothing", ["", "   ", "\n\t ", None])
def test_nothing_is_fine_where_optional_and_told_where_not(
    kind: QuestionType, nothing: str | None
) -> None:
    assert fit(question(kind, optional=True), nothing, PEOPLE) is None
    with pytest.raises(ValueError, match=r"needs a few words|Choose one"):
        fit(question(kind), nothing, PEOPLE)


def test_a_scale_takes_one_to_five() -> None:
    assert [fit(question(QuestionType.SCALE), str(n), PEOPLE) for n in range(1, 6)] == [
        1,
        2,
        3,
        4,
        5,
    ]
    for wrong in ("0", "6", "1.5", "two"):
        with pytest.raises(ValueError, match="from 1 to 5"):
            fit(question(QuestionType.SCALE), wrong, PEOPLE)


def test_a_person_is_somebody_on_the_team() -> None:
    assert fit(question(QuestionType.PERSON), "U2", PEOPLE) == "U2"
    with pytest.raises(ValueError, match="somebody on this team"):
        fit(question(QuestionType.PERSON), "U3", PEOPLE)


@given(st.dates())
def test_a_day_is_kept_in_iso(day: date) -> None:
    assert fit(question(QuestionType.DATE), day.isoformat(), PEOPLE) == day.isoformat()


def test_a_day_that_is_none_is_told() -> None:
    with pytest.raises(ValueError, match="Choose a day"):
        fit(question(QuestionType.DATE), "next Friday", PEOPLE)


def test_problems_and_values_come_by_question() -> None:
    asked = [
        Question("said", QuestionType.LONG_TEXT, "What?"),
        Question("who", QuestionType.PERSON, "Who?"),
        Question("also", QuestionType.SHORT_TEXT, "Else?", optional=True),
    ]
    values, problems = problems_with(asked, {"said": " Words ", "who": "U9"}, PEOPLE)
    assert values == {"said": "Words"}
    assert list(problems) == ["who"]
