"""The channel's line about what is open, and what a round brought when it has closed."""

from datetime import datetime
from zoneinfo import ZoneInfo

from coaching.answer import Answer
from coaching.delivery import Delivery
from coaching.ports import UnitOfWork
from coaching.practice import Visibility
from coaching.round import Round, RoundState, SittingState
from coaching.team import Team
from coaching.use_cases.close_rounds import WORDS, rounds_of_line
from coaching.use_cases.keep_anonymous import is_anonymous
from coaching.use_cases.keep_answer import is_late
from conversation.compose.figures import figures, named_often
from conversation.compose.phrases import and_list, bold_list, moment
from conversation.compose.released import released
from conversation.compose.words import said, shuffled
from conversation.messages import Block, Bullets, Heading, Message, Note, Paragraph, line

__all__ = ["progress", "summary"]

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
    practice = round_.practice
    if practice.visibility is Visibility.ANONYMOUS:
        return released(round_, uow.releases.one(round_id=round_.id))
    answers = [
        answer
        for answer in uow.answers.where(round_id=round_.id)
        if any(question.key in answer.values for question in practice.shown)
        and (practice.visibility.named or not is_late(round_, answer))
    ]
    if delivery.detail == WORDS:
        return _beside(round_, uow.teams.get(round_.team_id), answers)
    opening = practice.summary if answers else practice.quiet
    blocks: list[Block] = [Heading(practice.name), Paragraph(line(opening))]
    lines = figures(practice.shown, answers)
    if practice.visibility is Visibility.AGGREGATED:
        lines += named_often(practice.shown, answers)
    if lines:
        blocks.append(Bullets(tuple(lines)))
    if practice.visibility.named:
        users = {member.id: member.user for member in uow.members.where(team_id=round_.team_id)}
        in_time = [answer for answer in answers if not is_late(round_, answer)]
        later = [answer for answer in answers if is_late(round_, answer)]
        for answer in in_time:
            blocks += said(practice, answer, users[answer.member_id])
        blocks += [Note(line(_LATER))] if later else []
        for answer in later:
            blocks += said(practice, answer, users[answer.member_id])
    return Message(f"{practice.name}: {opening}", tuple(blocks))


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
