"""The channel's line about what is open, and what a round brought when it has closed."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from coaching.answer import Answer, Value
from coaching.delivery import Delivery
from coaching.ports import UnitOfWork
from coaching.practice import Feeds, Practice, Question, QuestionType
from coaching.round import RoundState, SittingState
from coaching.use_cases.run_round import rounds_of_line
from conversation.compose.phrases import and_list, bold_list, day, moment
from conversation.messages import (
    Block,
    Heading,
    Line,
    Message,
    Note,
    Paragraph,
    Person,
    Quote,
    Span,
    line,
)

__all__ = ["progress", "summary"]


def progress(uow: UnitOfWork, delivery: Delivery, now: datetime) -> Message | str:
    """The line in the channel: what is open until when, and how many have answered."""
    round_ = uow.rounds.get(delivery.subject)
    rounds = rounds_of_line(uow, round_)
    team = uow.teams.get(round_.team_id)
    names = [one.practice.name for one in rounds]
    asked, answered = _counts(uow, round_.team_id, round_.due_at)
    still_open = [one.closes_at for one in rounds if one.state is RoundState.OPEN and one.closes_at]
    count = f"{answered} of {asked} have answered"
    if not still_open:
        return Message(
            f"{and_list(names)}, closed: {count}.",
            (Paragraph((*bold_list(names), f" · closed · {count}")),),
        )
    until = moment(max(still_open), ZoneInfo(team.timezone))
    return Message(
        f"{and_list(names)}: open until {until.fallback}; {count}.",
        (
            Paragraph((*bold_list(names), " · open until ", until, f" · {count}")),
            Note(line("Your questions are in your direct messages with me.")),
        ),
    )


def summary(uow: UnitOfWork, delivery: Delivery, _now: datetime) -> Message | str:
    """What a closed round brought, in people's own words."""
    round_ = uow.rounds.get(delivery.subject)
    users = {member.id: member.user for member in uow.members.where(team_id=round_.team_id)}
    practice = round_.practice
    answers = [answer for answer in uow.answers.where(round_id=round_.id) if answer.values]
    opening = practice.summary if answers else practice.quiet
    blocks: list[Block] = [Heading(practice.name), Paragraph(line(opening))]
    for answer in answers:
        blocks += said(practice, answer, users[answer.member_id])
    return Message(f"{practice.name}: {opening}", tuple(blocks))


def said(practice: Practice, answer: Answer, user: str) -> Iterator[Block]:
    """One person's answer: their words, and what else they gave in small print."""
    given = [(q, answer.values[q.key]) for q in practice.questions if q.key in answer.values]
    quoted, *rest = sorted(given, key=lambda pair: not _leads(practice, pair[0]))
    yield Quote(_in_words(*quoted), by=user)
    for question, value in rest:
        yield Note(_small_print(question, value))


def _leads(practice: Practice, question: Question) -> bool:
    """Whether this is what a person said first of all; a breakdown goes by its name."""
    if practice.feeds is Feeds.BREAKDOWNS:
        return question.key == "what"
    return question.type is QuestionType.LONG_TEXT


def _small_print(question: Question, value: Value) -> Line:
    shown: Span = (
        Person(str(value)) if question.type is QuestionType.PERSON else _in_words(question, value)
    )
    return line(f"{question.text} ", shown)


def _in_words(question: Question, value: Value) -> str:
    if question.type is QuestionType.DATE:
        return day(date.fromisoformat(str(value)))
    if question.scale is not None:
        return f"{value} of 5 (5: {question.scale.high.lower()})"
    return str(value)


def _counts(uow: UnitOfWork, team_id: str, due_at: datetime) -> tuple[int, int]:
    """How many were asked (and are still there, or answered), and how many answered."""
    active = {member.id for member in uow.members.where(team_id=team_id, active=True)}
    sittings = uow.sittings.where(team_id=team_id, due_at=due_at)
    answered = sum(sitting.state is SittingState.ANSWERED for sitting in sittings)
    gone = sum(
        sitting.state is not SittingState.ANSWERED and sitting.member_id not in active
        for sitting in sittings
    )
    return len(sittings) - gone, answered
