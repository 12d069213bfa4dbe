"""Rounds that somebody begins by telling something of their own accord: nobody else is asked."""

from datetime import datetime

from coaching.errors import Refused
from coaching.identifiers import new_id
from coaching.ports import UnitOfWork
from coaching.practice import Practice
from coaching.round import Round, RoundState
from coaching.team import Member

__all__ = ["begin_round"]

_TOLD_ELSEWHERE = "I can't keep this here. Open the form anew, and send it from there."


def begin_round(
    uow: UnitOfWork,
    practice: Practice,
    member: Member,
    occasion: str,
    now: datetime,
    *,
    ends: bool,
) -> Round:
    """The round of a member's team for this one occasion: the same asked for twice is one round.

    `ends`: it is over at once; else it stays open.
    """
    team = uow.teams.get(member.team_id)
    begun = Round(
        id=new_id(),
        workspace_id=uow.workspace_id,
        team_id=member.team_id,
        cadence_id=None,
        practice_key=practice.key,
        occasion=occasion,
        practice=practice.opened_in(now.year, discreet=team.discreet),
        state=RoundState.CLOSED if ends else RoundState.OPEN,
        due_at=now,
        opened_at=now,
        closes_at=now if ends else None,
    )
    if uow.rounds.add(begun):
        return begun
    there = uow.rounds.one(
        team_id=member.team_id, practice_key=practice.key, occasion=occasion, cadence_id=None
    )
    if there is None:
        raise Refused(_TOLD_ELSEWHERE)
    return there
