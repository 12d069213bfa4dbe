"""What people complain about in such bots, where the calendar alone is to blame.

Each test is named after a complaint in the public trackers of comparable bots.
"""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.teams_file import TeamsFile, read_teams_file
from coaching.cadence import DIGEST, Cadence
from coaching.catalogue import load_catalogue
from coaching.documents import DocumentError
from coaching.occasion import Occasion, occasions
from coaching.recurrence import occurrences, on_wall
from coaching.rhythm import from_words
from coaching.team import Team

TEAMS = """\
workspace: {platform: slack, id: T0123ABCD}
teams:
  - name: Northern
    channel: C0123ABCD
    timezone: Europe/London
    country: GB-ENG
    members: [{user: U0123ABCD, role: lead}]
    cadences:
      - {practice: voices_heard, rrule: FREQ=WEEKLY;BYDAY=TU, at: "09:00"}
"""


def coming(
    practice: str, phrase: str, zone: str, country: str, after: datetime, most: int
) -> list[Occasion]:
    rhythm = from_words(phrase)
    assert isinstance(rhythm.rule, str)
    team = Team("1", "slack:T1", "Board", "C1", zone, country)
    starts_on = after.astimezone(ZoneInfo(zone)).date()
    cadence = Cadence("1", "slack:T1", "1", practice, rhythm.rule, rhythm.at, starts_on, None)
    return list(islice(occasions(cadence, team, after), most))


def local(occasion: Occasion, zone: str) -> datetime:
    return occasion.hour.due_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def read(text: str) -> TeamsFile:
    return read_teams_file(text, "teams.yaml", load_catalogue())


def test_1_pinged_on_bank_holidays() -> None:
    eve = datetime(2026, 12, 21, tzinfo=UTC)
    weekly = coming("voices_heard", "every Friday at 09:00", "Europe/London", "GB-ENG", eve, 3)
    assert [(one.day.isoformat(), one.comes, one.reason) for one in weekly] == [
        ("2026-12-25", False, "holiday: Christmas Day"),
        ("2027-01-01", False, "holiday: New Year's Day"),
        ("2027-01-08", True, ""),
    ]
    before_easter = datetime(2027, 3, 20, tzinfo=UTC)
    monday = coming("early_wins", "every Monday at 09:00", "Europe/London", "GB-ENG",
                    before_easter, 2)  # fmt: skip
    assert [one.reason for one in monday] == ["", "holiday: Easter Monday"]


def test_1_and_what_is_rare_or_read_before_a_meeting_comes_on_the_working_day_before() -> None:
    eve = datetime(2026, 12, 21, tzinfo=UTC)
    zone = "Europe/London"
    digest = coming(DIGEST, "every Friday at 15:00", zone, "GB-ENG", eve, 2)
    assert [local(one, zone) for one in digest] == [
        datetime(2026, 12, 24, 15),
        datetime(2026, 12, 31, 15),
    ]
    assert all(one.comes for one in digest)
    monthly = coming("reflection", "1st of each month at 09:00", zone, "GB-ENG", eve, 2)
    assert local(monthly[0], zone) == datetime(2026, 12, 31, 9)
    assert monthly[0].reason == "holiday: New Year's Day"
    assert monthly[0].day == date(2027, 1, 1), "its own date stays its name"


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/London", "Australia/Sydney"])
def test_3_after_a_clock_change_friday_skipped_and_sunday_pinged(zone: str) -> None:
    after = datetime(2026, 1, 1, tzinfo=UTC)
    friday = occurrences("FREQ=WEEKLY;BYDAY=FR", date(2026, 1, 1), time(9), ZoneInfo(zone), after)
    days = [date(2026, 1, 2) + timedelta(weeks=week) for week in range(104)]
    for (day, moment), wanted in zip(islice(friday, 104), days, strict=True):
        shown = moment.astimezone(ZoneInfo(zone))
        assert (day, shown.date(), shown.time()) == (wanted, wanted, time(9))


@pytest.mark.parametrize("at", [time(0), time(7), time(8, 59), time(9), time(23, 59)])
def test_4_japan_gets_the_day_befores_date(at: time) -> None:
    zone = ZoneInfo("Asia/Tokyo")
    after = datetime(2026, 10, 4, tzinfo=UTC)
    tuesdays = occurrences("FREQ=WEEKLY;BYDAY=TU", date(2026, 10, 4), at, zone, after)
    day, moment = next(tuesdays)
    assert day == moment.astimezone(zone).date() == date(2026, 10, 6)


def test_4_nine_for_everybody_wherever_they_are_on_their_own_date() -> None:
    day, nine = date(2026, 10, 6), time(9)
    zones = ["Pacific/Kiritimati", "Asia/Tokyo", "Europe/London", "Pacific/Pago_Pago"]
    moments = [on_wall(day, nine, ZoneInfo(zone)) for zone in zones]
    assert moments == sorted(moments), "the day comes from the east"
    for zone, moment in zip(zones, moments, strict=True):
        shown = moment.astimezone(ZoneInfo(zone))
        assert (shown.date(), shown.time()) == (day, nine)
    assert moments[0].date() == date(2026, 10, 5), "already, where UTC is a day behind"


def test_5_utc_times_and_day_boundaries() -> None:
    late = datetime(2026, 10, 6, 2, 30, tzinfo=UTC)  # Monday evening in Los Angeles
    zone = "America/Los_Angeles"
    first = coming("voices_heard", "every Monday at 20:00", zone, "US", late, 1)[0]
    assert local(first, zone) == datetime(2026, 10, 5, 20), "Monday is not over yet there"
    daily = coming("voices_heard", "every day at 23:30", zone, "XX", late, 40)
    assert [one.day for one in daily] == [date(2026, 10, 5) + timedelta(n) for n in range(40)]
    assert {local(one, zone).time() for one in daily} == {time(23, 30)}


def test_6_unknown_time_zone_blocks_saving() -> None:
    some = sorted(available_timezones())[::8]
    for zone in ("US/Pacific", "Asia/Calcutta", "Europe/Kiev", "Europe/Kyiv", *some):
        assert read(TEAMS.replace("Europe/London", zone)).teams[0].timezone == zone
    with pytest.raises(DocumentError, match="is not an IANA time zone; did you mean Asia/Tokyo"):
        read(TEAMS.replace("Europe/London", "Asia/Tokio"))


@pytest.mark.parametrize(
    ("phrase", "days"),
    [
        ("every second Wednesday at 09:00", ["2026-10-14", "2026-10-28", "2026-11-11"]),
        ("first Monday of each month at 09:00", ["2026-11-02", "2026-12-07", "2027-01-04"]),
        ("last Friday of each month at 09:00", ["2026-10-30", "2026-11-27", "2026-12-25"]),
        ("first Monday of each quarter at 09:00", ["2027-01-04", "2027-04-05", "2027-07-05"]),
        ("last weekday of each month at 09:00", ["2026-10-30", "2026-11-30", "2026-12-31"]),
        ("on 1 March each year at 09:00", ["2027-03-01", "2028-03-01", "2029-03-01"]),
    ],
)
def test_9_no_weekly_or_monthly_cadence(phrase: str, days: list[str]) -> None:
    rule = from_words(phrase).rule
    cadences = read(TEAMS.replace("FREQ=WEEKLY;BYDAY=TU", f'"{rule}"')).teams[0].cadences
    assert cadences[0].rrule == rule
    after = datetime(2026, 10, 12, tzinfo=UTC)
    found = coming("voices_heard", phrase, "Europe/London", "XX", after, 3)
    assert [one.day.isoformat() for one in found] == days
