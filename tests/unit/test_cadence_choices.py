"""The choices of a cadence: each is a rule, and each rule of theirs is these choices again."""

from datetime import UTC, date, datetime, time

import pytest

from coaching.cadence import Cadence
from coaching.cadence_choices import (
    OFTEN,
    ON,
    PLACE,
    Often,
    Place,
    Rule,
    as_it_is,
    first_choices,
    hours,
    rule_in_words,
)
from coaching.cadence_chosen import chosen
from coaching.rhythm import from_words
from coaching.slot import WEEKDAYS, Slot
from coaching.team import Team

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
TEAM = Team("t", "w", "North", "C1", "Europe/Oslo", "NO", slot=Slot(1, time(9)))


def cadence(rule: str, at: time | None = time(9)) -> Cadence:
    return Cadence("c", "w", "t", "early_wins", rule, at, date(2026, 11, 2), None)


@pytest.mark.parametrize("often", Often)
def test_what_was_chosen_is_found_again_and_changes_nothing(often: Often) -> None:
    for place in Place if often.months else (Place.FIRST,):
        for weekday in WEEKDAYS:
            there = cadence(Rule(often, weekday, place).text())
            values = first_choices(there, "early_wins", TEAM, NOW)
            assert (values[OFTEN], values[ON], values[PLACE]) == (often, weekday, place)
            assert chosen(values, there, TEAM, NOW) == there


@pytest.mark.parametrize("often", Often)
def test_what_it_is_called_is_what_a_plan_understands(often: Often) -> None:
    rule = Rule(often, "Tuesday", Place.LAST).text()
    assert from_words(rule_in_words(rule), time(9)).rule == rule


def test_a_rule_that_is_none_of_them_stays_as_it_is() -> None:
    there = cadence("FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY=1MO")
    assert as_it_is(there, TEAM) == "As it is: first Monday of each quarter"
    assert chosen(first_choices(there, "early_wins", TEAM, NOW), there, TEAM, NOW) == there


def test_quiet_hours_are_not_offered_but_to_the_digest() -> None:
    assert hours(TEAM, "early_wins", time(22))[:2] == (
        "In the team's sitting, Tuesday 09:00",
        "07:30",
    )
    assert hours(TEAM, "early_wins", time(22))[-2:] == ("18:30", "22:00")
    assert hours(TEAM, "digest", None)[0] == "06:00"
