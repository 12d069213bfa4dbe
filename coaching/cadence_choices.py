"""What a lead or coach chooses of a cadence: few choices, each a rule, and back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

from coaching.cadence import DIGEST, Cadence, WallClock
from coaching.occasion import coming_occasions
from coaching.rhythm import in_words
from coaching.rule_text import DAYS, normal
from coaching.slot import WEEKDAYS
from coaching.team import Team

__all__ = [
    "AS_IT_IS",
    "AT",
    "CLOCK",
    "CLOCKS",
    "IN_SLOT",
    "OFTEN",
    "ON",
    "PLACE",
    "SINCE",
    "Often",
    "Place",
    "Rule",
    "as_it_is",
    "first_choices",
    "hours",
    "in_slot",
    "next_day",
    "rule_in_words",
    "rule_of",
    "shown_fields",
]

OFTEN, ON, PLACE, AT, CLOCK, SINCE = "often", "on", "place", "at", "clock", "since"
"""The fields, in reading order."""

AS_IT_IS = "As it is"
"""Begins the choice of a rule that is none of `Often`."""

IN_SLOT = "In the team's sitting"
"""Begins the choice of the team's slot."""

CLOCKS: Mapping[WallClock, str] = MappingProxyType(
    {WallClock.OWN: "Each person's own", WallClock.TEAM: "The team's, all at one moment"}
)

_HOURS = tuple(time(hour, minute) for hour in range(6, 22) for minute in (0, 30))
_USUAL_DAY, _USUAL_HOUR, _DIGEST_HOUR = "Tuesday", "09:00", "15:00"
_LONGEST = 75


class Often(StrEnum):
    """How often something comes."""

    WEEK = "Every week"
    TWO_WEEKS = "Every two weeks"
    MONTH = "Every month"
    TWO_MONTHS = "Every second month"
    QUARTER = "Every quarter"
    HALF_YEAR = "Twice a year"
    YEAR = "Once a year"

    @property
    def months(self) -> int:
        """Every how many months; 0 where it goes by weeks."""
        return _MONTHS.get(self, 0)


_MONTHS = {
    Often.MONTH: 1,
    Often.TWO_MONTHS: 2,
    Often.QUARTER: 3,
    Often.HALF_YEAR: 6,
    Often.YEAR: 12,
}


class Place(StrEnum):
    """Which of its weekday's days in a month."""

    FIRST = "First"
    SECOND = "Second"
    THIRD = "Third"
    FOURTH = "Fourth"
    LAST = "Last"


_PLACES = dict(zip(Place, ("1", "2", "3", "4", "-1"), strict=True))


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that can be chosen."""

    often: Often
    weekday: str
    place: Place

    def text(self, *, every: bool = True) -> str:
        """It as RFC 5545 has it; without `every`, of every week or month."""
        day = DAYS[WEEKDAYS.index(self.weekday)]
        if self.often.months:
            interval = self.often.months if every else 1
            return normal(f"FREQ=MONTHLY;INTERVAL={interval};BYDAY={_PLACES[self.place]}{day}")
        interval = 2 if every and self.often is Often.TWO_WEEKS else 1
        return normal(f"FREQ=WEEKLY;INTERVAL={interval};BYDAY={day}")


@cache
def _known() -> Mapping[str, Rule]:
    """Each rule that can be chosen, by its text."""
    return {one.text(): one for one in _rules()}


def _rules() -> Iterator[Rule]:
    for often in Often:
        for weekday in WEEKDAYS:
            for place in Place if often.months else (Place.FIRST,):
                yield Rule(often, weekday, place)


def as_it_is(cadence: Cadence, team: Team) -> str:
    """The choice that leaves its rule alone; "" where the rule is one of those to choose."""
    if rule_of(cadence, team) is not None:
        return ""
    return f"{AS_IT_IS}: {rule_in_words(cadence.rrule)}"[:_LONGEST]


def rule_in_words(rule: str) -> str:
    """The rule as people say it, without an hour."""
    return in_words(rule, time()).replace(f" at {time():%H:%M}", "", 1)


def in_slot(team: Team) -> str:
    """The choice of the team's slot; "" where it has none."""
    return f"{IN_SLOT}, {team.slot}" if team.slot else ""


def hours(team: Team, practice: str, now_at: time | None) -> tuple[str, ...]:
    """The hours that can be chosen; `now_at` is how it is, also where that is in quiet hours."""
    quiet = None if practice == DIGEST else team.quiet_hours
    fit = {at for at in _HOURS if quiet is None or at not in quiet}
    if now_at is not None:
        fit.add(now_at)
    slot = in_slot(team) if practice != DIGEST else ""
    return (*filter(None, (slot,)), *(f"{at:%H:%M}" for at in sorted(fit)))


def first_choices(
    cadence: Cadence | None, practice: str, team: Team, now: datetime
) -> dict[str, str]:
    """What the fields start with: how a cadence is, or what would suit one that is new."""
    if cadence is None:
        today = now.astimezone(ZoneInfo(team.timezone)).date()
        hour = _DIGEST_HOUR if practice == DIGEST else in_slot(team) or _USUAL_HOUR
        return {
            OFTEN: Often.WEEK,
            ON: _weekday_of(team),
            PLACE: Place.FIRST,
            AT: hour,
            CLOCK: CLOCKS[WallClock.OWN],
            SINCE: today.isoformat(),
        }
    rule = rule_of(cadence, team)
    return {
        OFTEN: rule.often if rule else as_it_is(cadence, team),
        ON: rule.weekday if rule else _weekday_of(team),
        PLACE: rule.place if rule else Place.FIRST,
        AT: f"{cadence.at:%H:%M}" if cadence.at else in_slot(team),
        CLOCK: CLOCKS[cadence.clock],
        SINCE: next_day(cadence, team, now).isoformat(),
    }


def shown_fields(values: Mapping[str, str], practice: str) -> tuple[str, ...]:
    """The fields that matter for what is chosen, in reading order."""
    by_rule = values[OFTEN].startswith(AS_IT_IS)
    slotted = values[AT].startswith(IN_SLOT)
    monthly = values[OFTEN] in {one for one in Often if one.months}
    left_out = {
        ON: by_rule or slotted,
        PLACE: not monthly,
        CLOCK: slotted or practice == DIGEST,
    }
    return tuple(one for one in (OFTEN, AT, PLACE, ON, SINCE, CLOCK) if not left_out.get(one))


def rule_of(cadence: Cadence, team: Team) -> Rule | None:
    """Which of those to choose its rule is. In the slot it is one on the slot's own weekday."""
    rule = _known().get(normal(cadence.rrule))
    if rule and cadence.at is None and team.slot and rule.weekday != WEEKDAYS[team.slot.weekday]:
        return None
    return rule


def _weekday_of(team: Team) -> str:
    return WEEKDAYS[team.slot.weekday] if team.slot else _USUAL_DAY


def next_day(cadence: Cadence, team: Team, now: datetime) -> date:
    """The next day of its rule that is to come; today where none is."""
    coming = next((one.ruled for one in coming_occasions(cadence, team, now)), None)
    return coming or now.astimezone(ZoneInfo(team.timezone)).date()
