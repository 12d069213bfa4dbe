"""When a cadence comes: RFC 5545 over days, on the wall clock of a time zone, on the time line.

A time that a spring gap skips moves to the first minute after the gap; a time that an autumn fold
repeats happens once, the first. So there is one occurrence per local date, always.
"""

from collections.abc import Iterator
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import dropwhile, islice, pairwise, takewhile
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from coaching.rule_text import DAYS, check_text, parts_of, text_of

__all__ = ["check_rule", "comes_rarely", "days_of", "names_weekdays", "occurrences", "on_wall"]

_CYCLE = 400
"""Years after which the calendar repeats itself, weekdays and leap days and all."""

_RARE = timedelta(days=26)
"""Four weeks, less what "the last weekday of each month" can move."""

_ANY_DAY = date(2024, 1, 1)  # a Monday, in a leap year
_TEN_YEARS_ON = date(2034, 1, 1)


def check_rule(rule: str) -> None:
    """Go on if `rule` is a recurrence rule over days that can be kept.

    Raises:
        ValueError: says what is wrong, in a sentence.
    """
    check_text(rule)
    endless = _without(rule, "INTERVAL", "COUNT", "UNTIL")
    if next(days_of(endless, _ANY_DAY, _ANY_DAY), None) is None:
        raise ValueError("this rule names a day that never comes")


def occurrences(
    rule: str, starts_on: date, at: time, zone: ZoneInfo, after: datetime
) -> Iterator[tuple[date, datetime]]:
    """The local date and the moment (UTC) of every occurrence later than `after`, in order.

    With the zone of a member it is their date and their hour.
    """
    for day in days_of(rule, starts_on, after.astimezone(zone).date()):
        moment = on_wall(day, at, zone)
        if moment > after:
            yield day, moment


def on_wall(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment (UTC) at which the wall clock of `zone` shows `at` on `day`.

    In a gap: the first minute after it. In a fold: the first of the two.
    """
    wall = datetime.combine(day, at)
    while True:
        moment = wall.replace(tzinfo=zone).astimezone(UTC)  # fold=0: the first of two
        if moment.astimezone(zone).replace(tzinfo=None) == wall:
            return moment
        wall += timedelta(minutes=1)


def days_of(rule: str, starts_on: date, first: date) -> Iterator[date]:
    """The days of a rule that starts on `starts_on`, from `first` on, in order.

    Comes to an end also where the rule never comes again: in the year 2399.
    """
    parts = parts_of(rule)
    count = parts.pop("COUNT", None)
    begins_on = _complete(parts, starts_on)
    # dateutil looks for a day up to the year 9999, which takes it seconds where there is none. In
    # the last cycle of the calendar before that year it looks for a few hundred years at most.
    years = (MAXYEAR - begins_on.year) // _CYCLE * _CYCLE
    if "UNTIL" in parts:
        parts["UNTIL"] = f"{int(parts['UNTIL'][:4]) + years:04}{parts['UNTIL'][4:]}"
        if len(parts["UNTIL"]) > len("YYYYMMDD"):
            del parts["UNTIL"]
    start = datetime.combine(_years_on(begins_on, years), time.min)
    moments = rrulestr(text_of(parts), dtstart=start)
    days = (_years_on(moment.date(), -years) for moment in moments)
    counted = islice(dropwhile(lambda day: day < starts_on, days), int(count) if count else None)
    return dropwhile(lambda day: day < first, counted)


@lru_cache(maxsize=1024)
def comes_rarely(rule: str) -> bool:
    """Whether a rule comes monthly or more rarely: its days lie four weeks apart, or more.

    Every second or third week counts as weekly. What comes once is rare; another COUNT, and UNTIL,
    do not matter.
    """
    if parts_of(rule).get("COUNT") == "1":
        return True
    days = days_of(_without(rule, "COUNT", "UNTIL"), _ANY_DAY, _ANY_DAY)
    soon = takewhile(lambda day: day < _TEN_YEARS_ON, days)
    return all(later - earlier >= _RARE for earlier, later in pairwise(soon))


@lru_cache(maxsize=1024)
def names_weekdays(rule: str) -> bool:
    """Whether a rule means the weekdays that it comes on; one by dates takes them as they fall."""
    parts = parts_of(rule)
    by_date = bool(parts.keys() & {"BYMONTHDAY", "BYYEARDAY"})
    return "BYDAY" in parts or (parts["FREQ"] in ("DAILY", "WEEKLY") and not by_date)


def _complete(parts: dict[str, str], starts_on: date) -> date:
    """Say what dateutil reads otherwise than RFC 5545; the day from which it is to count.

    A rule of week numbers means the weekday it starts on, not all seven. BYSETPOS counts within the
    whole week, also where the rule starts in its midst.
    """
    of_weeks = "BYWEEKNO" in parts and not parts.keys() & {"BYMONTHDAY", "BYYEARDAY"}
    placed = parts["FREQ"] == "WEEKLY" and "BYSETPOS" in parts
    if of_weeks or placed:
        parts.setdefault("BYDAY", DAYS[starts_on.weekday()])
    if not placed:
        return starts_on
    week_starts = DAYS.index(parts.get("WKST", "MO"))
    return starts_on - timedelta(days=(starts_on.weekday() - week_starts) % 7)


def _without(rule: str, *names: str) -> str:
    return text_of({part: value for part, value in parts_of(rule).items() if part not in names})


def _years_on(day: date, years: int) -> date:
    return day.replace(year=day.year + years)
