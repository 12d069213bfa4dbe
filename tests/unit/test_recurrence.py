"""The calendar: property tests over zones and clock changes, and the weeks people know by heart."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coaching.recurrence import check_rule, occurrences, on_wall

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
        "FREQ=WEEKLY",
        "freq=weekly;byday=tu,fr",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=SU",
        "FREQ=WEEKLY;BYDAY=TU;COUNT=12",
        "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261231",
    ],
)
def test_weekly_rules_can_be_kept(rule: str) -> None:
    check_rule(rule)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("", "weekly rules only"),
        ("every Tuesday", "weekly rules only"),
        ("FREQ=MONTHLY;BYDAY=1MO", "weekly rules only"),
        ("DTSTART:20260101T090000\nRRULE:FREQ=WEEKLY", "weekly rules only"),
        ("FREQ=WEEKLY;BYHOUR=9", "BYHOUR does not belong in the rule"),
        ("FREQ=WEEKLY;INTERVAL=0", "`INTERVAL=0` can't be kept"),
        ("FREQ=WEEKLY;INTERVAL=-1", "can't be kept"),
        ("FREQ=WEEKLY;COUNT=0", "can't be kept"),
        ("FREQ=WEEKLY;BYDAY=2TU", "`BYDAY=2TU` can't be kept"),
        ("FREQ=WEEKLY;BYDAY=", "can't be kept"),
        ("FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=31", "can't be kept"),
        ("FREQ=WEEKLY;UNTIL=20261231T090000Z", "can't be kept"),
        ("FREQ=WEEKLY;", "can't be kept"),
        ("FREQ=WEEKLY;BYDAY=TU\nEXDATE:20260106T090000", "can't be kept"),
        ("FREQ=WEEKLY;BYDAY=TU;BYDAY=WE", "each part stands once"),
        ("FREQ=WEEKLY;COUNT=2;UNTIL=20261231", "COUNT or UNTIL, not both"),
        ("FREQ=WEEKLY;UNTIL=20261399", "not a recurrence rule"),
    ],
)
def test_any_other_is_refused_with_a_sentence(rule: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        check_rule(rule)
