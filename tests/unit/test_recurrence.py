"""The calendar: property tests over zones and clock changes, and the weeks people know by heart."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise, takewhile
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coaching.recurrence import (
    check_rule,
    comes_rarely,
    days_of,
    names_weekdays,
    occurrences,
    on_wall,
)
from coaching.rule_text import check_text, normal
from tests.unit.rules import rules_and_starts
from tests.unit.walks import first_moment_showing, walk, walk_zone

ZONES = [
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",
    "America/St_Johns",
    "America/Nuuk",  # its gap reaches midnight
    "Africa/Cairo",  # its gap begins at midnight
    "Asia/Kolkata",
    "Asia/Beirut",
    "Australia/Lord_Howe",  # its gap is half an hour
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
]
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

zones = st.sampled_from(ZONES).map(ZoneInfo)
days = st.dates(date(2015, 1, 1), date(2037, 12, 31))
clock_times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
weekdays = st.lists(st.sampled_from(DAYS), min_size=1, max_size=7, unique=True)


def wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


@given(days, clock_times, zones)
def test_a_wall_time_is_the_first_moment_that_shows_it_or_the_first_after_the_gap(
    day: date, at: time, zone: ZoneInfo
) -> None:
    moment = on_wall(day, at, zone)
    wanted = datetime.combine(day, at)
    assert moment.tzinfo is UTC
    shown = wall(moment, zone)
    assert shown >= wanted
    minute_before = wall(moment - timedelta(minutes=1), zone)
    if shown == wanted:
        earlier = [moment - timedelta(minutes=minutes) for minutes in range(1, 181)]
        assert all(wall(one, zone) != wanted for one in earlier), "the first of two"
    else:
        assert minute_before < wanted, "the minute before was on the other side of the gap"


@given(days, clock_times, zones, weekdays, st.integers(1, 4), st.data())
def test_one_occurrence_on_each_day_of_the_rule_in_order_and_none_beside(
    starts_on: date, at: time, zone: ZoneInfo, names: list[str], every: int, data: st.DataObject
) -> None:
    assume(starts_on.year < 2037)
    offset = data.draw(st.timedeltas(timedelta(days=-30), timedelta(days=200)))
    after = datetime.combine(starts_on, at, UTC) + offset
    rule = f"FREQ=WEEKLY;INTERVAL={every};BYDAY={','.join(names)}"
    check_rule(rule)
    found = list(islice(occurrences(rule, starts_on, at, zone, after), 12))
    for day, moment in found:
        assert moment > after
        assert moment == on_wall(day, at, zone)
        assert DAYS[day.weekday()] in names
        assert day >= starts_on
        weeks = (_monday(day) - _monday(starts_on)).days // 7
        assert weeks % every == 0
    for (earlier_day, earlier), (later_day, later) in pairwise(found):
        assert earlier_day < later_day
        assert earlier < later
    assert _skipped(found, after, starts_on, at, zone, names, every) == []


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _skipped(
    found: list[tuple[date, datetime]],
    after: datetime,
    starts_on: date,
    at: time,
    zone: ZoneInfo,
    names: list[str],
    every: int,
) -> list[date]:
    """The days before the last found that the rule names and that are not among the found."""
    last = found[-1][0]
    every_day = (starts_on + timedelta(days=n) for n in range((last - starts_on).days))
    there = {day for day, _ in found}
    return [
        day
        for day in every_day
        if DAYS[day.weekday()] in names
        and (_monday(day) - _monday(starts_on)).days // 7 % every == 0
        and on_wall(day, at, zone) > after
        and day not in there
    ]


@given(days, clock_times, zones, weekdays)
def test_going_on_from_an_occurrence_gives_the_next_one(
    starts_on: date, at: time, zone: ZoneInfo, names: list[str]
) -> None:
    rule = f"FREQ=WEEKLY;BYDAY={','.join(names)}"
    before = datetime.combine(starts_on, time.min, UTC) - timedelta(days=2)
    at_once = list(islice(occurrences(rule, starts_on, at, zone, before), 8))
    one_by_one = []
    moment = before
    for _ in at_once:
        day, moment = next(occurrences(rule, starts_on, at, zone, moment))
        one_by_one.append((day, moment))
    assert one_by_one == at_once


def test_nine_o_clock_stays_nine_o_clock_when_the_clocks_change() -> None:
    zone = ZoneInfo("Europe/Berlin")
    after = datetime(2026, 3, 16, tzinfo=UTC)
    found = islice(occurrences("FREQ=WEEKLY;BYDAY=TU", date(2026, 1, 1), time(9), zone, after), 4)
    assert [moment.hour for _, moment in found] == [8, 8, 7, 7]


def test_a_time_in_the_gap_moves_to_its_end_and_a_time_in_the_fold_happens_once() -> None:
    zone = ZoneInfo("Europe/Berlin")
    weekly = ("FREQ=WEEKLY;BYDAY=SU", date(2026, 1, 4), time(2, 30), zone)
    gap = next(occurrences(*weekly, datetime(2026, 3, 28, 12, tzinfo=UTC)))
    assert gap == (date(2026, 3, 29), datetime(2026, 3, 29, 1, 0, tzinfo=UTC))
    fold = occurrences(*weekly, datetime(2026, 10, 24, 12, tzinfo=UTC))
    assert next(fold) == (date(2026, 10, 25), datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    assert next(fold)[0] == date(2026, 11, 1)


def test_until_has_its_day_in_it() -> None:
    rule = "FREQ=WEEKLY;BYDAY=TU;UNTIL=20260120"
    found = occurrences(
        rule, date(2026, 1, 5), time(9), ZoneInfo("UTC"), datetime(2026, 1, 1, tzinfo=UTC)
    )
    assert [day for day, _ in found] == [date(2026, 1, 6), date(2026, 1, 13), date(2026, 1, 20)]


def test_a_count_comes_to_an_end() -> None:
    found = occurrences(
        "FREQ=WEEKLY;COUNT=2",
        date(2026, 1, 7),
        time(9),
        ZoneInfo("UTC"),
        datetime(2026, 1, 1, tzinfo=UTC),
    )
    assert [day for day, _ in found] == [date(2026, 1, 7), date(2026, 1, 14)]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY",
        "FREQ=WEEKLY",
        "freq=weekly;byday=tu,fr",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=SU",
        "FREQ=WEEKLY;BYDAY=TU;COUNT=12",
        "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261231",
        "FREQ=WEEKLY;BYDAY=TU;UNTIL=20200101",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=MONTHLY;BYDAY=1MO",
        "FREQ=MONTHLY;BYDAY=-1FR,+2TU;BYMONTH=1,12",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO",
        "FREQ=YEARLY;BYWEEKNO=-1;BYDAY=FR",
        "FREQ=YEARLY;BYYEARDAY=-1",
        "FREQ=YEARLY;BYDAY=20MO",
    ],
)
def test_rules_over_days_can_be_kept(rule: str) -> None:
    check_rule(rule)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("", "it begins with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY, such as FREQ=MONTHLY;BYDAY"),
        ("every Tuesday", "not a recurrence rule"),
        ("FREQ=HOURLY", "HOURLY is too often"),
        ("FREQ=SECONDLY;COUNT=5", "SECONDLY is too often"),
        ("DTSTART:20260101T090000\nRRULE:FREQ=WEEKLY", "not a recurrence rule"),
        ("FREQ=WEEKLY;BYHOUR=9", "BYHOUR does not belong in the rule: the hour stands in `at`"),
        ("FREQ=DAILY;BYSECOND=0", "BYSECOND does not belong in the rule"),
        ("FREQ=WEEKLY;INTERVAL=0", "`INTERVAL=0` can't be kept; write a whole number"),
        ("FREQ=WEEKLY;INTERVAL=-1", "can't be kept"),
        ("FREQ=WEEKLY;COUNT=0", "can't be kept"),
        ("FREQ=WEEKLY;BYDAY=2TU", "counts weekdays within a month or a year"),
        ("FREQ=DAILY;BYDAY=-1TU", "counts weekdays within a month or a year"),
        ("FREQ=WEEKLY;BYDAY=", "can't be kept; write weekdays such as BYDAY=TU,TH"),
        ("FREQ=MONTHLY;BYDAY=0MO", "can't be kept"),
        ("FREQ=MONTHLY;BYDAY=6MO", "never comes"),
        ("FREQ=WEEKLY;BYMONTHDAY=31", "BYMONTHDAY does not go with FREQ=WEEKLY"),
        ("FREQ=MONTHLY;BYWEEKNO=3", "BYWEEKNO does not go with FREQ=MONTHLY"),
        ("FREQ=DAILY;BYYEARDAY=3", "BYYEARDAY does not go with FREQ=DAILY"),
        ("FREQ=YEARLY;BYWEEKNO=3;BYDAY=1MO", "does not go with BYWEEKNO"),
        ("FREQ=YEARLY;BYEASTER=0", "can't be kept"),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS picks from what another part names"),
        ("FREQ=DAILY;BYDAY=MO;BYSETPOS=2", "never comes"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never comes"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "never comes"),
        ("FREQ=YEARLY;BYMONTH=13", "can't be kept; write months from 1 to 12"),
        ("FREQ=WEEKLY;UNTIL=20261231T090000Z", "can't be kept; write a day, such as UNTIL="),
        ("FREQ=WEEKLY;", "can't be kept"),
        ("FREQ=WEEKLY;BYDAY=TU\nEXDATE:20260106T090000", "can't be kept"),
        ("FREQ=WEEKLY;BYDAY=TU;BYDAY=WE", "each part stands once"),
        ("FREQ=WEEKLY;COUNT=2;UNTIL=20261231", "COUNT or UNTIL, not both"),
        ("FREQ=WEEKLY;UNTIL=20261399", "UNTIL=20261399 is no day"),
    ],
)
def test_any_other_is_refused_with_a_sentence(rule: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        check_rule(rule)


@pytest.mark.parametrize(
    ("rule", "rare"),
    [
        ("FREQ=DAILY", False),
        ("FREQ=WEEKLY;BYDAY=TU", False),
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=1", True),
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=2", False),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", False),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=TU", False),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", False),
        ("FREQ=MONTHLY;BYDAY=MO", False),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=MO", False),
        ("FREQ=WEEKLY;INTERVAL=4;BYDAY=TU", True),
        ("FREQ=MONTHLY;BYDAY=1MO", True),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1", True),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;UNTIL=20200101", True),
        ("FREQ=DAILY;BYMONTHDAY=-1", True),
        ("FREQ=YEARLY;BYMONTH=1,4,7,10;BYDAY=1MO", True),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", True),
    ],
)
def test_how_often_a_rule_comes(rule: str, rare: bool) -> None:
    assert comes_rarely(rule) is rare


def test_a_rule_that_never_comes_from_its_start_ends_soon() -> None:
    every_fourth_year_from_an_odd_one = ("FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29",)
    for rule in ("FREQ=DAILY;INTERVAL=7;BYDAY=MO", *every_fourth_year_from_an_odd_one):
        assert next(days_of(rule, date(2026, 1, 6), date(2026, 1, 6)), None) is None


def test_the_first_day_of_a_week_number_is_the_rules_first_weekday() -> None:
    found = days_of("FREQ=YEARLY;BYWEEKNO=20", date(2026, 1, 7), date(2026, 1, 7))
    assert list(islice(found, 2)) == [date(2026, 5, 13), date(2027, 5, 19)]


@settings(deadline=None)  # what never comes takes a moment to look for
@given(rules_and_starts())
def test_the_days_of_a_rule_are_those_of_a_walk_over_all_days(made: tuple[str, date]) -> None:
    rule, starts_on = made
    last = starts_on + timedelta(days=900)
    found = takewhile(lambda day: day <= last, days_of(rule, starts_on, starts_on))
    assert list(found) == walk(rule, starts_on, last)


@settings(deadline=None)  # what never comes takes a moment to look for
@given(rules_and_starts(), st.integers(0, 500))
def test_from_a_later_day_on_they_are_the_same(made: tuple[str, date], offset: int) -> None:
    rule, starts_on = made
    first, last = starts_on + timedelta(days=offset), starts_on + timedelta(days=900)
    found = takewhile(lambda day: day <= last, days_of(rule, starts_on, first))
    assert list(found) == [day for day in walk(rule, starts_on, last) if day >= first]


@settings(deadline=None)  # what never comes takes a moment to look for
@given(rules_and_starts())
def test_a_rule_has_one_spelling_and_it_means_the_same(made: tuple[str, date]) -> None:
    rule, starts_on = made
    spelt = normal(rule)
    assert normal(spelt) == spelt
    check_text(spelt)
    last = starts_on + timedelta(days=900)
    assert walk(spelt, starts_on, last) == walk(rule, starts_on, last)


FIRST, LAST = date(2026, 1, 1), date(2035, 12, 31)
HOURS = [time(0, 0), time(0, 30), time(1, 30), time(2, 0), time(2, 30), time(9, 0), time(23, 59)]


def test_ten_years_of_every_zone_are_those_of_a_walk_along_its_time_line() -> None:
    """One occurrence per local date, in order, at the first moment that shows the hour."""
    seen = set()
    for place, name in enumerate(sorted(available_timezones())):
        zone = ZoneInfo(name)
        changes = walk_zone(zone, FIRST, LAST)
        at = HOURS[place % len(HOURS)]
        if tuple(changes) in seen:
            continue  # its clock shows what another's shows
        seen.add(tuple(changes))
        found = list(_days_and_moments("FREQ=DAILY", at, zone))
        days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
        assert [day for day, _ in found] == days, name
        slow = [first_moment_showing(datetime.combine(day, at), changes) for day in days]
        assert [moment for _, moment in found] == slow, name
        assert all(earlier < later for earlier, later in pairwise(slow)), name


def test_around_every_clock_change_of_every_zone_each_hour_is_where_the_walk_finds_it() -> None:
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        changes = walk_zone(zone, date(2026, 1, 1), date(2027, 12, 31))
        for since, offset in changes[1:]:
            day = (since + offset).date()
            for at in HOURS:
                for near in (day - timedelta(days=1), day, day + timedelta(days=1)):
                    slow = first_moment_showing(datetime.combine(near, at), changes)
                    assert on_wall(near, at, zone) == slow, (name, near, at)


def _days_and_moments(rule: str, at: time, zone: ZoneInfo) -> Iterator[tuple[date, datetime]]:
    before = datetime.combine(FIRST, time.min, zone) - timedelta(microseconds=1)
    found = occurrences(rule, FIRST, at, zone, before)
    return takewhile(lambda one: one[0] <= LAST, found)


@given(
    st.sampled_from(sorted(available_timezones())).map(ZoneInfo), clock_times, rules_and_starts()
)
@settings(deadline=None, max_examples=60)
def test_any_rule_in_any_zone_comes_on_its_days_at_the_right_wall_time(
    zone: ZoneInfo, at: time, made: tuple[str, date]
) -> None:
    rule, starts_on = made
    last = starts_on + timedelta(days=800)
    before = datetime.combine(starts_on, time.min, zone) - timedelta(microseconds=1)
    found = list(
        takewhile(lambda one: one[0] <= last, occurrences(rule, starts_on, at, zone, before))
    )
    assert [day for day, _ in found] == walk(rule, starts_on, last)
    changes = walk_zone(zone, starts_on, last)
    assert [moment for _, moment in found] == [
        first_moment_showing(datetime.combine(day, at), changes) for day, _ in found
    ]


@pytest.mark.parametrize(
    ("rule", "named"),
    [
        ("FREQ=DAILY", True),
        ("FREQ=WEEKLY", True),
        ("FREQ=MONTHLY;BYDAY=1SA", True),
        ("FREQ=MONTHLY", False),
        ("FREQ=MONTHLY;BYMONTHDAY=15", False),
        ("FREQ=DAILY;BYMONTHDAY=-1", False),
        ("FREQ=YEARLY;BYYEARDAY=1", False),
    ],
)
def test_a_rule_by_dates_means_no_weekday(rule: str, named: bool) -> None:
    assert names_weekdays(rule) is named
