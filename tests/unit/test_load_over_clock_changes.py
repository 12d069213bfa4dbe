"""The rule of load over weeks in which the clock changes: the budget holds, and hours are kept."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from coaching.calendar import Calendar
from coaching.load import WEEK, Burden
from coaching.quiet_hours import EVENING_TO_MORNING, QuietHours
from coaching.recurrence import on_wall
from coaching.reminding import reminder_at
from coaching.wishes import AT_ITS_HOUR, Timing, Wishes
from tests.unit.bearing import Bearing, Thing

DAY = timedelta(days=1)
LONDON = ZoneInfo("Europe/London")
MONDAYS_BEFORE_A_CHANGE = {
    "Europe/London": [date(2026, 10, 12), date(2027, 3, 15)],
    "America/New_York": [date(2026, 10, 19), date(2027, 3, 1)],
    "Africa/Cairo": [date(2026, 10, 12), date(2027, 4, 12)],  # on a Friday and a Thursday
    "Australia/Lord_Howe": [date(2026, 9, 21), date(2027, 3, 22)],  # by half an hour
    "Asia/Tokyo": [date(2026, 10, 12)],
}


@st.composite
def weeks_of_prompts(draw: st.DrawFn, most: int) -> tuple[ZoneInfo, time, list[Thing]]:
    """Six weeks over a clock change: the prompts of so many weekdays at most, and reminders."""
    name = draw(st.sampled_from(sorted(MONDAYS_BEFORE_A_CHANGE)))
    zone, monday = ZoneInfo(name), draw(st.sampled_from(MONDAYS_BEFORE_A_CHANGE[name]))
    # No gap skips these: after one that it does, the reminder comes at the hour of its end.
    hour = draw(st.builds(time, st.integers(3, 23), st.sampled_from([0, 30])))
    weekdays = draw(st.sets(st.integers(0, 4), min_size=1, max_size=most))
    things = []
    for days in range(6 * 7):
        day = monday + timedelta(days=days)
        if day.weekday() in weekdays:
            due_at = on_wall(day, hour, zone)
            until = due_at + 5 * DAY
            things.append(Thing(Burden.PROMPT, due_at, Timing(hour, day.weekday(), until=until)))
            reminded_at = reminder_at(due_at, zone, Calendar("XX"))
            things.append(Thing(Burden.REMINDER, reminded_at, Timing(hour, until=until)))
    return zone, hour, things


@st.composite
def others(draw: st.DrawFn, first: datetime, burdens: list[Burden]) -> list[Thing]:
    minutes = st.integers(0, 45 * 24 * 60).map(lambda ahead: first + timedelta(minutes=ahead))
    return [
        Thing(burden, at, Timing(until=at + WEEK if burden is Burden.NUDGE else None))
        for burden, at in draw(st.lists(st.tuples(st.sampled_from(burdens), minutes), max_size=40))
    ]


@st.composite
def bearings(draw: st.DrawFn, *, promises: bool) -> tuple[Bearing, time]:
    """Without promises: in weeks whose prompts leave a place free."""
    budget = draw(st.integers(3, 5))
    zone, hour, things = draw(weeks_of_prompts(5 if promises else budget - 1))
    burdens = [Burden.REPORT, Burden.NUDGE, *([Burden.PROMISE] if promises else [])]
    things += draw(others(things[0].due_at - 3 * DAY, burdens))
    quiet = draw(st.sampled_from([None, EVENING_TO_MORNING, QuietHours(time(1), time(9))]))
    wishes = Wishes(zone, quiet, calendar=Calendar("XX"))
    delay = draw(st.sampled_from([timedelta(), timedelta(seconds=3)]))
    return Bearing(wishes, budget, things, delay), hour


def at_hour(bearing: Bearing, moment: datetime, hour: time) -> bool:
    zone, quiet = bearing.wishes.zone, bearing.wishes.quiet
    for days in (-1, 0):
        day = moment.astimezone(zone).date() + timedelta(days=days)
        at = on_wall(day, hour, zone)
        if quiet is not None and hour in quiet:
            at = on_wall(day + timedelta(days=hour >= quiet.end), quiet.end, zone)
        if at <= moment <= at + AT_ITS_HOUR:
            return True
    return False


def check_budget(bearing: Bearing) -> None:
    said = [at for at, _ in bearing.said]
    assert all(
        later - first >= WEEK for first, later in zip(said, said[bearing.budget :], strict=False)
    )


@given(bearings(promises=True))
def test_whatever_is_due_no_week_holds_more_than_the_budget_and_prompts_keep_their_hour(
    case: tuple[Bearing, time],
) -> None:
    bearing, hour = case
    bearing.go_by()
    check_budget(bearing)
    for at, thing in bearing.said:
        if thing.burden.has_its_hour:
            assert at_hour(bearing, at, hour)


@given(bearings(promises=False))
def test_a_prompt_comes_at_its_hour_on_its_day_in_the_weeks_of_clock_changes_too(
    case: tuple[Bearing, time],
) -> None:
    bearing, hour = case
    bearing.go_by()
    check_budget(bearing)
    prompts = [(at, one) for at, one in bearing.said if one.burden is Burden.PROMPT]
    assert len(prompts) == sum(one.burden is Burden.PROMPT for one in bearing.things)
    for at, thing in prompts:
        if bearing.wishes.quiet is None or hour not in bearing.wishes.quiet:
            assert thing.due_at <= at <= thing.due_at + AT_ITS_HOUR


def test_where_prompts_alone_fill_the_week_one_is_left_out_and_none_is_late() -> None:
    """In New York the week from 8 to 15 March 2027 has 167 hours."""
    zone, nine = ZoneInfo("America/New_York"), time(9)
    days = [date(2027, 3, 1) + timedelta(days=days) for days in range(28)]
    things = [
        Thing(
            Burden.PROMPT,
            on_wall(day, nine, zone),
            Timing(nine, day.weekday(), until=on_wall(day, nine, zone) + 5 * DAY),
        )
        for day in days
        if day.weekday() in {0, 2, 4}
    ]
    bearing = Bearing(Wishes(zone, calendar=Calendar("US")), 3, things)
    bearing.go_by()
    check_budget(bearing)
    assert [one.due_at.date() for one in bearing.dropped] == [date(2027, 3, 15)]
    assert all(at == one.due_at for at, one in bearing.said)


def spring_week(*others: Thing) -> list[tuple[str, str]]:
    """What a person in London hears who is asked on Tuesdays and reminded; from 23 March 2027."""
    nine = time(9)
    things = []
    for day in (date(2027, 3, 23), date(2027, 3, 30)):  # 167 hours apart
        due_at = on_wall(day, nine, LONDON)
        until = due_at + 5 * DAY
        things.append(Thing(Burden.PROMPT, due_at, Timing(nine, day.weekday(), until=until)))
        reminded_at = reminder_at(due_at, LONDON, Calendar("GB-ENG"))
        things.append(Thing(Burden.REMINDER, reminded_at, Timing(nine, until=until)))
    bearing = Bearing(Wishes(LONDON, calendar=Calendar("GB-ENG")), 3, [*things, *others])
    bearing.go_by()
    check_budget(bearing)
    return [
        (f"{at.astimezone(LONDON):%a %d %H:%M}", thing.burden.name) for at, thing in bearing.said
    ]


def promise(day: int, hour: int) -> Thing:
    at = datetime(2027, 3, day, hour, tzinfo=LONDON).astimezone(UTC)
    return Thing(Burden.PROMISE, at, Timing())


def test_a_promise_lets_the_prompt_of_the_next_day_go_first() -> None:
    """It waits from Monday afternoon until what was said a week ago counts no more."""
    assert spring_week(promise(29, 14))[2:4] == [
        ("Tue 30 09:00", "PROMPT"),
        ("Tue 30 10:00", "PROMISE"),
    ]


def test_a_promise_waits_for_no_prompt_longer_than_a_day_and_the_prompt_keeps_its_hour() -> None:
    assert spring_week(promise(25, 11))[2:4] == [
        ("Thu 25 11:00", "PROMISE"),
        ("Wed 31 09:00", "PROMPT"),
    ]
