"""People who leave: nothing is asked of them any more, and what they wrote stays."""

from dataclasses import replace
from datetime import datetime

from coaching.delivery import DeliveryKind
from coaching.ports import UnitOfWork
from coaching.round import SittingState
from coaching.team import Member, Role
from coaching.use_cases.run_round import say_progress
from coaching.use_cases.saying import say_anew
from coaching.use_cases.tell_coach import note_left

__all__ = ["leave_channel", "leave_workspace", "stop_asking"]


def leave_channel(uow: UnitOfWork, user: str, channel: str, now: datetime) -> None:
    """A person left a channel: if it is their team's, they leave the team (a coach stays)."""
    for team in uow.teams.where(channel=channel):
        for member in uow.members.where(team_id=team.id, user=user, active=True):
            if member.role is not Role.COACH:
                _leave(uow, member, now)


def leave_workspace(uow: UnitOfWork, user: str, now: datetime) -> None:
    """A person's account was switched off: they leave all their teams."""
    for member in uow.members.where(user=user, active=True):
        _leave(uow, member, now)


def stop_asking(uow: UnitOfWork, member: Member, now: datetime) -> None:
    """Close what is open for a member, and drop what was still to be asked of them."""
    for sitting in uow.sittings.where(member_id=member.id, state=SittingState.OPEN):
        uow.sittings.save(replace(sitting, state=SittingState.CLOSED))
        uow.deliveries.drop_pending(
            sitting.id, [DeliveryKind.PROMPT, DeliveryKind.REMINDER], "left the team"
        )
        say_anew(uow, DeliveryKind.PROMPT, sitting.id, now)
        seats = uow.participations.where(sitting_id=sitting.id)
        say_progress(uow, uow.rounds.where(id=[seat.round_id for seat in seats]), now)


def _leave(uow: UnitOfWork, member: Member, now: datetime) -> None:
    gone = replace(member, active=False)
    uow.members.save(gone)
    stop_asking(uow, gone, now)
    note_left(uow, gone, now)
