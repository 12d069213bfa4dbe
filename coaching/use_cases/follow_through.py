"""Asking one person what came of what they took on: on its day, and once more a week later."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from coaching.delivery import DeliveryKind, DeliveryState
from coaching.ports import UnitOfWork
from coaching.recurrence import on_wall
from coaching.team import Member, Team
from coaching.use_cases.follow_up import Entry, ask_on, stop_following_up
from coaching.wishes import CIVIL_HOUR

__all__ = ["AGAIN", "ask_only_on", "first_said_at", "take_up"]

AGAIN = "again"
"""What the second follow-up is about: nobody has answered the first."""

_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_MOVED = "another day, or somebody else's by now"


def ask_only_on(
    uow: UnitOfWork,
    team: Team,
    user: str,
    entry: Entry,
    entry_id: str,
    on: date,
    now: datetime,
) -> bool:
    """Have this person asked on this day, and a week later if they have not said; nobody else.

    A day whose hour has gone by becomes tomorrow: who has said it a minute ago is not asked at
    once. False where they are not on the team any more; nothing is asked then.
    """
    stop_following_up(uow, entry_id, _MOVED)
    member = uow.members.one(team_id=team.id, user=user, active=True)
    if member is None:
        return False
    first = _to_come(on, member, team, now)
    for day, about in ((first, ""), (first + _WEEK, AGAIN)):
        if not ask_on(uow, team, user, entry, entry_id, day, now, about):
            take_up(uow, user, entry, entry_id, day, about)
    return True


def first_said_at(uow: UnitOfWork, entry_id: str, user: str, before: date) -> datetime | None:
    """When somebody was last asked about an entry, of the days before this one."""
    asked = uow.deliveries.where(
        kind=DeliveryKind.FOLLOW_UP, subject=entry_id, addressee_id=user, update_of=None
    )
    earlier = [one for one in asked if one.detail.split(":")[1] < before.isoformat()]
    return max((one.charged_at for one in earlier if one.charged_at), default=None)


def _to_come(on: date, member: Member, team: Team, now: datetime) -> date:
    zone = ZoneInfo(member.timezone or team.timezone)
    hour = team.slot.at if team.slot else CIVIL_HOUR
    return on if on_wall(on, hour, zone) > now else now.astimezone(zone).date() + _DAY


def take_up(uow: UnitOfWork, user: str, entry: Entry, entry_id: str, on: date, about: str) -> None:
    """Have one asked that was dropped unasked, as its day is wanted once more."""
    detail = ":".join(filter(None, (entry, on.isoformat(), about)))
    for one in uow.deliveries.where(
        kind=DeliveryKind.FOLLOW_UP,
        subject=entry_id,
        detail=detail,
        addressee_id=user,
        update_of=None,
        state=DeliveryState.DROPPED,
    ):
        again = replace(one, state=DeliveryState.PENDING, reason="", attempts=0)
        uow.deliveries.save(replace(again, tried_at=None, charged_at=None))
