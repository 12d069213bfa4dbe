"""Answers: what a person gives to one round, and what makes a value fit its question."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from coaching.practice import Question, QuestionType

__all__ = ["MOST_CHARACTERS", "Answer", "Value", "fit", "problems_with"]

Value = str | int
"""Text, a person's id, an ISO date; or a scale's figure."""

MOST_CHARACTERS = {QuestionType.LONG_TEXT: 3000, QuestionType.SHORT_TEXT: 300}


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

    `people` are the platform ids that a person question may name.

    Raises:
        ValueError: with a sentence for the person: what is wrong, what to do.
    """
    text = (given or "").replace("\0", "").strip()  # PostgreSQL keeps no NUL, and nobody sees one
    if not text:
        if question.optional:
            return None
        raise ValueError("This one needs a few words." if _is_text(question) else "Choose one.")
    if _is_text(question):
        return _fit_text(question, text)
    return _FIT[question.type](text, people)


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


def _is_text(question: Question) -> bool:
    return question.type in MOST_CHARACTERS


def _fit_text(question: Question, text: str) -> str:
    most = MOST_CHARACTERS[question.type]
    if len(text) > most:
        raise ValueError(
            f"That is {len(text):,} characters; {most:,} fit. Your text is still here, nothing is"
            " lost: shorten it, or send it in two."
        )
    return text


def _fit_scale(text: str, _people: Collection[str]) -> int:
    if text not in {"1", "2", "3", "4", "5"}:
        raise ValueError("Choose a figure from 1 to 5.")
    return int(text)


def _fit_person(text: str, people: Collection[str]) -> str:
    if text not in people:
        raise ValueError("Choose somebody on this team: they are who I can ask about it.")
    return text


def _fit_date(text: str, _people: Collection[str]) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError("Choose a day, such as 2026-12-04.") from None


_FIT: dict[QuestionType, Callable[[str, Collection[str]], Value]] = {
    QuestionType.SCALE: _fit_scale,
    QuestionType.PERSON: _fit_person,
    QuestionType.DATE: _fit_date,
}
