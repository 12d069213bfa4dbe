"""Keeping an outside voice that somebody heard, whenever they tell of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from coaching.answer import problems_with, second_step
from coaching.cadence import DIGEST
from coaching.errors import NotFound, Refused
from coaching.permissions import Action, demand
from coaching.ports import UnitOfWork
from coaching.practice import Practice, Question
from coaching.team import Member, Team
from coaching.use_cases.keep_answer import put_answer
from coaching.use_cases.keep_voice import keep_voice
from coaching.use_cases.rounds_of_their_own import begin_round
from coaching.voice import Voice

__all__ = ["HeardVoice", "hear_voice", "next_digest_on"]

_NOT_MEMBER = "Only this team's members can tell it whom they heard. Its lead can add you."
_HEARD = "heard"
_WANTED = "A few words on whom you heard, and what they said."


@dataclass(frozen=True, slots=True)
class HeardVoice:
    """A voice that was kept: for which team, and the day on which its digest comes, if one does.

    `later`: what is asked of it in a second step.
    """

    team: Team
    digest_on: date | None
    voice: Voice | None = None
    later: tuple[Question, ...] = ()


def hear_voice(
    uow: UnitOfWork,
    practice: Practice,
    member_id: str,
    user: str,
    occasion: str,
    given: Mapping[str, str],
    now: datetime,
) -> HeardVoice:
    """Keep a voice that a member heard, as their answer in a round of their own.

    `given` is by question key. `occasion` names this one voice: the same sent twice is kept once.

    Raises:
        Refused: with a sentence for each question that can't be kept.
    """
    member = _member(uow, member_id, user)
    questions = [question for question in practice.questions if not question.later]
    people = {one.user for one in uow.members.where(team_id=member.team_id, active=True)}
    values, wrong = problems_with(questions, given, people)
    if _HEARD not in values:
        wrong = {_HEARD: _WANTED} | wrong
    if wrong:
        raise Refused("Some of it needs another look.", wrong)
    round_ = begin_round(uow, practice, member, occasion, now, ends=True)
    put_answer(uow, round_, member, values, now)
    voice = keep_voice(uow, round_, member, values, now)
    team = uow.teams.get(member.team_id)
    later = second_step(practice.questions, values)
    return HeardVoice(team, next_digest_on(uow, team), voice, later)


def next_digest_on(uow: UnitOfWork, team: Team) -> date | None:
    """The day, by the team's calendar, on which its next digest is due; None where none comes."""
    if team.paused:
        return None
    coming = uow.cadences.where(team_id=team.id, practice=DIGEST, paused=False)
    moments = [one.next_due_at for one in coming if one.next_due_at is not None]
    return min(moments).astimezone(ZoneInfo(team.timezone)).date() if moments else None


def _member(uow: UnitOfWork, member_id: str, user: str) -> Member:
    try:
        member = uow.members.get(member_id)
    except NotFound:
        raise Refused(_NOT_MEMBER) from None
    if member.user != user:
        raise Refused(_NOT_MEMBER)
    demand(member, Action.TELL_VOICE)
    return member
