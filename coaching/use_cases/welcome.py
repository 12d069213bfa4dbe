"""Telling somebody that they are on a team now, each time they come onto it, and once each time."""

from datetime import datetime

from coaching.delivery import Delivery, DeliveryKind
from coaching.ports import UnitOfWork
from coaching.team import Member
from coaching.use_cases.kept_off import forget_kept_off
from coaching.use_cases.saying import say_to

__all__ = ["BY_COMING", "BY_PLAN", "TAKEN_ON", "times_welcomed", "welcome", "welcomed_by"]

BY_COMING = "by coming"
"""They came to the team's channel."""
BY_PLAN = "by plan"
"""An operator's plan has them on the team."""
TAKEN_ON = "taken on by "
"""Begins what names the person who took them onto a team that was there."""

_NTH = "#"
_ANEW = "welcomed anew"


def welcome(uow: UnitOfWork, member: Member, by: str, now: datetime) -> None:
    """Tell a member who is on the team from now on. `by`: the person to whom they owe it, or how.

    A welcome that still waits, to a place which they left meanwhile, is not said beside this one.
    """
    forget_kept_off(uow, member.team_id, member.user)
    times = times_welcomed(uow, member)
    if times:
        uow.deliveries.drop_pending(member.id, [DeliveryKind.WELCOME], _ANEW)
    detail = f"{by}{_NTH}{times + 1}" if times else by
    say_to(uow, member, DeliveryKind.WELCOME, member.id, now, detail=detail)


def welcomed_by(delivery: Delivery) -> str:
    """The person, or how, as it was given to `welcome`."""
    return delivery.detail.partition(_NTH)[0]


def times_welcomed(uow: UnitOfWork, member: Member) -> int:
    """How often they have come onto the team."""
    kind = DeliveryKind.WELCOME
    return len(uow.deliveries.where(subject=member.id, kind=kind, update_of=None))
