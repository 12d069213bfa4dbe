"""Sessions with an outside voice in the room, and the invitations to them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from coaching.calendar import Calendar

__all__ = [
    "REMINDED_DAYS_BEFORE",
    "Invite",
    "InviteState",
    "Session",
    "reminded_on",
    "reminder_day",
]

REMINDED_DAYS_BEFORE = (28, 7, 2)
"""How many days before a session the owner of an invitation is asked where it stands."""


class InviteState(StrEnum):
    """Where an invitation stands."""

    OPEN = "open"
    """Nobody has been asked yet."""
    INVITED = "invited"
    ACCEPTED = "accepted"
    CAME = "came"
    NOT_THIS_TIME = "not this time"
    CANCELLED = "cancelled"
    """The session does not take place."""

    @property
    def ended(self) -> bool:
        """Whether nothing more is asked about it."""
        return self in {InviteState.CAME, InviteState.NOT_THIS_TIME, InviteState.CANCELLED}


@dataclass(frozen=True, slots=True)
class Session:
    """A strategy session of a team. Natural key: team, `on`; a cancelled one can be revived."""

    id: str
    workspace_id: str
    team_id: str
    on: date
    planned_by: str
    """The member's id."""
    planned_at: datetime
    cancelled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Invite:
    """A stakeholder who is to come to a session. `owner` (a platform id) asks them.

    `reason` is why not this time. Natural key: session, stakeholder.
    """

    id: str
    workspace_id: str
    team_id: str
    session_id: str
    stakeholder_id: str
    owner: str
    state: InviteState
    made_at: datetime
    settled_at: datetime | None = None
    reason: str = ""


def reminder_day(session: date, before: int, calendar: Calendar) -> date:
    """The day on which to remind so many days before a session, or the working day before it."""
    day = session - timedelta(days=before)
    return day if calendar.is_working(day) else calendar.working_day_before(day)


def reminded_on(
    session: date, today: date, calendar: Calendar, said: Collection[int] = ()
) -> dict[int, date]:
    """On which day each reminder is due that is still to come, by how many days before it asks.

    Of those whose day has passed only the newest is said, unless it or a later one was `said`
    already, or one is due today: for it the day is past, so it is due at once. None from the
    session's day on.
    """
    if today >= session:
        return {}
    days = {one: reminder_day(session, one, calendar) for one in REMINDED_DAYS_BEFORE}
    coming = {before: on for before, on in days.items() if on >= today}
    missed = min((before for before in days if before not in coming), default=None)
    if missed is None or today in coming.values() or any(before <= missed for before in said):
        return coming
    return {missed: days[missed], **coming}
