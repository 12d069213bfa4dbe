"""Keeping an outside voice that somebody heard, whenever they tell of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from coaching.answer import problems_with
from coaching.cadence import DIGEST
from coaching.errors import NotFound, Refused
from coaching.identifiers import new_id
from coaching.permissions import Action, demand
from coaching.ports import UnitOfWork
from coaching.practice import Practice
from coaching.round import Round, RoundState
from coaching.team import Member, Team
from coaching.use_cases.keep_answer import put_answer

__all__ = ["HeardVoice", "hear_voice", "next_digest_on"]

_NOT_MEMBER = "Only this team's members can tell it whom they heard. Its lead can add you."
_HEARD = "heard"
_WANTED = "A few words on whom you heard, and what they said."


@dataclass(frozen=True, slots=True)
class HeardVoice:
    """A voice that was kept: for which team, and the day on which its digest comes, if one does."""

    team: Team
    digest_on: date | None


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
    put_answer(uow, _round_of_their_own(uow, practice, member, occasion, now), member, values, now)
    team = uow.teams.get(member.team_id)
    return HeardVoice(team, next_digest_on(uow, team))


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


def _round_of_their_own(
    uow: UnitOfWork, practice: Practice, member: Member, occasion: str, now: datetime
) -> Round:
    """The round that this begins and ends: nobody else is asked in it."""
    team = uow.teams.get(member.team_id)
    begun = Round(
        id=new_id(),
        workspace_id=uow.workspace_id,
        team_id=member.team_id,
        cadence_id=None,
        practice_key=practice.key,
        occasion=occasion,
        practice=practice.opened_in(now.year, discreet=team.discreet),
        state=RoundState.CLOSED,
        due_at=now,
        opened_at=now,
        closes_at=now,
    )
    if uow.rounds.add(begun):
        return begun
    there = uow.rounds.one(
        team_id=member.team_id, practice_key=practice.key, occasion=occasion, cadence_id=None
    )
    if there is None:
        raise Refused(_NOT_MEMBER)
    return there
