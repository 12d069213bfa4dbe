"""Days of absence as people write them: *until Friday*, *21 Dec - 3 Jan*, *for two weeks*."""

import re
from datetime import date, timedelta

from coaching.calendar import Span
from coaching.rhythm_words import MONTHS, NUMBERS, WEEKDAYS

__all__ = ["absence_from_words"]

_DAY = timedelta(days=1)
_RELATIVE = frozenset({"today", "tomorrow"})
_WEEKDAYS = tuple(name.casefold() for name in WEEKDAYS)
_MONTHS = tuple(name.casefold() for name in MONTHS)
_NUMBERS = {"a": 1} | {name: int(number) for name, number in NUMBERS.items()}
_BETWEEN = (" - ", " to ", " until ", " till ", " through ", "\u2013", "\u2014", "-")
_FOR = re.compile(r"^for (?P<number>\w+) (?P<unit>day|week)s?$")
_DATE = re.compile(
    r"^(?:(?P<day>\d{1,2})(?:st|nd|rd|th)? (?:of )?(?P<month>[a-z]{3,9})"
    r"|(?P<month2>[a-z]{3,9}) (?P<day2>\d{1,2})(?:st|nd|rd|th)?),?(?: (?P<year>\d{4}))?$"
)


def absence_from_words(words: str, today: date) -> Span | None:
    """The days that the words say; None where they can't be read with certainty.

    Both ends are included. A weekday is the next one, today among them; a day without a year is the
    next one of its name. What says no first day begins today.
    """
    said = " ".join(words.casefold().replace(".", " ").split()).removeprefix("from ")
    if match := _FOR.match(said):
        return _so_long(match["number"], match["unit"], today)
    for opening in ("until ", "till ", "through ", "to "):
        if said.startswith(opening):
            return _span(today, _day(said.removeprefix(opening), today))
    alone = _week(said, today) or _alone(_day(said, today))
    if alone is not None:
        return alone
    between = next((one for one in _BETWEEN if one in said), None)
    if between is None:
        return None
    first, _, last = said.partition(between)
    return _between(first.strip(), last.strip(), today)


def _between(first_words: str, last_words: str, today: date) -> Span | None:
    if first_words.isdecimal() and (dated := _DATE.match(last_words)):  # 21-23 Dec
        first_words = f"{first_words} {dated['month'] or dated['month2']}"
    first = _day(first_words, today)
    since = today if last_words in _RELATIVE else first
    return _span(first, _day(last_words, since)) if first and since else None


def _alone(day: date | None) -> Span | None:
    return Span(day, day) if day else None


def _span(first: date, last: date | None) -> Span | None:
    return Span(first, last) if last and first <= last else None


def _so_long(number: str, unit: str, today: date) -> Span | None:
    count = int(number) if number.isdecimal() and len(number) < 4 else _NUMBERS.get(number, 0)
    days = count * (7 if unit == "week" else 1)
    return Span(today, today + (days - 1) * _DAY) if days else None


def _week(said: str, today: date) -> Span | None:
    if said == "this week":
        return Span(today, Span.week(today).last)
    return Span.week(today + 7 * _DAY) if said == "next week" else None


def _day(said: str, since: date) -> date | None:
    """The day, the next of its name from `since` on; None where it can't be told."""
    if said in _RELATIVE:
        return since if said == "today" else since + _DAY
    for weekday, name in enumerate(_WEEKDAYS):
        if said in {name, name[:3]}:
            return since + (weekday - since.weekday()) % 7 * _DAY
    if re.fullmatch(r"\d{4}-\d\d-\d\d", said):
        return _made(int(said[:4]), int(said[5:7]), int(said[8:]))
    match = _DATE.match(said)
    return _dated(match, since) if match else None


def _dated(match: re.Match[str], since: date) -> date | None:
    named = match["month"] or match["month2"]
    found = [number for number, name in enumerate(_MONTHS, 1) if named in {name, name[:3]}]
    if named == "sept":
        found = [9]
    if not found:
        return None
    day = int(match["day"] or match["day2"])
    if match["year"]:
        return _made(int(match["year"]), found[0], day)
    this_year = _made(since.year, found[0], day)
    return this_year if this_year and this_year >= since else _made(since.year + 1, found[0], day)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
