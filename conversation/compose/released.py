"""What an anonymous round brought: figures and words in company, or that it waits."""

from collections.abc import Iterable
from datetime import date

from coaching.anonymity import Release, Told
from coaching.practice import Practice, Question, QuestionType
from coaching.round import Round
from conversation.compose.phrases import day
from conversation.messages import (
    Block,
    Bold,
    Bullets,
    Heading,
    Line,
    Message,
    Note,
    Paragraph,
    Person,
    Quote,
    line,
)

__all__ = ["released"]

_WAITS = (
    "What is anonymous is shown only in company, so that nobody can be picked out. What came in"
    " waits, safely, and is shown together with the next round's."
)
_SOME_WAITS = "What is not shown here waits for the next round, so that nobody can be picked out."
_TOGETHER = "With it comes what had to wait in earlier rounds."
_PEOPLE = {QuestionType.PERSON, QuestionType.PEOPLE}


def released(round_: Round, release: Release | None, *, words: bool = True) -> Message:
    """The summary of an anonymous round. It never says how many answered.

    Without `words` it has the figures alone.
    """
    practice = round_.practice
    told = release.told if release else ()
    if not told:
        opening = f"{practice.name}: it waits for the next round."
        return Message(opening, (Heading(practice.name), Paragraph(line(_WAITS))))
    figures = [one for one in told if not one.words]
    blocks: list[Block] = [Heading(practice.name), Paragraph(line(practice.summary))]
    if figures:
        blocks.append(
            Bullets(tuple(_figure(practice.question(one.question), one) for one in figures))
        )
    for one in told:
        if one.words and words:
            blocks += _words(practice.question(one.question), one)
    blocks += _small_print(practice, told, round_.id)
    return Message(f"{practice.name}: {practice.summary}", tuple(blocks))


def _figure(question: Question, told: Told) -> Line:
    if told.mean is None:
        shares = [f"{choice}: about {share}%" for choice, share in told.shares.items() if share]
        return line(f"{question.text} ", Bold(", ".join(shares)))
    of_five = " of 5" if question.scale else ""
    meaning = f" (5: {question.scale.high.lower()})" if question.scale else ""
    spread = f", spread {told.spread:.1f}" if told.spread is not None else ""
    return line(f"{question.text} ", Bold(f"{told.mean:,.1f}{of_five} on average{spread}"), meaning)


def _words(question: Question, told: Told) -> Iterable[Block]:
    yield Paragraph(line(Bold(question.text)))
    if question.type in _PEOPLE:
        yield Bullets(tuple(line(Person(user)) for user in told.words))
        return
    for words in told.words:
        yield Quote(_day(words) if question.type is QuestionType.DATE else words)


def _day(words: str) -> str:
    return day(date.fromisoformat(words))


def _small_print(practice: Practice, told: Iterable[Told], round_id: str) -> Iterable[Block]:
    shown = {one.question for one in told}
    sentences = ["Without names, in no order."]
    if any(earlier != round_id for one in told for earlier in one.rounds):
        sentences.append(_TOGETHER)
    if any(question.key not in shown for question in practice.questions):
        sentences.append(_SOME_WAITS)
    yield Note(line(" ".join(sentences)))
