"""A cadence's occurrences as its team meets them: on holidays skipped or moved, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from coaching.cadence import DIGEST, Cadence
from coaching.calendar import Calendar, fate_of
from coaching.recurrence import comes_rarely, days_of, on_wall
from coaching.team import Team

__all__ = ["Occasion", "occasions"]

_LONGEST_MOVE = timedelta(days=31)
"""No country rests for longer."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """One occurrence. `day` is its own date, its name for good, wherever it moves.

    `due_at` (UTC) is when it comes, or is put on record as skipped. `reason` says why it does not
    come, or not on its own day.
    """

    day: date
    due_at: datetime
    comes: bool
    reason: str


def occasions(cadence: Cadence, team: Team, after: datetime) -> Iterator[Occasion]:
    """The cadence's occurrences whose own time, before any move, is later than `after`, in order.

    One that moved may be due before `after`: its working day went by before it was known.
    """
    zone = ZoneInfo(team.timezone)
    calendar = Calendar(team.country, team.blackout)
    moves = cadence.practice == DIGEST or comes_rarely(cadence.rrule)
    first = after.astimezone(zone).date()
    earlier: date | None = None
    for day in days_of(cadence.rrule, cadence.starts_on, first - _LONGEST_MOVE):
        if on_wall(day, cadence.at, zone) > after:
            fate = fate_of(day, calendar, moves=moves, earlier=earlier)
            due_at = on_wall(fate.day, cadence.at, zone)
            yield Occasion(day, due_at, fate.comes, fate.reason)
        earlier = day
