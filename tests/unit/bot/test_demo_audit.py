"""The audit counts each fault of time and load that it is there to find."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.demo.audit import Audit, Findings, Heard
from bot.demo.people import Absence, Character, Manner, Scene, Slot, Team

LONDON, TOKYO = ZoneInfo("Europe/London"), ZoneInfo("Asia/Tokyo")
COACH = Character("joan", "Joan", "coach", Manner.PROMPT)
AMARA = Character("amara", "Amara", "lead", Manner.PROMPT)
KEN = Character("ken", "Ken", "works", Manner.AWAY, TOKYO)
ENGLISH = Team(
    key="english",
    name="English",
    channel="english",
    zone=LONDON,
    country="GB-ENG",
    cast=(AMARA, KEN),
    coach=COACH,
    slot=Slot(1, time(9)),
    away=(("ken", Absence(date(2026, 11, 9), date(2026, 11, 22))),),
)
WELSH = Team(
    key="welsh",
    name="Welsh",
    channel="welsh",
    zone=LONDON,
    country="GB-WLS",
    cast=(AMARA,),
    coach=COACH,
    slot=Slot(4, time(10)),
)
SCENE = Scene("Two teams", (ENGLISH, WELSH), datetime(2026, 10, 5, 7, tzinfo=LONDON))
TUESDAY = datetime(2026, 10, 6, 9, tzinfo=LONDON)
NOTHING = Findings(0, 0, 0, 0, 0)


def findings(heard: Iterable[Heard], acted: Iterable[tuple[str, datetime]] = ()) -> Findings:
    return Audit(SCENE, heard, acted).findings()


def to_amara(*moments: datetime, asks: bool = False) -> list[Heard]:
    return [Heard(at, to="amara", asks=asks) for at in moments]


def test_a_prompt_at_its_hour_is_no_fault() -> None:
    assert findings(to_amara(TUESDAY, asks=True)) == Findings(1, 0, 0, 0, 0)


def test_what_somebody_brought_about_themselves_is_not_unasked() -> None:
    at_night = datetime(2026, 12, 25, 23, 5, 7, tzinfo=LONDON)
    assert findings(to_amara(at_night), [("amara", at_night)]) == NOTHING
    assert findings(to_amara(at_night), [("ken", at_night)]) == Findings(1, 1, 1, 0, 0)
    a_moment_ago = at_night - timedelta(seconds=1)
    assert findings(to_amara(at_night), [("amara", a_moment_ago)]) == Findings(1, 1, 1, 0, 0)


def test_the_fullest_seven_times_twenty_four_hours_count() -> None:
    days = [TUESDAY + timedelta(days=day) for day in (0, 3, 5, 6)]
    assert findings(to_amara(*days)).per_person_week_max == 4
    assert findings(to_amara(*days[:3], TUESDAY + timedelta(days=7))).per_person_week_max == 3
    each = [Heard(at, to=who) for at in days for who in ("amara", "joan")]
    assert findings(each).per_person_week_max == 4


def test_the_week_is_measured_in_hours_where_the_clock_changes() -> None:
    before = datetime(2026, 10, 20, 9, tzinfo=LONDON)
    after = datetime(2026, 10, 27, 8, 30, tzinfo=LONDON)  # 7 x 24 hours and a half
    assert findings(to_amara(before, after)).per_person_week_max == 1


@pytest.mark.parametrize(
    ("hour", "minute", "count"), [(7, 29, 1), (7, 30, 0), (18, 59, 0), (19, 0, 1), (2, 0, 1)]
)
def test_quiet_hours_are_those_of_the_persons_own_wall(hour: int, minute: int, count: int) -> None:
    at = datetime(2026, 10, 7, hour, minute, tzinfo=LONDON)
    assert findings(to_amara(at)).in_quiet_hours == count
    in_tokyo = Heard(datetime(2026, 10, 7, hour, minute, tzinfo=TOKYO), to="ken")
    assert findings([in_tokyo]).in_quiet_hours == count


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2026, 12, 24), 0),
        (date(2026, 12, 25), 1),
        (date(2026, 12, 28), 1),  # Boxing Day's substitute
        (date(2027, 1, 1), 1),
        (date(2027, 3, 26), 1),  # Good Friday
        (date(2027, 3, 29), 1),  # Easter Monday
        (date(2027, 3, 30), 0),
        (date(2026, 10, 10), 1),  # a Saturday
    ],
)
def test_days_off_are_the_countrys(day: date, count: int) -> None:
    at = datetime.combine(day, time(9), LONDON)
    assert findings(to_amara(at)).on_holiday == count


def test_a_day_off_begins_at_midnight_of_the_persons_own_clock() -> None:
    christmas_in_tokyo = datetime(2026, 12, 24, 16, tzinfo=LONDON)
    assert findings([Heard(christmas_in_tokyo, to="ken")]).on_holiday == 1
    assert findings(to_amara(christmas_in_tokyo)).on_holiday == 0


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2026, 10, 9), 0),
        (date(2026, 10, 8), 1),  # a Thursday before a working Friday
        (date(2026, 10, 12), 1),  # a Monday
        (date(2026, 12, 24), 0),
        (date(2026, 12, 25), 1),
        (date(2026, 12, 23), 1),
        (date(2026, 12, 31), 0),
        (date(2027, 3, 25), 0),
    ],
)
def test_a_digest_stands_on_friday_or_the_working_day_before(day: date, count: int) -> None:
    digest = Heard(datetime.combine(day, time(15), LONDON), team="english", digest=True)
    assert findings([digest]).on_holiday == count
    assert findings([Heard(digest.at, team="english")]).on_holiday == 0


def test_who_is_on_leave_is_left_alone() -> None:
    days = [date(2026, 11, 8), date(2026, 11, 9), date(2026, 11, 22), date(2026, 11, 23)]
    heard = [Heard(datetime.combine(day, time(9), TOKYO), to="ken") for day in days]
    assert findings(heard).while_away == 2


def test_who_has_not_joined_or_has_left_is_left_alone() -> None:
    day = timedelta(days=1)
    heard = to_amara(TUESDAY - day, TUESDAY + day, TUESDAY + 9 * day)
    audit = Audit(SCENE, heard, [], {"amara": TUESDAY}, {"amara": TUESDAY + 8 * day})
    assert audit.findings().while_away == 2


def test_a_prompt_comes_at_the_slots_hour_on_the_persons_own_wall() -> None:
    early, late = TUESDAY - timedelta(minutes=6), TUESDAY + timedelta(minutes=6)
    assert findings(to_amara(early, asks=True)).wrong_local_time == 1
    assert findings(to_amara(late, asks=True)).wrong_local_time == 1
    assert findings(to_amara(late)).wrong_local_time == 0  # it asks nothing
    other_team = datetime(2026, 10, 9, 10, tzinfo=LONDON)
    assert findings(to_amara(other_team, asks=True)).wrong_local_time == 0
    assert findings([Heard(TUESDAY, to="ken", asks=True)]).wrong_local_time == 1
    nine_there = datetime(2026, 10, 6, 9, tzinfo=TOKYO)
    assert findings([Heard(nine_there, to="ken", asks=True)]).wrong_local_time == 0


def test_an_hour_off_after_the_clock_has_changed_is_seen() -> None:
    winter = datetime(2026, 10, 27, 8, tzinfo=LONDON)
    assert findings(to_amara(winter, asks=True)).wrong_local_time == 1


def test_a_team_alone_is_told_of_its_people() -> None:
    sunday = datetime(2026, 10, 11, 9, tzinfo=TOKYO)
    audit = Audit(SCENE, [Heard(sunday, to="ken")], [])
    assert audit.findings("english").on_holiday == 1
    assert audit.findings("welsh") == NOTHING
