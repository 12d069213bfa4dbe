"""What makes a value fit its question, and what a person is told when it does not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from coaching.answer import (
    MOST_CHARACTERS,
    MOST_NAMED,
    Value,
    as_text,
    fit,
    problems_with,
    second_step,
)
from coaching.practice import Question, QuestionType, Scale, When

PEOPLE = frozenset({"U1", "U2", "U3"})
CHOICES = ("Yes", "One word is wrong", "No")


def question(kind: QuestionType, *, optional: bool = False) -> Question:
    return Question(
        "asked",
        kind,
        "What is asked?",
        optional=optional,
        scale=Scale("never", "always") if kind is QuestionType.SCALE else None,
        choices=CHOICES if kind.is_chosen else (),
        least=-20,
        most=2_000,
    )


def refusal(kind: QuestionType, text: str) -> str:
    with pytest.raises(ValueError, match=r".") as refused:
        fit(question(kind), text, PEOPLE)
    return str(refused.value)


_VISIBLE = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
_TEXTS = (QuestionType.LONG_TEXT, QuestionType.SHORT_TEXT)


@pytest.mark.parametrize("kind", QuestionType)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
def test_whatever_is_given_fits_and_comes_back_or_is_told(kind: QuestionType, text: str) -> None:
    """What fits, fits again as it was kept, and survives the store's JSON."""
    asked = question(kind, optional=True)
    values, told = problems_with([asked], {"asked": text}, PEOPLE)
    if told:
        assert told["asked"][0].isupper()
        assert told["asked"].endswith((".", "?"))
        return
    value = values.get("asked")
    if value is None:
        assert not text.replace("\0", "").strip()
        return
    assert "\0" not in as_text(value)
    assert fit(asked, as_text(value), PEOPLE) == value
    adapter = TypeAdapter(dict[str, Value])
    kept = adapter.validate_python(adapter.dump_python({"asked": value}, mode="json"))
    assert kept == {"asked": value}
    assert type(kept["asked"]) is type(value)


@given(st.text(_VISIBLE, min_size=1, max_size=3000).filter(lambda text: text.strip()))
def test_any_text_within_the_limit_is_kept_as_typed_but_for_its_edges(text: str) -> None:
    assert fit(question(QuestionType.LONG_TEXT), text, PEOPLE) == text.strip()


def test_a_character_that_no_database_keeps_is_left_out() -> None:
    assert fit(question(QuestionType.LONG_TEXT), "a\0b\0", PEOPLE) == "ab"


@pytest.mark.parametrize("kind", [*_TEXTS, QuestionType.STATEMENT, QuestionType.DECISION])
def test_a_text_over_the_limit_is_refused_with_its_length_and_nothing_is_cut(
    kind: QuestionType,
) -> None:
    most = MOST_CHARACTERS[kind]
    assert fit(question(kind), "x" * most, PEOPLE) == "x" * most
    assert f"{most + 1:,} characters; {most:,} fit" in refusal(kind, "x" * (most + 1))


@pytest.mark.parametrize("kind", QuestionType)
@pytest.mark.parametrize("nothing", ["", "   ", "\n\t ", None])
def test_nothing_is_fine_where_optional_and_told_where_not(
    kind: QuestionType, nothing: str | None
) -> None:
    assert fit(question(kind, optional=True), nothing, PEOPLE) is None
    with pytest.raises(ValueError, match=r"^(This one needs a|Choose|Name|Write a number)"):
        fit(question(kind), nothing, PEOPLE)


def test_a_scale_takes_one_to_five() -> None:
    given = [fit(question(QuestionType.SCALE), str(n), PEOPLE) for n in range(1, 6)]
    assert given == [1, 2, 3, 4, 5]
    for wrong in ("0", "6", "1.5", "two", "³"):
        assert "from 1 to 5" in refusal(QuestionType.SCALE, wrong)


@given(st.integers())
def test_a_number_is_whole_and_within_its_bounds(number: int) -> None:
    if -20 <= number <= 2_000:
        assert fit(question(QuestionType.NUMBER), f" {number} ", PEOPLE) == number
    else:
        assert refusal(QuestionType.NUMBER, str(number)) == (
            "Write a whole number from -20 to 2,000."
        )


@pytest.mark.parametrize("wrong", ["1.5", "1,5", "1e3", "٣", "²", "12 of 20", "9" * 5000, "--1"])
def test_what_is_no_whole_number_is_told(wrong: str) -> None:
    assert "whole number from -20 to 2,000" in refusal(QuestionType.NUMBER, wrong)


def test_a_choice_is_one_of_those_listed() -> None:
    assert fit(question(QuestionType.CHOICE), "No", PEOPLE) == "No"
    for wrong in ("no", "Maybe", "Yes\nNo"):
        assert "one of those listed" in refusal(QuestionType.CHOICE, wrong)


@given(st.lists(st.sampled_from(CHOICES), min_size=1))
def test_several_choices_come_in_the_order_of_the_question_none_twice(given: list[str]) -> None:
    value = fit(question(QuestionType.MULTI_CHOICE), "\n".join(given), PEOPLE)
    assert value == [choice for choice in CHOICES if choice in given]


