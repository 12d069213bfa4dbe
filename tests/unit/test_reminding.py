"""When a reminder comes: properties over zones, clock changes, countries and blackouts."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.calendar import Calendar, Span
from coaching.recurrence import on_wall
from coaching.reminding import REMINDER_AFTER, reminder_at

DAY = timedelta(days=1)
LONDON = ZoneInfo("Europe/London")

zones = st.sampled_from(
    [
        "Europe/London",
        "America/New_York",
        "America/Nuuk",  # its gap reaches midnight
        "America/Scoresbysund",  # its gap ends at midnight
        "Africa/Cairo",  # its gap begins at midnight, and people work on Sundays
        "Asia/Jerusalem",
        "Asia/Tokyo",
        "Australia/Lord_Howe",  # its gap is half an hour
        "Pacific/Apia",  # left out 30 December 2011
    ]
).map(ZoneInfo)
moments = st.datetimes(datetime(2010, 1, 1), datetime(2036, 12, 1)).map(
    lambda naive: naive.replace(tzinfo=UTC, microsecond=0)
)


@st.composite
def calendars(draw: st.DrawFn, near: date) -> Calendar:
    first = draw(st.integers(-3, 9).map(lambda days: near + timedelta(days=days)))
    blackout = Span(first, first + timedelta(days=draw(st.integers(0, 12))))
    country = draw(st.sampled_from(["GB-ENG", "US", "JP", "EG", "IL", "XX"]))
    return Calendar(country, draw(st.sampled_from([(), (blackout,)])))


@given(moments, zones, st.data())
def test_the_next_working_day_at_the_same_hour_on_the_wall_and_a_day_later_at_least(
    asked_at: datetime, zone: ZoneInfo, data: st.DataObject
) -> None:
    asked = asked_at.astimezone(zone)
    calendar = data.draw(calendars(asked.date()))
    moment = reminder_at(asked_at, zone, calendar)
    shown = moment.astimezone(zone)
    assert moment - asked_at >= REMINDER_AFTER == DAY
    assert calendar.is_working(shown.date())
    assert not calendar.is_blackout(shown.date())
    if shown.replace(tzinfo=None).time() != asked.time():
        gap = shown.utcoffset() != (moment - timedelta(minutes=1)).astimezone(zone).utcoffset()
        assert gap, "only where that day has no such hour"
    for days in range(1, (shown.date() - asked.date()).days):
        between = asked.date() + timedelta(days=days)
        met = on_wall(between, asked.time(), zone)
        met_then = met.astimezone(zone).date() == between and met >= asked_at + DAY
        assert not calendar.is_working(between) or calendar.is_blackout(between) or not met_then


@pytest.mark.parametrize(
    ("asked", "reminded"),
    [
        ("2026-10-06T09:00", "2026-10-07T09:00"),
        ("2026-10-23T09:00", "2026-10-26T09:00"),  # over the weekend of the clock change
        ("2027-03-26T09:00", "2027-03-30T09:00"),  # asked on Good Friday all the same
        ("2026-12-24T09:00", "2026-12-29T09:00"),  # Boxing Day is kept on Monday the 28th
    ],
)
def test_in_london(asked: str, reminded: str) -> None:
    asked_at = datetime.fromisoformat(asked).replace(tzinfo=LONDON).astimezone(UTC)
    moment = reminder_at(asked_at, LONDON, Calendar("GB-ENG"))
    assert moment.astimezone(LONDON).isoformat()[:16] == reminded


def test_the_morning_after_a_spring_gap_is_too_soon_where_people_work_on_that_day() -> None:
    """In Cairo the clock goes forward on a Friday; a team that works on Fridays as well."""
    cairo, calendar = ZoneInfo("Africa/Cairo"), Calendar("XX")
    asked_at = on_wall(date(2026, 4, 23), time(9), cairo)
    assert on_wall(date(2026, 4, 24), time(9), cairo) - asked_at == timedelta(hours=23)
    assert reminder_at(asked_at, cairo, calendar) == on_wall(date(2026, 4, 27), time(9), cairo)
