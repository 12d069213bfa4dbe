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


def check_rule(rule: str) -> None:
    """Go on if `rule` is a weekly recurrence rule that can be kept.

    Raises:
        ValueError: says what is wrong, in a sentence.

    """
    parsed = _parse(rule, datetime(2026, 1, 5, 9))
    if not isinstance(parsed, rrule):
        raise ValueError("one rule only, without DTSTART, RDATE or EXDATE")
    parts = dict(part.partition("=")[::2] for part in rule.upper().split(";"))
    if parts.get("FREQ") != "WEEKLY":
        raise ValueError("weekly rules only so far, such as FREQ=WEEKLY;BYDAY=TU")
    for part in ("INTERVAL", "COUNT"):  # dateutil goes backwards, or on for ever, from 0 down
        if not re.fullmatch("[1-9][0-9]{0,3}", parts.get(part, "1")):
            raise ValueError(f"{part} is a whole number from 1, such as {part}=2")
    finer = sorted(parts.keys() & {"BYHOUR", "BYMINUTE", "BYSECOND", "DTSTART"})
    if finer:
        raise ValueError(f"{finer[0]} does not belong in the rule: the hour stands in `at`")


def occurrences(
    rule: str, starts_on: date, at: time, zone: ZoneInfo, after: datetime
) -> Iterator[tuple[date, datetime]]:
    """The local date and the moment (UTC) of every occurrence later than `after`, in order."""
    day_before = after.astimezone(zone).date() - timedelta(days=1)
    rules = _parse(rule, datetime.combine(starts_on, at))
    for occurrence in rules.xafter(datetime.combine(day_before, time.min), inc=True):
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


def _parse(rule: str, start: datetime) -> rrule | rruleset:
    try:
        return rrulestr(rule, dtstart=start)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise ValueError(f"not a recurrence rule ({error}); try FREQ=WEEKLY;BYDAY=TU") from error
