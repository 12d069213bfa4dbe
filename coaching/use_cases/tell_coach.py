"""What the coach must know: notes to the team's coaches, or to its leads where it has none."""

from datetime import datetime

from coaching.delivery import Addressee, Delivery, DeliveryKind
from coaching.ports import UnitOfWork
from coaching.team import Member, Role
from coaching.use_cases.saying import say_to

__all__ = [
    "LEFT",
    "OUT_OF_REACH",
    "UNDELIVERED",
    "note_left",
    "note_out_of_reach",
    "note_undelivered",
]

LEFT = "left"
OUT_OF_REACH = "out of reach"
UNDELIVERED = "undelivered"


def note_undelivered(uow: UnitOfWork, delivery: Delivery, reason: str, now: datetime) -> None:
    """Tell the coach that something can't be said to a person or channel: once for each cause."""
    if delivery.kind is DeliveryKind.COACH_NOTE:
        return  # a note about a note would never end
    concerned = delivery.addressee_id if delivery.addressee is Addressee.PERSON else ""
    detail = f"{UNDELIVERED}:{delivery.addressee}:{reason}"
    _note(uow, delivery.team_id, delivery.addressee_id, detail, concerned, now)


def note_out_of_reach(uow: UnitOfWork, waiting: Delivery, reason: str, now: datetime) -> None:
    """Tell the coach that a team's channel takes nothing: once, while `waiting` waits for it."""
    _note(uow, waiting.team_id, waiting.id, f"{OUT_OF_REACH}:{reason}", "", now)


def note_left(uow: UnitOfWork, member: Member, now: datetime) -> None:
    """Tell the coach that a member has left, and is no longer asked."""
    _note(uow, member.team_id, member.user, LEFT, member.user, now)


def _note(
    uow: UnitOfWork, team_id: str, subject: str, detail: str, concerned: str, now: datetime
) -> None:
    members = uow.members.where(team_id=team_id, active=True)
    others = [one for one in members if one.user != concerned and not one.asks_for_peace]
    coaches = [member for member in others if member.role is Role.COACH]
    for reader in coaches or [member for member in others if member.role is Role.LEAD]:
        say_to(uow, reader, DeliveryKind.COACH_NOTE, subject, now, detail=detail)
