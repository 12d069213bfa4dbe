"""When a cadence is due: RFC 5545 on the wall clock of a time zone, placed on the time line.

A time that a spring gap skips moves to the first minute after the gap; a time that an autumn fold
repeats happens once, the first. So there is one occurrence per local date, always.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rruleset, rrulestr
from dateutil.tz import datetime_exists

__all__ = ["check_rule", "occurrences", "on_wall"]

_DAY = "(MO|TU|WE|TH|FR|SA|SU)"
_SHAPES = {
    "FREQ": "WEEKLY",
    "INTERVAL": "[1-9][0-9]?",
    "BYDAY": f"{_DAY}(,{_DAY})*",
    "WKST": _DAY,
    "COUNT": "[1-9][0-9]{0,2}",
    "UNTIL": "[0-9]{8}",
}
"""Stricter than dateutil: it never ends from INTERVAL=0, and takes BYDAY=2TU for BYDAY=TU."""
_EXAMPLE = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20261218"


def check_rule(rule: str) -> None:
    """Go on if `rule` is a weekly recurrence rule that can be kept.

    Raises:
        ValueError: says what is wrong, in a sentence.
    """
    pairs = [part.partition("=")[::2] for part in rule.upper().split(";")]
    parts = dict(pairs)
    if parts.get("FREQ") != "WEEKLY":
        raise ValueError("weekly rules only so far, such as FREQ=WEEKLY;BYDAY=TU")
    if finer := sorted(parts.keys() & {"BYHOUR", "BYMINUTE", "BYSECOND"}):
        raise ValueError(f"{finer[0]} does not belong in the rule: the hour stands in `at`")
    for part, value in pairs:
        if not re.fullmatch(_SHAPES.get(part, "(?!)"), value):
            raise ValueError(f"`{part}={value}` can't be kept; what can is like {_EXAMPLE}")
    if len(parts) < len(pairs) or {"COUNT", "UNTIL"} <= parts.keys():
        raise ValueError("each part stands once, and COUNT or UNTIL, not both")
    _parse(rule, date(2026, 1, 5))


def occurrences(
    rule: str, starts_on: date, at: time, zone: ZoneInfo, after: datetime
) -> Iterator[tuple[date, datetime]]:
    """The local date and the moment (UTC) of every occurrence later than `after`, in order."""
    first_day = datetime.combine(after.astimezone(zone).date(), time.min)
    rules = _parse(rule, starts_on)
    for occurrence in rules.xafter(first_day, inc=True):
        moment = on_wall(occurrence.date(), at, zone)
        if moment > after:
            yield occurrence.date(), moment


def on_wall(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment (UTC) at which the wall clock of `zone` shows `at` on `day`.

    In a gap: the first minute after it. In a fold: the first of the two.
    """
    wall = datetime.combine(day, at, zone)  # fold=0: the first of two
    while not datetime_exists(wall):
        wall += timedelta(minutes=1)
    return wall.astimezone(UTC)


def _parse(rule: str, starts_on: date) -> rrule | rruleset:
    """The rule over days: each at midnight, so that UNTIL, a day, has that day in it."""
    try:
        return rrulestr(rule, dtstart=datetime.combine(starts_on, time.min))
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise ValueError(f"not a recurrence rule ({error}); try FREQ=WEEKLY;BYDAY=TU") from error
