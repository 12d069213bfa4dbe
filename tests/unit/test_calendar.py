"""Holidays, weekends, blackout: what becomes of an occurrence, held against a walk over days."""

from datetime import date, timedelta
from itertools import pairwise

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaching.calendar import Calendar, Fate, Span, away_on, check_country, fate_of

DAY = timedelta(days=1)
COUNTRIES = ["GB", "GB-ENG", "GB-SCT", "US", "JP", "NO", "DE-BY", "FR", "IL", "SA", "CN", "IN"]

countries = st.sampled_from(COUNTRIES)
days = st.dates(date(2024, 1, 1), date(2033, 12, 31))
CHRISTMAS = date(2026, 12, 25)
BRITAIN = Calendar("GB-ENG")


def rests(country: str, day: date) -> bool:
    """Whether the country rests, asked of the package in another way: all years at once."""
    code, _, part = country.partition("-")
    around = range(day.year - 1, day.year + 2)
    known = holidays.country_holidays(code, subdiv=part or None, years=around)
    weekend = day.weekday() in known.weekend and day not in known.weekend_workdays
    return day in known or weekend


@settings(deadline=None, max_examples=60)
@given(countries, days)
def test_the_working_day_before_is_the_first_that_a_walk_back_finds(
    country: str, day: date
) -> None:
    before = day - DAY
    while rests(country, before):
        before -= DAY
    assert Calendar(country).working_day_before(day) == before
    assert Calendar(country).is_working(day) is not rests(country, day)


@settings(deadline=None, max_examples=200)
@given(countries, days, st.booleans(), st.booleans(), st.lists(days, max_size=3))
def test_what_comes_comes_on_no_holiday_and_in_no_blackout(
    country: str, day: date, moves: bool, weekends: bool, weeks: list[date]
) -> None:
    calendar = Calendar(country, tuple(Span.week(one) for one in weeks))
    fate = fate_of(day, calendar, moves=moves, weekends=weekends)
    if fate.comes:
        assert not calendar.is_holiday(fate.day)
        assert not calendar.is_blackout(fate.day)
        assert weekends or calendar.is_working(fate.day)
        assert (fate.day == day) is (fate.reason == "")
        between = [fate.day + n * DAY for n in range(1, (day - fate.day).days)]
        assert not any(calendar.is_working(one) for one in between), "no working day was passed"
    else:
        assert fate.reason
        assert fate.day == day


@settings(deadline=None, max_examples=60)
@given(countries, st.lists(days, min_size=2, max_size=12, unique=True).map(sorted))
def test_moves_keep_the_order_and_two_never_share_a_day(country: str, own: list[date]) -> None:
    calendar = Calendar(country)
    pairs = zip(own, [None, *own], strict=False)
    fates = [fate_of(day, calendar, moves=True, earlier=earlier) for day, earlier in pairs]
    come = [fate.day for fate in fates if fate.comes]
    assert all(earlier < later for earlier, later in pairwise(come))


def test_a_reason_is_in_words() -> None:
    moved = fate_of(CHRISTMAS, BRITAIN, moves=True)
    assert moved == Fate(date(2026, 12, 24), reason="holiday: Christmas Day")
    skipped = fate_of(CHRISTMAS, BRITAIN, moves=False)
    assert skipped == Fate(CHRISTMAS, comes=False, reason="holiday: Christmas Day")
    sunday = date(2026, 11, 1)
    assert fate_of(sunday, BRITAIN, moves=False) == Fate(sunday)
    assert fate_of(sunday, BRITAIN, moves=False, weekends=False).reason == "weekend"
    friday = Fate(date(2026, 10, 30), reason="weekend")
    assert fate_of(sunday, BRITAIN, moves=True, weekends=False) == friday


def test_a_blackout_is_stronger_than_a_move() -> None:
    closing = Calendar("GB-ENG", (Span(date(2026, 12, 21), date(2026, 12, 24)),))
    assert fate_of(date(2026, 12, 22), closing, moves=True).reason == "blackout"
    into = fate_of(CHRISTMAS, closing, moves=True)
    assert into == Fate(CHRISTMAS, comes=False, reason="holiday: Christmas Day; blackout before it")


def test_what_moves_does_not_meet_the_one_before() -> None:
    fate = fate_of(CHRISTMAS, BRITAIN, moves=True, earlier=date(2026, 12, 24))
    assert not fate.comes
    assert fate.reason == "holiday: Christmas Day; it came on the working day before anyway"


@pytest.mark.parametrize(
    ("country", "day", "name"),
    [
        ("GB", date(2027, 3, 26), "Good Friday"),
        ("GB", date(2027, 3, 29), ""),
        ("GB-ENG", date(2027, 3, 29), "Easter Monday"),
        ("NO", date(2026, 5, 17), "Constitution Day"),
        ("US", date(2026, 11, 26), "Thanksgiving Day"),
        ("JP", date(2027, 1, 1), "New Year's Day"),
        ("XX", date(2027, 1, 1), ""),
    ],
)
def test_a_holiday_has_its_english_name(country: str, day: date, name: str) -> None:
    assert Calendar(country).holiday(day) == name


def test_a_countrys_weekend_is_its_own() -> None:
    sunday, friday = date(2026, 11, 8), date(2026, 11, 6)
    assert Calendar("SA").is_working(sunday)
    assert not Calendar("SA").is_working(friday)
    assert Calendar("XX").is_working(friday)
    assert not Calendar("XX").is_working(sunday)
    assert Calendar("CN").is_working(date(2026, 2, 14)), "a Saturday worked for a holiday"


def test_a_year_whose_holidays_are_not_all_set_is_taken_as_it_is_known() -> None:
    assert Calendar("IN").is_holiday(date(2040, 1, 26))


def test_every_country_that_is_taken_has_its_days() -> None:
    for code in holidays.list_supported_countries(include_aliases=False):
        assert check_country(code) == code
        assert Calendar(code).working_day_before(date(2027, 1, 4)) < date(2027, 1, 4)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("UK", 'no holidays are known for "UK"; did you mean GB\\?'),
        ("UK-ENG", "did you mean GB-ENG"),
        ("XX", "write the ISO 3166 code of the country"),
        ("DE-XX", 'DE has no part "XX" with holidays of its own; write one of BB, BE'),
        ("MC-01", "write the country alone"),
    ],
)
def test_a_country_that_nobody_knows_is_refused_with_the_mend(code: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        check_country(code)


def test_absences_are_spans_with_both_ends_in_them() -> None:
    here, longer = (
        Span(date(2026, 8, 3), date(2026, 8, 7)),
        Span(date(2026, 8, 7), date(2026, 9, 1)),
    )
    assert away_on([here, longer], date(2026, 8, 3)) == here
    assert away_on([here, longer], date(2026, 8, 7)) == longer
    assert away_on([here, longer], date(2026, 9, 2)) is None
    with pytest.raises(ValueError, match="comes before"):
        Span(date(2026, 8, 7), date(2026, 8, 3))
    assert Span.week(date(2026, 8, 9)) == Span(date(2026, 8, 3), date(2026, 8, 9))
