"""People who leave: nothing is asked of them any more, and what they wrote stays."""

from dataclasses import replace
from datetime import datetime

from coaching.delivery import DeliveryKind
from coaching.ports import UnitOfWork
from coaching.team import Member, Role
from coaching.use_cases.excuse import excuse_who_left
from coaching.use_cases.follow_breakdown import leave_breakdowns
from coaching.use_cases.follow_invite import hand_over_invites
from coaching.use_cases.keep_promise import leave_promises
from coaching.use_cases.kept_off import forget_kept_off, place_of
from coaching.use_cases.saying import say_anew
from coaching.use_cases.settle_voice import leave_voices
from coaching.use_cases.tell_coach import note_left

__all__ = ["leave_channel", "leave_workspace", "stop_asking"]


_CAME = [DeliveryKind.COACH_NOTE]
_AGAIN = "left the channel again"


def leave_channel(uow: UnitOfWork, user: str, channel: str, now: datetime) -> None:
    """A person left a channel: if it is their team's, they leave the team (a coach stays)."""
    for team in uow.teams.where(channel=channel):
        uow.deliveries.drop_pending(place_of(team.id, user), _CAME, _AGAIN)
        for member in uow.members.where(team_id=team.id, user=user, active=True):
            if member.role is not Role.COACH:
                _leave(uow, member, now)


def leave_workspace(uow: UnitOfWork, user: str, now: datetime) -> None:
    """A person's account was switched off: they leave all their teams."""
    for member in uow.members.where(user=user, active=True):
        _leave(uow, member, now)


def stop_asking(uow: UnitOfWork, member: Member, now: datetime) -> None:
    """End what is open for a member, without reproach, and drop what was still to be asked.

    What they took on goes to somebody else; what they promised ends without a word.
    """
    excuse_who_left(uow, member, now)
    leave_voices(uow, member, now)
    leave_breakdowns(uow, member, now)
    leave_promises(uow, member, now)
    if not member.active:
        hand_over_invites(uow, member, now)


def _leave(uow: UnitOfWork, member: Member, now: datetime) -> None:
    gone = replace(member, active=False)
    uow.members.save(gone)
    stop_asking(uow, gone, now)
    forget_kept_off(uow, gone.team_id, gone.user)
    say_anew(uow, DeliveryKind.COACH_NOTE, place_of(gone.team_id, gone.user), now)
    note_left(uow, gone, now)
