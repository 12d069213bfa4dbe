"""When a person can be met: the days and hours of their own wall clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coaching.calendar import Calendar, Span, away_on
from coaching.quiet_hours import QuietHours
from coaching.recurrence import on_wall

__all__ = ["AT_ITS_HOUR", "CIVIL_HOUR", "Timing", "Wishes", "at_its_hour", "shut_until"]

CIVIL_HOUR = time(9)

AT_ITS_HOUR = timedelta(minutes=10)
"""What comes so much later than its hour still comes at it: many are spoken to one by one."""

_DAY = timedelta(days=1)
_MOMENT = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Wishes:
    """When a person can be met. Days and hours are those of their own wall clock, in `zone`.

    `calendar` has their team's days off; None: every day is a working day. `paused_until` is the
    first day on which they are asked again. `never`: why nothing is said to them at all; "" where
    it may be.
    """

    zone: ZoneInfo
    quiet: QuietHours | None = None
    away: tuple[Span, ...] = ()
    calendar: Calendar | None = None
    paused_until: date | None = None
    never: str = ""


@dataclass(frozen=True, slots=True)
class Timing:
    """When something is meant to be said, on the wall clock of whom it goes to.

    `hour`: when it comes on another day than its own; at the end of quiet hours if they cover it.
    `weekday` (0 is Monday): a day it is meant for though nobody may work then; None: none.
    `not_before`, `until` (UTC): from then on it may come; from then on it is not worth saying.
    """

    hour: time = CIVIL_HOUR
    weekday: int | None = None
    not_before: datetime | None = None
    until: datetime | None = None


def shut_until(wishes: Wishes, timing: Timing, moment: datetime) -> tuple[datetime, str] | None:
    """Why nothing may be said at `moment`, and the next moment (UTC) at which that may be over.

    None where it may be.
    """
    wall = moment.astimezone(wishes.zone)
    shut = _away(wishes, wall.date())
    if shut is None and wishes.calendar is not None:
        shut = _off(wishes.calendar, timing, wall.date())
    if shut is not None:
        day, reason = shut
        return max(_hour_on(day, wishes, timing), moment + _MOMENT), reason
    if wishes.quiet is not None and wall.time() in wishes.quiet:
        return _end_of_quiet(wishes.quiet, wishes.zone, moment), "quiet hours"
    return None


def at_its_hour(wishes: Wishes, timing: Timing, moment: datetime) -> datetime:
    """`moment`, if its hour has just come then; else the next time that it comes (UTC)."""
    today = moment.astimezone(wishes.zone).date()
    hours = [_hour_on(today + days * _DAY, wishes, timing) for days in (-1, 0, 1, 2)]
    if any(hour <= moment <= hour + AT_ITS_HOUR for hour in hours):
        return moment
    return min(hour for hour in hours if hour > moment)


def _away(wishes: Wishes, day: date) -> tuple[date, str] | None:
    """The first day after a person's own absence, and what it is called."""
    if (span := away_on(wishes.away, day)) is not None:
        return span.last + _DAY, "away"
    if wishes.paused_until is not None and day < wishes.paused_until:
        return wishes.paused_until, "paused"
    return None


def _off(calendar: Calendar, timing: Timing, day: date) -> tuple[date, str] | None:
    """The first day after one on which the team is to be left alone, and why it is."""
    if (span := away_on(calendar.blackout, day)) is not None:
        return span.last + _DAY, "blackout"
    if holiday := calendar.holiday(day):
        return day + _DAY, f"holiday: {holiday}"
    if not calendar.is_working(day) and day.weekday() != timing.weekday:
        return day + _DAY, "weekend"
    return None


def _hour_on(day: date, wishes: Wishes, timing: Timing) -> datetime:
    quiet = wishes.quiet
    hour = quiet.end if quiet is not None and timing.hour in quiet else timing.hour
    return on_wall(day, hour, wishes.zone)


def _end_of_quiet(quiet: QuietHours, zone: ZoneInfo, moment: datetime) -> datetime:
    return min(end for end in _ends_of_quiet(quiet, zone, moment) if end > moment)


def _ends_of_quiet(quiet: QuietHours, zone: ZoneInfo, moment: datetime) -> Iterator[datetime]:
    day = moment.astimezone(zone).date()
    for days in (0, 1, 2):
        yield on_wall(day + days * _DAY, quiet.end, zone)
    # Where the clock goes back over the end, the hours that come twice are quiet twice.
    yield datetime.combine(day, quiet.end, zone).replace(fold=1).astimezone(UTC)
