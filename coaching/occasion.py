"""A cadence's occurrences as its team meets them: on holidays skipped or moved, and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from coaching.cadence import DIGEST, Cadence, WallClock
from coaching.calendar import Calendar, fate_of
from coaching.recurrence import comes_rarely, days_of, names_weekdays, on_wall
from coaching.team import Member, Team

__all__ = ["Hour", "Occasion", "coming_occasions", "occasions", "slot_after", "zones_of"]

_LONGEST_MOVE = timedelta(days=31)
"""No country rests for longer."""

_DAY = timedelta(days=1)
_LONGER_THAN_A_DAY_ON_EARTH = timedelta(hours=50)
_A_YEAR_OF_SLOTS = 53


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour of a day, as the people of a team meet it.

    `zone` is the team's, `zones` are those of its people who live by another clock. Each person
    meets it on their own, unless it is `at_once` for all, on the team's.
    """

    day: date
    at: time
    zone: ZoneInfo
    zones: frozenset[ZoneInfo] = frozenset()
    at_once: bool = False

    @property
    def due_at(self) -> datetime:
        """The team's own moment (UTC)."""
        return on_wall(self.day, self.at, self.zone)

    @property
    def begins_at(self) -> datetime:
        """The moment (UTC) at which the first of them meets it."""
        if self.at_once:
            return self.due_at
        return min(on_wall(self.day, self.at, zone) for zone in {self.zone, *self.zones})

    def moment_for(self, member: Member) -> datetime:
        """A member's own moment (UTC)."""
        if self.at_once or member.timezone is None:
            return self.due_at
        return on_wall(self.day, self.at, ZoneInfo(member.timezone))


@dataclass(frozen=True, slots=True)
class Occasion:
    """One occurrence. `day` is its own date, its name for good, wherever it moves.

    `ruled` is the day that the cadence's rule names: in a slot it comes on that day or later.
    `hour` is when it comes, or is put on record as skipped. `reason` says why it does not come, or
    not on its own day.
    """

    ruled: date
    day: date
    hour: Hour
    comes: bool
    reason: str


def zones_of(members: Iterable[Member]) -> frozenset[ZoneInfo]:
    """The time zones of those who do not live by their team's clock."""
    names = {member.timezone for member in members if member.active}
    return frozenset(ZoneInfo(name) for name in names if name is not None)


def occasions(
    cadence: Cadence, team: Team, after: datetime, zones: frozenset[ZoneInfo] = frozenset()
) -> Iterator[Occasion]:
    """The cadence's occurrences that begin, before any move, later than `after`, in order.

    `zones` are those of the team's people (`zones_of`). One that moved may begin before `after`:
    its working day went by before it was known. None where it comes in the team's slot and the team
    has none.
    """
    at = cadence.at or (team.slot.at if team.slot else None)
    if at is None:
        return
    zone = ZoneInfo(team.timezone)
    at_once = cadence.practice == DIGEST or cadence.clock is WallClock.TEAM
    calendar = Calendar(team.country, team.blackout)
    moves = cadence.practice == DIGEST or comes_rarely(cadence.rrule)
    weekends = cadence.at is None or names_weekdays(cadence.rrule)
    first = after.astimezone(zone).date()
    earlier: date | None = None
    for ruled, day in _days(cadence, team, first - _LONGEST_MOVE):
        if Hour(day, at, zone, zones, at_once).begins_at > after:
            fate = fate_of(day, calendar, moves=moves, weekends=weekends, earlier=earlier)
            hour = Hour(fate.day, at, zone, zones, at_once)
            yield Occasion(ruled, day, hour, fate.comes, fate.reason)
        earlier = day


def _days(cadence: Cadence, team: Team, first: date) -> Iterator[tuple[date, date]]:
    """Each day of the rule with the day on which it comes. A slot takes up all days before it."""
    days = days_of(cadence.rrule, cadence.starts_on, first)
    if cadence.at is not None or team.slot is None:
        return ((day, day) for day in days)
    return ((max(ruled), day) for day, ruled in groupby(days, team.slot.day_from))


def coming_occasions(
    cadence: Cadence, team: Team, now: datetime, zones: frozenset[ZoneInfo] = frozenset()
) -> Iterator[Occasion]:
    """The occurrences whose hour on the team's clock is still to come, in order.

    For people further east that of the first may have gone by.
    """
    begun = occasions(cadence, team, now - _LONGER_THAN_A_DAY_ON_EARTH, zones)
    return (occasion for occasion in begun if occasion.hour.due_at > now)


def slot_after(team: Team, day: date, zones: frozenset[ZoneInfo] = frozenset()) -> Hour | None:
    """The next sitting after `day` that no holiday and no blackout keeps from coming.

    None where the team has no slot, or is to be left alone for a year.
    """
    if team.slot is None:
        return None
    calendar = Calendar(team.country, team.blackout)
    coming = team.slot.day_from(day + _DAY)
    for _ in range(_A_YEAR_OF_SLOTS):
        if fate_of(coming, calendar, moves=False).comes:
            return Hour(coming, team.slot.at, ZoneInfo(team.timezone), zones)
        coming += 7 * _DAY
    return None
