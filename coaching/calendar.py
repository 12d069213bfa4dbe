"""The days of a country: which are working days, and what becomes of an occurrence on another."""

import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

__all__ = ["Calendar", "Fate", "Span", "away_on", "check_country", "fate_of"]

_DAY = timedelta(days=1)
_ENGLISH = ("en_GB", "en_US")
_MEANT = {"UK": "GB", "EL": "GR"}
"""What people write for a country instead of its code."""


def check_country(code: str) -> str:
    """The code, where its public holidays are known: `NO`, or a part of a country, `GB-ENG`.

    Raises:
        ValueError: says what to write instead, in a sentence.
    """
    country, _, part = code.partition("-")
    if country in _MEANT:
        meant = code.replace(country, _MEANT[country], 1)
        raise ValueError(f'no holidays are known for "{code}"; did you mean {meant}?')
    countries = holidays.list_supported_countries(include_aliases=False)
    parts = [one for one in countries.get(country, []) if re.fullmatch("[A-Z0-9]{1,3}", one)]
    if country not in countries:
        raise ValueError(
            f'no holidays are known for "{code}"; write the ISO 3166 code of the country'
            " whose holidays the team keeps, such as NO"
        )
    if part and part not in parts:
        known = f"one of {', '.join(sorted(parts))}" if parts else "the country alone"
        raise ValueError(f'{country} has no part "{part}" with holidays of its own; write {known}')
    return code


@dataclass(frozen=True, slots=True)
class Span:
    """Days in a row, the first and the last among them."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.last} comes before {self.first}")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @classmethod
    def week(cls, day: date) -> "Span":
        """The week, Monday to Sunday, that a day is in."""
        monday = day - timedelta(days=day.weekday())
        return cls(monday, monday + timedelta(days=6))


def away_on(absences: Iterable[Span], day: date) -> Span | None:
    """The absence that a day falls into, the one that ends last; None where the person is there."""
    return max((span for span in absences if day in span), key=lambda span: span.last, default=None)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of a team: the public holidays of its country, and its own blackout days.

    `country` is a code that `check_country` takes. One that it does not take has no holidays, and
    its weekends are Saturdays and Sundays.
    """

    country: str
    blackout: tuple[Span, ...] = ()

    def holiday(self, day: date) -> str:
        """The public holiday of that day, in English where its name is known; "" where none is."""
        return _holiday(self.country, day)

    def is_holiday(self, day: date) -> bool:
        """Whether it is a public holiday."""
        return self.holiday(day) != ""

    def is_working(self, day: date) -> bool:
        """Whether people work then: no holiday and no weekend, as the country has them."""
        return _is_working(self.country, day)

    def is_blackout(self, day: date) -> bool:
        """Whether the team wants nothing asked then."""
        return any(day in span for span in self.blackout)

    def is_day_off(self, day: date) -> bool:
        """Whether nobody is to be met unasked then: a holiday, a weekend or in a blackout."""
        return self.is_blackout(day) or not self.is_working(day)

    def working_day_before(self, day: date) -> date:
        """The last working day before a day."""
        before = day - _DAY
        while not self.is_working(before):
            before -= _DAY
        return before


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of an occurrence: it comes on `day`, or is skipped then. `reason` says why.

    Without a reason it comes on its own day.
    """

    day: date
    comes: bool = True
    reason: str = ""


def fate_of(
    day: date,
    calendar: Calendar,
    *,
    moves: bool,
    weekends: bool = True,
    earlier: date | None = None,
) -> Fate:
    """What becomes of the occurrence of that day.

    On a holiday it is skipped; where `moves` (a digest, a cadence monthly or rarer) it comes on the
    working day before instead. The same on a weekend, unless it may come on `weekends`. In a
    blackout it is skipped. It never moves to or before the day of the `earlier` occurrence.
    """
    if calendar.is_blackout(day):
        return Fate(day, comes=False, reason="blackout")
    holiday = calendar.holiday(day)
    if holiday:
        reason = f"holiday: {holiday}"
    elif not weekends and not calendar.is_working(day):
        reason = "weekend"
    else:
        return Fate(day)
    if not moves:
        return Fate(day, comes=False, reason=reason)
    before = calendar.working_day_before(day)
    if calendar.is_blackout(before):
        return Fate(day, comes=False, reason=f"{reason}; blackout before it")
    if earlier is not None and before <= earlier:
        return Fate(day, comes=False, reason=f"{reason}; it came on the working day before anyway")
    return Fate(before, reason=reason)


def _holiday(country: str, day: date) -> str:
    year = _year(country, day.year)
    return year.get(day, "") if year is not None else ""


def _is_working(country: str, day: date) -> bool:
    year = _year(country, day.year)
    return year.is_working_day(day) if year is not None else day.weekday() < 5


@lru_cache(maxsize=512)
def _year(code: str, year: int) -> holidays.HolidayBase | None:
    """One year of a country, complete: reading it changes nothing, so threads may share it."""
    country, _, part = code.partition("-")

    def days(language: str | None) -> holidays.HolidayBase:
        return holidays.country_holidays(
            country, subdiv=part or None, years=year, expand=False, language=language
        )

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of years for which not every holiday is set yet
        try:
            known = days(None)
        except NotImplementedError:
            return None
        language = next((one for one in _ENGLISH if one in known.supported_languages), None)
        return days(language) if language else known
