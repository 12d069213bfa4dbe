"""The channel's line about what is open, and what a round brought when it has closed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from coaching.answer import Answer
from coaching.delivery import Delivery, DeliveryKind
from coaching.ports import UnitOfWork
from coaching.practice import Feeds, Practice, Visibility
from coaching.round import Round, RoundState, SittingState
from coaching.team import Team
from coaching.use_cases.be_discreet import is_hidden
from coaching.use_cases.close_rounds import WORDS, rounds_of_line
from coaching.use_cases.keep_anonymous import is_anonymous
from coaching.use_cases.keep_answer import is_late
from coaching.use_cases.team_purpose import SENTENCE
from conversation.compose.confidence import instead
from conversation.compose.figures import figures
from conversation.compose.figures import named_often as names_of_several
from conversation.compose.phrases import and_list, bold_list, moment
from conversation.compose.released import released
from conversation.compose.words import said, shuffled
from conversation.messages import Block, Bullets, Heading, Message, Note, Paragraph, line
from insights.apart import furthest_first

__all__ = ["in_full", "progress", "summary"]

_FURTHEST = "The two that lie furthest apart stand first."
_LATER = "What follows came once the round had closed."


def progress(uow: UnitOfWork, delivery: Delivery, now: datetime) -> Message | str:
    """The line in the channel: what is open until when, and how many have answered."""
    round_ = uow.rounds.get(delivery.subject)
    rounds = rounds_of_line(uow, round_)
    team = uow.teams.get(round_.team_id)
    names = [one.practice.name for one in rounds]
    counted = [one for one in rounds if not is_anonymous(one)]
    still_open = [one.closes_at for one in rounds if one.state is RoundState.OPEN and one.closes_at]
    count = _progress(uow, round_, rounds, counted)
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
    """What a closed round brought: to the channel, or (`WORDS`) what only lead and coach read.

    What came late is marked. Where the team sees figures it is left out, of the words beside them
    too: whoever compared what was told before and after would know what one person gave.
    """
    round_ = uow.rounds.get(delivery.subject)
    team = uow.teams.get(round_.team_id)
    if delivery.detail == WORDS:
        return _beside(round_, team, _told(uow, round_))
    return _in_figures(uow, round_) if is_hidden(team, round_) else in_full(uow, round_)


def in_full(uow: UnitOfWork, round_: Round) -> Message:
    """What a closed round brought, as its team reads it."""
    practice = round_.practice
    if practice.visibility is Visibility.ANONYMOUS:
        return released(round_, uow.releases.one(round_id=round_.id))
    answers = _told(uow, round_)
    blocks = [*_opening(practice, answers), *_figures(practice, answers, named_often=True)]
    if practice.visibility.named:
        blocks += _by_name(uow, round_, answers)
    return _message(practice, answers, blocks)


def _in_figures(uow: UnitOfWork, round_: Round) -> Message:
    """The same without a word that anybody wrote, and the way to those there are."""
    practice, whole = round_.practice, in_full(uow, round_)
    if practice.visibility is Visibility.ANONYMOUS:
        bare = released(round_, uow.releases.one(round_id=round_.id), words=False)
    else:
        answers = _told(uow, round_)
        blocks = [*_opening(practice, answers), *_figures(practice, answers, named_often=False)]
        bare = _message(practice, answers, blocks)
    if bare == whole:
        return whole
    return replace(bare, blocks=(*bare.blocks, *instead(DeliveryKind.SUMMARY, round_.id)))


def _told(uow: UnitOfWork, round_: Round) -> list[Answer]:
    """The answers that others are told of in some form."""
    practice = round_.practice
    return [
        answer
        for answer in uow.answers.where(round_id=round_.id)
        if any(question.key in answer.values for question in practice.shown)
        and (practice.visibility.named or not is_late(round_, answer))
    ]


def _message(practice: Practice, answers: list[Answer], blocks: list[Block]) -> Message:
    opening = practice.summary if answers else practice.quiet
    return Message(f"{practice.name}: {opening}", tuple(blocks))


def _opening(practice: Practice, answers: list[Answer]) -> Iterator[Block]:
    yield Heading(practice.name)
    yield Paragraph(line(practice.summary if answers else practice.quiet))


def _figures(practice: Practice, answers: list[Answer], *, named_often: bool) -> Iterator[Block]:
    lines = figures(practice.shown, answers)
    if named_often and practice.visibility is Visibility.AGGREGATED:
        lines += names_of_several(practice.shown, answers)
    if lines:
        yield Bullets(tuple(lines))


def _by_name(uow: UnitOfWork, round_: Round, answers: list[Answer]) -> Iterator[Block]:
    users = {member.id: member.user for member in uow.members.where(team_id=round_.team_id)}
    in_time = _side_by_side(round_, [one for one in answers if not is_late(round_, one)])
    later = [answer for answer in answers if is_late(round_, answer)]
    if round_.practice.feeds is Feeds.PURPOSE and len(in_time) > 2:
        yield Note(line(_FURTHEST))
    for answer in in_time:
        yield from said(round_.practice, answer, users[answer.member_id])
    if later:
        yield Note(line(_LATER))
    for answer in later:
        yield from said(round_.practice, answer, users[answer.member_id])


def _side_by_side(round_: Round, answers: list[Answer]) -> list[Answer]:
    """Of sentences of purpose the two that lie furthest apart come first."""
    if round_.practice.feeds is not Feeds.PURPOSE:
        return answers
    order = furthest_first([str(answer.values.get(SENTENCE, "")) for answer in answers])
    return [answers[place] for place in order]


def _beside(round_: Round, team: Team, answers: list[Answer]) -> Message | str:
    """What lead and coach read of a round that shows the team figures."""
    words = shuffled(round_, answers)
    if not words:
        return "nothing was written"
    name = round_.practice.name
    opening = f"{name}, for {team.name}: what was written, in no order and without names."
    return Message(
        opening,
        (
            Heading(name),
            Paragraph(line(f"What {team.name} wrote, in no order and without names.")),
            *words,
            Note(line("The team sees figures; the words stay with its lead and its coach.")),
        ),
    )


def _progress(uow: UnitOfWork, subject: Round, rounds: list[Round], counted: list[Round]) -> str:
    """How many have answered; of what is anonymous there is no count, not even beside others."""
    if not counted:
        return "anonymous, so nobody is counted"
    asked, answered = _counts(uow, subject.team_id, subject.due_at)
    if len(counted) == len(rounds):
        return f"{answered} of {asked} have answered"
    by_name = uow.answers.where(round_id=[one.id for one in counted])
    answered = len({answer.member_id for answer in by_name})
    names = and_list([one.practice.name for one in counted])
    return f"{names}: {answered} of {asked} have answered"


def _counts(uow: UnitOfWork, team_id: str, due_at: datetime) -> tuple[int, int]:
    """How many were asked (and are still there, or answered), and how many answered.

    Who let it pass, or was never asked, does not count.
    """
    active = {member.id for member in uow.members.where(team_id=team_id, active=True)}
    sittings = uow.sittings.where(team_id=team_id, due_at=due_at)
    answered = sum(sitting.state is SittingState.ANSWERED for sitting in sittings)
    gone = sum(
        sitting.state is SittingState.SKIPPED
        or (sitting.state is not SittingState.ANSWERED and sitting.member_id not in active)
        for sitting in sittings
    )
    return len(sittings) - gone, answered
