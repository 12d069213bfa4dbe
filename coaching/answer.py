"""Answers: what a person gives to one round, and what makes a value fit its question."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from coaching.practice import Question, QuestionType
from coaching.sentences import second_sentence_in

__all__ = [
    "MOST_CHARACTERS",
    "MOST_NAMED",
    "Answer",
    "Value",
    "as_text",
    "fit",
    "problems_with",
    "second_step",
]

Value = str | int | list[str]
"""Text, a person's id, an ISO date, a choice; a figure; or several of them, none twice."""

MOST_CHARACTERS = {
    QuestionType.LONG_TEXT: 3000,
    QuestionType.SHORT_TEXT: 300,
    QuestionType.STATEMENT: 240,
    QuestionType.DECISION: 200,
    QuestionType.STAKEHOLDERS: 80,
}
"""Of a text; of stakeholders, each name."""

MOST_NAMED = 10
"""How many stakeholders one answer may name."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one member gave to one round: values by question key. Natural key: round, member."""

    id: str
    workspace_id: str
    round_id: str
    member_id: str
    values: dict[str, Value]
    answered_at: datetime
    edited_at: datetime | None = None


def fit(question: Question, given: str | None, people: Collection[str]) -> Value | None:
    """The value that `given` means for `question`; None where nothing was given.

    Where several can be given, each stands on a line of `given`. `people` are the platform ids that
    a question for persons may name.

    Raises:
        ValueError: with a sentence for the person: what is wrong, what to do.
    """
    text = (given or "").replace("\0", "").strip()  # PostgreSQL keeps no NUL, and nobody sees one
    if not text:
        if question.optional:
            return None
        raise ValueError(_WANTED.get(question.type, "Choose one."))
    return _FIT[question.type](question, text, people)


def as_text(value: Value) -> str:
    """The text that `fit` takes for this value: several on a line each."""
    return "\n".join(value) if isinstance(value, list) else str(value)


def second_step(questions: Iterable[Question], values: Mapping[str, Value]) -> tuple[Question, ...]:
    """Those asked in the second step of somebody who gave these values in the first."""
    return tuple(one for one in questions if one.later and _applies(one, values))


def _applies(question: Question, values: Mapping[str, Value]) -> bool:
    if question.when is None:
        return True
    value = values.get(question.when.question)
    if value is None:
        return False
    given = value if isinstance(value, list) else [str(value)]
    return not question.when.answer or any(each in question.when.answer for each in given)


def problems_with(
    questions: Collection[Question], given: Mapping[str, str | None], people: Collection[str]
) -> tuple[dict[str, Value], dict[str, str]]:
    """The values that fit, and a sentence for each that does not, both by question key."""
    values: dict[str, Value] = {}
    problems: dict[str, str] = {}
    for question in questions:
        try:
            value = fit(question, given.get(question.key), people)
        except ValueError as error:
            problems[question.key] = str(error)
        else:
            if value is not None:
                values[question.key] = value
    return values, problems


def _lines(text: str) -> list[str]:
    """The lines of a text, none empty, none twice."""
    lines: dict[str, str] = {}
    for line in text.splitlines():
        tidy = " ".join(line.split())
        if tidy:
            lines.setdefault(tidy.casefold(), tidy)
    return list(lines.values())


def _fit_text(question: Question, text: str, _people: Collection[str]) -> str:
    _check_length(question.type, text, "shorten it, or send it in two")
    return text


def _check_length(kind: QuestionType, text: str, mend: str) -> None:
    most = MOST_CHARACTERS[kind]
    if len(text) > most:
        raise ValueError(
            f"That is {len(text):,} characters; {most:,} fit. Your text is still here, nothing is"
            f" lost: {mend}."
        )


def _fit_statement(question: Question, text: str, _people: Collection[str]) -> str:
    _check_length(question.type, text, "find the shorter way to say it")
    if len(text.splitlines()) > 1:
        raise ValueError("One sentence on one line, please: take the line break out.")
    if second := second_sentence_in(text):
        raise ValueError(
            f"One sentence, please; a second one begins at “{second}”. Which of them carries it?"
        )
    return text


def _fit_scale(_question: Question, text: str, _people: Collection[str]) -> int:
    if text not in {"1", "2", "3", "4", "5"}:
        raise ValueError("Choose a figure from 1 to 5.")
    return int(text)


def _fit_number(question: Question, text: str, _people: Collection[str]) -> int:
    if re.fullmatch("[+-]?[0-9]{1,18}", text):
        number = int(text)
        if question.least <= number <= question.most:
            return number
    raise ValueError(f"Write a whole number from {question.least:,} to {question.most:,}.")


def _fit_choice(question: Question, text: str, _people: Collection[str]) -> str:
    if text not in question.choices:
        raise ValueError("Choose one of those listed.")
    return text


def _fit_choices(question: Question, text: str, _people: Collection[str]) -> list[str]:
    given = _lines(text)
    if not set(given) <= set(question.choices):
        raise ValueError("Choose among those listed.")
    return [choice for choice in question.choices if choice in given]


def _fit_person(_question: Question, text: str, people: Collection[str]) -> str:
    if text not in people:
        raise ValueError("Choose somebody on this team: they are who I can ask about it.")
    return text


def _fit_people(question: Question, text: str, people: Collection[str]) -> list[str]:
    return [_fit_person(question, line, people) for line in _lines(text)]


def _fit_stakeholders(question: Question, text: str, _people: Collection[str]) -> list[str]:
    names = _lines(text)
    most = MOST_CHARACTERS[question.type]
    if len(names) > MOST_NAMED:
        raise ValueError(
            f"That is {len(names)} names; {MOST_NAMED} fit. Keep those who matter most."
        )
    for name in names:
        if len(name) > most:
            raise ValueError(
                f"A name has at most {most} characters, and each stands on a line of its own."
            )
    return names


def _fit_decision(question: Question, text: str, _people: Collection[str]) -> str:
    names = _lines(text)
    if len(names) > 1:
        raise ValueError("Name one decision, on one line: choose it or write it.")
    _check_length(question.type, names[0], "a few words are enough to find it again")
    return names[0]


def _fit_date(_question: Question, text: str, _people: Collection[str]) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError("Choose a day, such as 2026-12-04.") from None


_FEW_WORDS = "This one needs a few words."

_WANTED: dict[QuestionType, str] = {
    QuestionType.LONG_TEXT: _FEW_WORDS,
    QuestionType.SHORT_TEXT: _FEW_WORDS,
    QuestionType.STATEMENT: "This one needs a sentence.",
    QuestionType.NUMBER: "Write a number.",
    QuestionType.DECISION: "Name one.",
    QuestionType.STAKEHOLDERS: "Name at least one.",
    QuestionType.PEOPLE: "Choose at least one.",
    QuestionType.MULTI_CHOICE: "Choose at least one.",
}
"""What is said where nothing was given, and something is needed."""

_FIT: dict[QuestionType, Callable[[Question, str, Collection[str]], Value]] = {
    QuestionType.LONG_TEXT: _fit_text,
    QuestionType.SHORT_TEXT: _fit_text,
    QuestionType.STATEMENT: _fit_statement,
    QuestionType.SCALE: _fit_scale,
    QuestionType.NUMBER: _fit_number,
    QuestionType.CHOICE: _fit_choice,
    QuestionType.MULTI_CHOICE: _fit_choices,
    QuestionType.PERSON: _fit_person,
    QuestionType.PEOPLE: _fit_people,
    QuestionType.STAKEHOLDERS: _fit_stakeholders,
    QuestionType.DECISION: _fit_decision,
    QuestionType.DATE: _fit_date,
}
