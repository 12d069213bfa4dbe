"""A round (one occurrence of a cadence), and the sittings in which people meet it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from coaching.calendar import Calendar
from coaching.practice import Practice
from coaching.recurrence import on_wall

__all__ = ["Participation", "Round", "RoundState", "Sitting", "SittingState", "closing_time"]

CLOSING_HOUR = time(17, 0)


class RoundState(StrEnum):
    """Where a round stands.

    Waiting: there was no room in the sitting that it fell due for, and it moves to the next one.
    Skipped: it did not happen, which is on record, with why.
    """

    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Round:
    """One occurrence of a practice for a team.

    `occasion` is the local date of a cadence's occurrence, or an identifier where a person started
    the round. `practice` is the practice as it stood then, so a change of wording never changes
    what people were asked. `due_at` is the team's own hour of it: who lives by another clock is
    asked at that hour there. One that waits looks for room at `waits_until`. Times are UTC.
    Natural key: team, practice's key, occasion.
    """

    id: str
    workspace_id: str
    team_id: str
    cadence_id: str | None
    practice_key: str
    occasion: str
    practice: Practice
    state: RoundState
    due_at: datetime
    opened_at: datetime | None
    closes_at: datetime | None
    reason: str = ""
    """Why it was skipped, or came later than on its own day."""
    waits_until: datetime | None = None


class SittingState(StrEnum):
    """Where one person's sitting stands.

    Skipped: nobody waits for an answer, because the person said so or was never asked. It counts
    neither as asked nor as unanswered; it may still be answered while a round of it is open.
    """

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Sitting:
    """What one person is asked at one time: all rounds that open for them then, as one form.

    Natural key: member, due_at.
    """

    id: str
    workspace_id: str
    team_id: str
    member_id: str
    due_at: datetime
    closes_at: datetime
    state: SittingState
    reason: str = ""
    """Why it was skipped."""


@dataclass(frozen=True, slots=True)
class Participation:
    """That a member is asked in a round, and in which sitting. Natural key: round, member."""

    id: str
    workspace_id: str
    round_id: str
    sitting_id: str
    member_id: str


def closing_time(
    opened_at: datetime, open_days: int, zone: ZoneInfo, calendar: Calendar
) -> datetime:
    """When a round closes (UTC): 17:00 on the team's wall clock, `open_days` after it opened.

    Where nobody works then, on the next working day: nobody has to answer on a day off.
    """
    day = opened_at.astimezone(zone).date() + timedelta(days=open_days)
    while not calendar.is_working(day):
        day += timedelta(days=1)
    return on_wall(day, CLOSING_HOUR, zone)
