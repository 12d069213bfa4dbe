"""Following up: on its day somebody is asked what came of what they took on, until they have said.

A follow-up is a delivery with a future due time, so a stop of the process changes nothing but when.
"""

from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from coaching.delivery import Delivery, DeliveryKind
from coaching.ports import UnitOfWork
from coaching.recurrence import on_wall
from coaching.team import Team
from coaching.use_cases.saying import say_anew, say_to
from coaching.wishes import CIVIL_HOUR

__all__ = [
    "Entry",
    "ask_on",
    "asked_about",
    "asked_of",
    "comes_weekly",
    "say_follow_ups_anew",
    "stop_following_up",
]


class Entry(StrEnum):
    """What is followed up: an entry of which register."""

    BREAKDOWN = "breakdown"
    PROMISE = "promise"
    VOICE = "voice"
    INVITE = "invite"
    UNOWNED = "unowned"
    """A breakdown whose owner has left."""
    HELP = "help"
    """A change of an entry: somebody asked for help with what they took on."""


_WEEKLY = frozenset({Entry.BREAKDOWN, Entry.PROMISE, Entry.VOICE})


def ask_on(
    uow: UnitOfWork,
    team: Team,
    user: str,
    entry: Entry,
    entry_id: str,
    on: date,
    now: datetime,
    about: str = "",
) -> bool:
    """Have a person asked about an entry on a day, at the team's hour on their own clock.

    Once for each day, and what it is `about` where that differs: False where it is queued already,
    or they are not on the team any more. A day that has come is asked about at once.
    """
    member = uow.members.one(team_id=team.id, user=user, active=True)
    if member is None:
        return False
    zone = ZoneInfo(member.timezone or team.timezone)
    at = on_wall(on, team.slot.at if team.slot else CIVIL_HOUR, zone)
    detail = ":".join(filter(None, (entry, on.isoformat(), about)))
    return say_to(uow, member, DeliveryKind.FOLLOW_UP, entry_id, max(at, now), detail=detail)


def asked_of(delivery: Delivery) -> tuple[Entry, date]:
    """Of which register's entry a follow-up asks, and for which day."""
    entry, on, *_ = delivery.detail.split(":")
    return Entry(entry), date.fromisoformat(on)


def asked_about(delivery: Delivery) -> str:
    """What of the entry it asks about, where an entry is asked about in several ways."""
    return "".join(delivery.detail.split(":")[2:])


def comes_weekly(delivery: Delivery) -> bool:
    """Whether it is one of those that come to a person about one thing a week at most.

    Whoever took on much would be asked of nothing else: what waits stands on their home. A session
    does not wait, and neither does a colleague.
    """
    return delivery.kind is DeliveryKind.FOLLOW_UP and asked_of(delivery)[0] in _WEEKLY


def stop_following_up(uow: UnitOfWork, entry_id: str, reason: str) -> None:
    """Ask no more about an entry: an answer has ended it."""
    uow.deliveries.drop_pending(entry_id, [DeliveryKind.FOLLOW_UP], reason)


def say_follow_ups_anew(uow: UnitOfWork, entry_id: str, now: datetime) -> None:
    """Have what was asked about an entry say how it stands now."""
    say_anew(uow, DeliveryKind.FOLLOW_UP, entry_id, now)