def test_a_choice_that_is_not_listed_is_told() -> None:
    assert "among those listed" in refusal(QuestionType.MULTI_CHOICE, "Yes\nPerhaps")


def test_a_person_is_somebody_on_the_team() -> None:
    assert fit(question(QuestionType.PERSON), "U2", PEOPLE) == "U2"
    assert "somebody on this team" in refusal(QuestionType.PERSON, "U9")


def test_people_are_of_the_team_each_once_in_the_order_given() -> None:
    assert fit(question(QuestionType.PEOPLE), "U3\nU1\n\nU3", PEOPLE) == ["U3", "U1"]
    assert "somebody on this team" in refusal(QuestionType.PEOPLE, "U1\nU9")


@given(st.dates())
def test_a_day_is_kept_in_iso(day: date) -> None:
    assert fit(question(QuestionType.DATE), day.isoformat(), PEOPLE) == day.isoformat()


def test_a_day_that_is_none_is_told() -> None:
    assert "Choose a day" in refusal(QuestionType.DATE, "next Friday")


def test_stakeholders_come_a_line_each_and_once_however_spelled() -> None:
    kind = QuestionType.STAKEHOLDERS
    given = " Northern  hospitals \r\n\nthe data regulator\nNORTHERN hospitals"
    assert fit(question(kind), given, PEOPLE) == ["Northern hospitals", "the data regulator"]


def test_too_many_stakeholders_or_too_long_a_name_is_told() -> None:
    kind = QuestionType.STAKEHOLDERS
    names = [f"Clinic {n}" for n in range(MOST_NAMED)]
    assert fit(question(kind), "\n".join(names), PEOPLE) == names
    assert "11 names; 10 fit" in refusal(kind, "\n".join([*names, "one more"]))
    assert fit(question(kind), "x" * 80, PEOPLE) == ["x" * 80]
    assert "at most 80 characters" in refusal(kind, "a clinic\n" + "x" * 81)


def test_a_decision_is_one_name_chosen_or_written() -> None:
    kind = QuestionType.DECISION
    assert fit(question(kind), " Move the  release ", PEOPLE) == "Move the release"
    assert fit(question(kind), "Move it\nmove it", PEOPLE) == "Move it", "chosen and written again"
    assert "one decision" in refusal(kind, "Move the release\nHire a nurse")


@pytest.mark.parametrize(
    "statement",
    [
        "We exist so that every patient goes home on the day they are well.",
        "We serve St. Mary's, Dr. Osei's ward and the U.S. clinics, e.g. Boston, at 3.5 times less",
        "Who else would call at 5 p.m. and listen?",
        "Care (first!) for those who come after us… as if they were here",
        "患者のために存在する。",
        "We are No. 1 for nobody",
    ],
)
def test_a_statement_is_one_sentence(statement: str) -> None:
    assert fit(question(QuestionType.STATEMENT), statement, PEOPLE) == statement


@pytest.mark.parametrize(
    ("given", "second"),
    [
        ("We serve nurses. We grow.", "We grow."),
        ("Why are we here? For patients.", "For patients."),
        ("By 2031. Then we rest.", "Then we rest."),
        ('We say "never." Then we go.', "Then we go."),
        ("患者のために。家族のために。", "家族のために。"),
        (
            "We serve. Everybody who has ever waited for a bed.",
            "Everybody who has ever…",
        ),
    ],
)
def test_a_second_sentence_is_told_with_its_first_words(given: str, second: str) -> None:
    told = refusal(QuestionType.STATEMENT, given)
    assert told.startswith("One sentence, please")
    assert f"“{second}”" in told


def test_a_line_break_in_a_statement_is_told() -> None:
    assert "take the line break out" in refusal(QuestionType.STATEMENT, "We serve\nnurses")


def test_problems_and_values_come_by_question() -> None:
    asked = [
        Question("said", QuestionType.LONG_TEXT, "What?"),
        Question("who", QuestionType.PERSON, "Who?"),
        Question("also", QuestionType.SHORT_TEXT, "Else?", optional=True),
    ]
    values, problems = problems_with(asked, {"said": " Words ", "who": "U9"}, PEOPLE)
    assert values == {"said": "Words"}
    assert list(problems) == ["who"]


@pytest.mark.parametrize(
    ("value", "asked"),
    [("No", True), ("Yes", False), (["Yes", "No"], True), ([], False), (2, True), (3, False)],
)
def test_a_second_step_is_asked_where_its_condition_holds(value: Value, asked: bool) -> None:
    always = Question("a", QuestionType.LONG_TEXT, "?", later=True)
    where = Question("w", QuestionType.LONG_TEXT, "?", later=True, when=When("first", ("No", "2")))
    first = question(QuestionType.CHOICE)
    assert second_step([first, always, where], {}) == (always,)
    wanted = (always, where) if asked else (always,)
    assert second_step([first, always, where], {"first": value}) == wanted
