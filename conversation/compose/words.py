"""What people wrote to a round: with their names, or in no order and without."""

from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from itertools import chain

from coaching.answer import Answer, Value, as_text
from coaching.practice import Feeds, Practice, Question, QuestionType
from coaching.round import Round
from conversation.compose.figures import is_figure, values_of
from conversation.compose.phrases import and_list, day
from conversation.messages import (
    Block,
    Bold,
    Bullets,
    Line,
    Note,
    Paragraph,
    Person,
    Quote,
    Span,
    line,
)

__all__ = ["said", "shuffled"]

_LEADING = (QuestionType.LONG_TEXT, QuestionType.STATEMENT, QuestionType.SHORT_TEXT)
_GOES_BY = {Feeds.BREAKDOWNS: "what", Feeds.PURPOSE: "sentence"}
_PERSONS = (QuestionType.PERSON, QuestionType.PEOPLE)


def said(practice: Practice, answer: Answer, user: str) -> Iterator[Block]:
    """One person's answer: their words, and what else they gave in small print; no figures."""
    given = [(one, answer.values[one.key]) for one in _worded(practice) if one.key in answer.values]
    if not given:
        return
    (leading, value), *rest = sorted(given, key=lambda pair: _rank(practice, pair[0]))
    if leading.type in _PERSONS:
        yield Paragraph((Person(user), f": {leading.text} ", *_shown(leading, value)))
    else:
        yield Quote(_in_words(leading, value), by=user)
    for question, value in rest:
        yield Note((f"{question.text} ", *_shown(question, value)))


def shuffled(round_: Round, answers: Sequence[Answer]) -> list[Block]:
    """What was written to each question, without names; nothing where nothing was.

    The order is the same each time it is said, is another one for each question, and comes from the
    words alone: neither who wrote them nor when has a part in it.
    """
    blocks: list[Block] = []
    for question in _worded(round_.practice):
        values = values_of(question, answers)
        if not values:
            continue
        blocks.append(Paragraph(line(Bold(question.text))))
        values.sort(key=lambda value: _order(f"{round_.id}.{question.key}", value))
        if question.type in _PERSONS:
            blocks.append(Bullets(tuple(_shown(question, value) for value in values)))
        else:
            blocks += [Quote(_in_words(question, value)) for value in values]
    return blocks


def _worded(practice: Practice) -> Iterator[Question]:
    return (question for question in practice.shown if not is_figure(question))


def _order(salt: str, value: Value) -> str:
    return sha256(f"{salt}.{as_text(value)}".encode("utf-8", "surrogatepass")).hexdigest()


def _rank(practice: Practice, question: Question) -> int:
    """What a person said first of all comes first; a breakdown and a purpose go by their own."""
    if practice.feeds is not None and question.key == _GOES_BY.get(practice.feeds):
        return -1
    return _LEADING.index(question.type) if question.type in _LEADING else len(_LEADING)


def _shown(question: Question, value: Value) -> Line:
    if question.type not in _PERSONS:
        return line(_in_words(question, value))
    people = value if isinstance(value, list) else [str(value)]
    spans: Iterator[Span] = chain.from_iterable((", ", Person(user)) for user in people)
    return tuple(spans)[1:]


def _in_words(question: Question, value: Value) -> str:
    if question.type is QuestionType.DATE:
        return day(date.fromisoformat(str(value)))
    return and_list(value) if isinstance(value, list) else str(value)
