"""What coach or lead must know: most of it goes to the coaches, without one to the leads."""

from datetime import datetime

from coaching.delivery import Addressee, Delivery, DeliveryKind
from coaching.ports import UnitOfWork
from coaching.team import Member, Role
from coaching.use_cases.kept_off import place_of
from coaching.use_cases.saying import say_to

__all__ = [
    "CAME",
    "LEFT",
    "OUT_OF_REACH",
    "UNDELIVERED",
    "UNPINNED",
    "note_came",
    "note_left",
    "note_out_of_reach",
    "note_undelivered",
    "note_unpinned",
]

CAME = "came"
"""Begins the detail; how often the person had been on the team before follows."""
LEFT = "left"
OUT_OF_REACH = "out of reach"
UNDELIVERED = "undelivered"
UNPINNED = "unpinned"


def note_undelivered(uow: UnitOfWork, delivery: Delivery, reason: str, now: datetime) -> None:
    """Tell the coach that something can't be said to a person or channel: once for each cause."""
    if delivery.kind is DeliveryKind.COACH_NOTE:
        return  # a note about a note would never end
    concerned = delivery.addressee_id if delivery.addressee is Addressee.PERSON else ""
    detail = f"{UNDELIVERED}:{delivery.addressee}:{reason}"
    _note(uow, delivery.team_id, delivery.addressee_id, detail, concerned, now)


def note_unpinned(uow: UnitOfWork, delivery: Delivery, reason: str, now: datetime) -> None:
    """Tell the coach that the purpose can't be pinned in a channel: once for each cause."""
    detail = f"{UNPINNED}:{reason}"
    _note(uow, delivery.team_id, delivery.addressee_id, detail, "", now)


def note_out_of_reach(uow: UnitOfWork, waiting: Delivery, reason: str, now: datetime) -> None:
    """Tell the coach that a team's channel takes nothing: once, while `waiting` waits for it."""
    _note(uow, waiting.team_id, waiting.id, f"{OUT_OF_REACH}:{reason}", "", now)


def note_left(uow: UnitOfWork, member: Member, now: datetime) -> None:
    """Tell the coach that a member has left, and is no longer asked: each time they leave."""
    kind, begins = DeliveryKind.COACH_NOTE, f"{LEFT}:{member.team_id}"
    told = [one.detail for one in uow.deliveries.where(subject=member.user, kind=kind)]
    times = len({detail for detail in told if detail.startswith(begins)})
    _note(uow, member.team_id, member.user, f"{begins}:{times}", member.user, now)


def note_came(uow: UnitOfWork, team_id: str, user: str, times: int, now: datetime) -> None:
    """Tell the lead (without one, the coach) that somebody came to the team's channel.

    Once, for each of the `times` that they have been on the team since.
    """
    subject, detail = place_of(team_id, user), f"{CAME}:{times}"
    _note(uow, team_id, subject, detail, user, now, (Role.LEAD, Role.COACH))


def _note(
    uow: UnitOfWork,
    team_id: str,
    subject: str,
    detail: str,
    concerned: str,
    now: datetime,
    roles: tuple[Role, ...] = (Role.COACH, Role.LEAD),
) -> None:
    """To all who have the first of the roles that anybody has who can be told."""
    members = uow.members.where(team_id=team_id, active=True)
    others = [one for one in members if one.user != concerned and not one.asks_for_peace]
    by_role = ([one for one in others if one.role is role] for role in roles)
    for reader in next(filter(None, by_role), []):
        say_to(uow, reader, DeliveryKind.COACH_NOTE, subject, now, detail=detail)
