"""What users of such bots complain about, where it is about days and hours, as people hear it.

Each complaint is a test, over weeks on a real store: what stands in somebody's direct messages, and
when it came on their own wall clock.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from coaching.calendar import Span
from coaching.delivery import DeliveryKind
from coaching.slot import Slot
from coaching.team import Role
from coaching.team_plan import WantedCadence, WantedMember, WantedTeam
from storage import SqlStore
from tests.integration.coaching.weeks import Weeks

NINE = time(9)
PROMPT, REMINDER, CARD = DeliveryKind.PROMPT, DeliveryKind.REMINDER, DeliveryKind.BREAKDOWN


def weekly(days: str, at: time = NINE, practice: str = "early_wins") -> WantedCadence:
    return WantedCadence(practice, f"FREQ=WEEKLY;BYDAY={days}", at)


def team(
    zone: str, country: str, *cadences: WantedCadence, second: str | None = None, **others: object
) -> WantedTeam:
    """Three people; `second` is the time zone of the second (U2), if it is not the team's."""
    members = (
        WantedMember("U1", Role.LEAD),
        WantedMember("U2", Role.LEADER, timezone=second),
        WantedMember("U3", Role.LEADER),
    )
    plan = WantedTeam("Northwind", "C1", zone, country, members, cadences=cadences)
    return replace(plan, **others)  # type: ignore[arg-type]


async def heard(weeks: Weeks, user: str, zone: str, *kinds: DeliveryKind) -> list[str]:
    """When something came to a person, on their own clock."""
    posted = await weeks.said_to(user, *kinds)
    return [f"{one.posted_at.astimezone(ZoneInfo(zone)):%a %d %b %H:%M}" for one in posted]


def at(zone: str, year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)


async def test_1_nobody_is_pinged_on_bank_holidays(sqlite_store: SqlStore) -> None:
    """Neither by a weekly question, nor by what was said in the office at the last moment."""
    london = "Europe/London"
    weeks = Weeks(sqlite_store, at(london, 2026, 12, 16, 8))
    often = weekly("TH,FR", practice="future_back")
    await weeks.apply(team(london, "GB-ENG", often, budget=5))
    await weeks.run_until(at(london, 2026, 12, 24, 20))  # Christmas Eve, after hours
    await weeks.logs_breakdown("U1", owner="U2")
    await weeks.run_until(at(london, 2027, 1, 8, 12))
    assert await heard(weeks, "U2", london, PROMPT) == [
        "Thu 17 Dec 09:00",
        "Fri 18 Dec 09:00",
        "Thu 24 Dec 09:00",
        "Thu 31 Dec 09:00",
        "Thu 07 Jan 09:00",
        "Fri 08 Jan 09:00",
    ]
    assert await heard(weeks, "U2", london, CARD) == ["Tue 29 Dec 09:00"]


@pytest.mark.parametrize(
    ("day", "reminded"),
    [(17, "Fri 18 Dec 09:00"), (18, "Mon 21 Dec 09:00"), (24, "Tue 29 Dec 09:00")],
)
async def test_1_nor_is_anybody_reminded_on_one_or_on_a_weekend(
    sqlite_store: SqlStore, day: int, reminded: str
) -> None:
    london = "Europe/London"
    weeks = Weeks(sqlite_store, at(london, 2026, 12, day, 8))
    once = WantedCadence("future_back", "FREQ=DAILY;COUNT=1", NINE)
    await weeks.apply(team(london, "GB-ENG", once))
    await weeks.run_until(weeks.now + timedelta(days=7))
    assert await heard(weeks, "U2", london, REMINDER) == [reminded]


async def test_1_what_was_put_off_by_an_absence_meets_no_holiday(sqlite_store: SqlStore) -> None:
    """Back on Christmas Day, so to say: asked at the usual hour of the first working day."""
    london = "Europe/London"
    weeks = Weeks(sqlite_store, at(london, 2026, 12, 23, 8))
    once = WantedCadence("future_back", "FREQ=DAILY;COUNT=1", time(10, 15))
    plan = team(london, "GB-ENG", once)
    first, second, third = plan.members
    away = (Span(date(2026, 12, 21), date(2026, 12, 24)),)
    await weeks.apply(replace(plan, members=(first, replace(second, away=away), third)))
    await weeks.run_until(at(london, 2026, 12, 30, 18))
    assert await heard(weeks, "U3", london, PROMPT) == ["Wed 23 Dec 10:15"]
    assert await heard(weeks, "U2", london) == ["Tue 29 Dec 10:15", "Wed 30 Dec 10:15"]


async def test_1_who_wants_to_be_asked_on_saturdays_is(sqlite_store: SqlStore) -> None:
    london = "Europe/London"
    weeks = Weeks(sqlite_store, at(london, 2026, 12, 11, 8))
    await weeks.apply(team(london, "GB-ENG", weekly("SA", practice="future_back")))
    await weeks.run_until(at(london, 2027, 1, 3, 8))
    assert await heard(weeks, "U2", london, PROMPT) == [
        "Sat 12 Dec 09:00",
        "Sat 19 Dec 09:00",
        "Sat 02 Jan 09:00",
    ]
    assert await heard(weeks, "U2", london, REMINDER) == ["Mon 14 Dec 09:00", "Mon 21 Dec 09:00"]


CHANGES = {
    "London, autumn": ("Europe/London", date(2026, 10, 23)),
    "London, spring": ("Europe/London", date(2027, 3, 12)),
    "New York, autumn": ("America/New_York", date(2026, 10, 23)),
    "New York, spring": ("America/New_York", date(2027, 3, 5)),
}


