"""What is counted of a team over time: one definition each, told in docs/reference/trends.md."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

__all__ = [
    "FEWEST_AUDITED",
    "Figures",
    "Period",
    "Standing",
    "days_up_to",
    "period_of",
    "weeks_up_to",
]

FEWEST_AUDITED = 3
"""A focus audit that fewer answered is no figure."""

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days of a team, `first` to `last`, and the moments (UTC) between which they lie.

    `since` is within it, `until` is not.
    """

    first: date
    last: date
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Figures:
    """What a period came to. None stands for a mean of nothing."""

    voices_heard: int = 0
    """Voices told in the period."""
    voices_outside: int = 0
    """Of them, those from outside the organisation."""
    voices_changed: int = 0
    """Voices whose decision was changed in the period, whenever they were heard."""
    invites_made: int = 0
    """Invitations to sessions held on a day of the period; what was cancelled is none."""
    invites_kept: int = 0
    """Of them, those who came."""
    breakdowns_logged: int = 0
    """Breakdowns logged in the period."""
    breakdowns_settled: int = 0
    """Breakdowns of which it was first said in the period what is needed now, by whom and when."""
    breakdowns_closed: int = 0
    """Breakdowns closed in the period."""
    days_to_need: float | None = None
    """The mean of the days from logging to settling, of those settled in the period."""
    promises_due: int = 0
    """Commitments and experiments for a day of the period; what was withdrawn is none."""
    promises_done: int = 0
    """Of them, those done by the word of who promised."""
    promises_partly: int = 0
    """Of them, those done in part."""
    promises_not_yet: int = 0
    """Of them, those not done yet."""
    outside_share: float | None = None
    """The mean of the shares (0 to 100) chosen in focus audits that closed in the period."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the stakeholder map stands on a day."""

    on_map: int
    """Stakeholders on the map."""
    in_focus: int
    """Of them, those to be deepened."""
    stale: int
    """Of them, those not met for 120 days; who was never met counts from being added on."""


def period_of(first: date, last: date, zone: ZoneInfo) -> Period:
    """The days from `first` to `last`, both with it."""
    return Period(first, last, _midnight(first, zone), _midnight(last + timedelta(days=1), zone))


def weeks_up_to(today: date, zone: ZoneInfo, count: int) -> tuple[Period, ...]:
    """The last weeks, Monday to Sunday, oldest first; the last is the one `today` lies in."""
    monday = today - timedelta(days=today.weekday())
    return tuple(_weeks(monday, zone, count))


def days_up_to(today: date, zone: ZoneInfo, count: int) -> tuple[Period, ...]:
    """The last seven days and the sevens before them, oldest first; the last ends with `today`."""
    return tuple(_weeks(today - timedelta(days=6), zone, count))


def _weeks(last: date, zone: ZoneInfo, count: int) -> Iterator[Period]:
    for back in reversed(range(count)):
        first = last - back * _WEEK
        after = first + _WEEK
        yield Period(
            first, after - timedelta(days=1), _midnight(first, zone), _midnight(after, zone)
        )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