@pytest.mark.parametrize("change", CHANGES)
async def test_3_over_a_clock_change_friday_is_not_skipped_and_sunday_not_pinged(
    sqlite_store: SqlStore, change: str
) -> None:
    zone, friday = CHANGES[change]
    weeks = Weeks(sqlite_store, at(zone, friday.year, friday.month, friday.day, 8))
    await weeks.apply(team(zone, "XX", weekly("FR", practice="future_back")))
    for _ in range(3):
        await weeks.logs_breakdown("U3")  # the lead hears of these, where there is room
    await weeks.run_until(weeks.now + timedelta(days=16))
    fridays = [friday + timedelta(weeks=week) for week in range(3)]
    assert await heard(weeks, "U1", zone, PROMPT) == [f"{day:%a %d %b} 09:00" for day in fridays]
    mondays = [friday + timedelta(weeks=week, days=3) for week in range(2)]
    assert await heard(weeks, "U2", zone, REMINDER) == [f"{day:%a %d %b} 09:00" for day in mondays]


async def test_4_japan_is_asked_on_its_own_date(sqlite_store: SqlStore) -> None:
    """Tuesday at eight in Tokyo is still Monday in UTC, and in London."""
    tokyo, london = "Asia/Tokyo", "Europe/London"
    weeks = Weeks(sqlite_store, at(tokyo, 2026, 10, 3, 8))
    plan = team(london, "XX", WantedCadence("early_wins", "FREQ=WEEKLY;BYDAY=TU"), second=tokyo)
    await weeks.apply(replace(plan, slot=Slot(1, time(8))))
    await weeks.run_until(at(london, 2026, 10, 20, 12))
    days = ["Tue 06 Oct 08:00", "Tue 13 Oct 08:00", "Tue 20 Oct 08:00"]
    assert await heard(weeks, "U2", tokyo, PROMPT) == days
    assert await heard(weeks, "U1", london, PROMPT) == days
    assert await heard(weeks, "U2", tokyo, REMINDER) == ["Wed 07 Oct 08:00", "Wed 14 Oct 08:00"]
    rounds = await weeks.do(lambda uow: uow.rounds.where())
    assert [one.occasion for one in rounds] == ["2026-10-06", "2026-10-13", "2026-10-20"]


@pytest.mark.parametrize(
    ("zone", "hour"),
    [("America/Los_Angeles", time(18, 30)), ("Asia/Tokyo", time(8)), ("Pacific/Auckland", time(9))],
)
async def test_5_days_begin_and_end_on_peoples_own_clocks_and_not_in_utc(
    sqlite_store: SqlStore, zone: str, hour: time
) -> None:
    """Asked on a Monday that is another day in UTC: leave on the days beside it holds nothing."""
    weeks = Weeks(sqlite_store, at(zone, 2026, 10, 3, 8))
    plan = team(zone, "XX", weekly("MO", hour))
    first, second, third = plan.members
    tuesday, monday = date(2026, 10, 6), date(2026, 10, 12)
    there = replace(
        second, away=(Span(date(2026, 10, 4), date(2026, 10, 4)), Span(tuesday, tuesday))
    )
    away = replace(third, away=(Span(monday, monday + timedelta(days=6)),))
    await weeks.apply(replace(plan, members=(first, there, away)))
    await weeks.run_until(at(zone, 2026, 10, 18, 8))
    assert at(zone, 2026, 10, 5, hour.hour, hour.minute).date() != date(2026, 10, 5)
    mondays = [f"Mon 05 Oct {hour:%H:%M}", f"Mon 12 Oct {hour:%H:%M}"]
    assert await heard(weeks, "U2", zone, PROMPT) == mondays
    assert await heard(weeks, "U3", zone, PROMPT) == mondays[:1]


async def test_7_everybody_has_a_schedule_of_their_own(sqlite_store: SqlStore) -> None:
    """At nine where they are, also in the week in which only one of their clocks has changed."""
    zones = {"U1": "Europe/London", "U2": "America/New_York", "U3": "Asia/Tokyo"}
    weeks = Weeks(sqlite_store, at("Asia/Tokyo", 2026, 10, 17, 8))
    plan = team("Europe/London", "XX", WantedCadence("early_wins", "FREQ=WEEKLY;BYDAY=WE"))
    members = tuple(replace(one, timezone=zones[one.user]) for one in plan.members)
    await weeks.apply(replace(plan, members=members, slot=Slot(2, NINE)))
    await weeks.run_until(at("Europe/London", 2026, 11, 6, 12))
    for user, zone in zones.items():
        assert await heard(weeks, user, zone, PROMPT) == [
            "Wed 21 Oct 09:00",
            "Wed 28 Oct 09:00",
            "Wed 04 Nov 09:00",
        ]


@pytest.mark.parametrize(
    ("rule", "asked"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", ["Wed 07 Oct", "Wed 21 Oct", "Wed 04 Nov"]),
        ("FREQ=MONTHLY;BYDAY=1MO", ["Mon 05 Oct", "Mon 02 Nov"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", ["Fri 30 Oct"]),
    ],
)
async def test_9_a_question_comes_every_second_week_or_every_month(
    sqlite_store: SqlStore, rule: str, asked: list[str]
) -> None:
    london = "Europe/London"
    weeks = Weeks(sqlite_store, at(london, 2026, 10, 5, 8))
    await weeks.apply(team(london, "GB-ENG", WantedCadence("early_wins", rule, NINE)))
    await weeks.run_until(at(london, 2026, 11, 12, 8))
    assert await heard(weeks, "U2", london, PROMPT) == [f"{day} 09:00" for day in asked]
