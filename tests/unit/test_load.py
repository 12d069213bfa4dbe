"""The rule of load: properties over any wishes, any past and any clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.calendar import Calendar, Span, away_on
from coaching.load import WEEK, Burden, Drop, Load, Say, Verdict, Wait, decide
from coaching.quiet_hours import EVENING_TO_MORNING, QuietHours
from coaching.wishes import AT_ITS_HOUR, Timing, Wishes

NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LONDON = ZoneInfo("Europe/London")

moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(
    lambda naive: naive.replace(tzinfo=UTC)
)
zones = st.sampled_from(
    ["Europe/London", "Asia/Tokyo", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo"]
).map(ZoneInfo)
quiet_hours = st.none() | st.tuples(st.times(), st.times()).filter(
    lambda pair: pair[0] != pair[1]
).map(lambda pair: QuietHours(*pair))
burdens = st.sampled_from(Burden)


def spans_near(now: datetime) -> st.SearchStrategy[tuple[Span, ...]]:
    day = st.integers(-3, 20).map(lambda days: now.date() + timedelta(days=days))
    span = st.tuples(day, st.integers(0, 9)).map(
        lambda pair: Span(pair[0], pair[0] + timedelta(days=pair[1]))
    )
    return st.lists(span, max_size=3).map(tuple)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Burden, Wishes, Load, datetime, Timing]:
    now = draw(moments)
    past = st.integers(0, 7 * 24 * 60).map(lambda minutes: now - timedelta(minutes=minutes))
    coming = st.integers(-60, 7 * 24 * 60 - 1).map(lambda ahead: now + timedelta(minutes=ahead))
    pause = st.none() | st.integers(-3, 20).map(lambda days: now.date() + timedelta(days=days))
    wishes = Wishes(
        zone=draw(zones),
        quiet=draw(quiet_hours),
        away=draw(spans_near(now)),
        calendar=Calendar(draw(st.sampled_from(["GB-ENG", "EG", "XX"])), draw(spans_near(now))),
        paused_until=draw(pause),
    )
    spent = draw(st.lists(past, max_size=6))
    load = Load(
        draw(st.integers(3, 5)),
        spent=tuple(spent),
        nudged_at=draw(st.sampled_from([None, *spent])),
        ahead=tuple(draw(st.lists(coming, max_size=4))),
    )
    timing = Timing(draw(st.times()), draw(st.none() | st.integers(0, 6)))
    return draw(burdens), wishes, load, now, timing


@given(cases())
def test_what_is_said_is_within_what_a_person_bears(
    case: tuple[Burden, Wishes, Load, datetime, Timing],
) -> None:
    burden, wishes, load, now, timing = case
    if not isinstance(decide(burden, wishes, load, now, timing), Say):
        return
    wall = now.astimezone(wishes.zone)
    assert wishes.quiet is None or wall.time() not in wishes.quiet
    assert away_on(wishes.away, wall.date()) is None
    assert wishes.paused_until is None or wall.date() >= wishes.paused_until
    assert wishes.calendar is not None
    assert not wishes.calendar.is_blackout(wall.date())
    assert not wishes.calendar.is_holiday(wall.date())
    meant = wall.weekday() == timing.weekday
    assert wishes.calendar.is_working(wall.date()) or meant
    assert sum(at > now - WEEK for at in load.spent) < load.budget


@given(cases())
def test_who_waits_is_told_a_later_moment_and_may_then_speak(
    case: tuple[Burden, Wishes, Load, datetime, Timing],
) -> None:
    burden, wishes, load, now, timing = case
    if burden is Burden.PROMISE:
        load = replace(
            load, ahead=()
        )  # what it leaves room for is a courtesy that it may take back
    verdict = decide(burden, wishes, load, now, timing)
    assert not isinstance(verdict, Drop), "nothing is dropped that is worth saying for ever"
    if isinstance(verdict, Wait):
        assert verdict.until > now
        assert verdict.reason
        ahead = tuple(max(at, now) for at in load.ahead)
        later = Load(load.budget, load.spent, load.nudged_at, ahead)
        # What was ahead at `now` has been said by then, so it is spent.
        by_then = tuple(at for at in ahead if at <= verdict.until)
        bears = Load(
            later.budget,
            later.spent + by_then,
            later.nudged_at,
            ahead=tuple(at for at in ahead if at > verdict.until),
        )
        assert isinstance(decide(burden, wishes, bears, verdict.until, timing), Say)


@given(cases(), st.integers(0, 10 * 24))
def test_what_cannot_go_in_time_is_dropped_with_a_reason(
    case: tuple[Burden, Wishes, Load, datetime, Timing], hours: int
) -> None:
    burden, wishes, load, now, timing = case
    until = now + hours * HOUR
    verdict = decide(burden, wishes, load, now, replace(timing, until=until))
    if isinstance(verdict, Drop):
        assert verdict.reason
    if isinstance(verdict, Wait):
        assert now < verdict.until < until


@given(st.lists(st.integers(0, 40 * 24 * 60), min_size=1, max_size=60), st.integers(3, 5))
def test_whatever_comes_when_no_seven_days_hold_more_than_the_budget(
    minutes: list[int], budget: int
) -> None:
    said: list[datetime] = []
    for minute in sorted(minutes):
        now = NOW + timedelta(minutes=minute)
        verdict = decide(Burden.PROMPT, Wishes(LONDON), Load(budget, tuple(said)), now)
        said += [now] if isinstance(verdict, Say) else []
    assert all(later - first >= WEEK for first, later in zip(said, said[budget:], strict=False))


@given(st.sets(st.integers(1, 7 * 24 * 60 - 1), max_size=3))
def test_a_nudge_never_takes_the_place_of_a_prompt(coming: set[int]) -> None:
    said = [NOW - DAY]
    prompts = [NOW + timedelta(minutes=minute) for minute in sorted(coming)]
    load = Load(3, spent=tuple(said), ahead=tuple(prompts))
    nudged = isinstance(decide(Burden.NUDGE, Wishes(LONDON), load, NOW), Say)
    for prompt in prompts:
        at_its_hour = Timing(prompt.astimezone(LONDON).time(), until=prompt + 2 * AT_ITS_HOUR)
        others = (NOW,) if nudged else ()
        held, alone = (
            decide(Burden.PROMPT, Wishes(LONDON), Load(3, spent), prompt, at_its_hour)
            for spent in ((*said, *others), tuple(said))
        )
        assert not isinstance(held, Drop) or isinstance(alone, Drop)
        said += [] if isinstance(held, Drop) else [_when(held, prompt)]


def _when(verdict: Verdict, now: datetime) -> datetime:
    return verdict.until if isinstance(verdict, Wait) else now


def test_the_first_thing_in_the_way_is_the_reason() -> None:
    wishes = Wishes(LONDON, quiet=EVENING_TO_MORNING, away=(Span(NOW.date(), NOW.date()),))
    assert decide(Burden.PROMPT, wishes, Load(3), NOW) == Wait(
        datetime(2026, 10, 21, 8, tzinfo=UTC), "away"
    )
    assert decide(Burden.PROMPT, wishes, Load(3), NOW, Timing(until=NOW + DAY / 2)) == Drop("away")


def test_who_never_wants_it_never_gets_it() -> None:
    for burden in Burden:
        assert decide(burden, Wishes(LONDON, never="opted out"), Load(3), NOW) == Drop("opted out")


def test_one_nudge_a_week() -> None:
    load = Load(5, spent=(NOW - DAY,), nudged_at=NOW - DAY)
    assert decide(Burden.NUDGE, Wishes(LONDON), load, NOW) == Wait(
        NOW + 6 * DAY, "one nudge a week"
    )
    assert decide(Burden.REMINDER, Wishes(LONDON), load, NOW) == Say()


def test_a_note_that_something_must_be_mended_takes_a_place_like_all_else() -> None:
    full = Load(3, spent=(NOW - DAY,) * 3)
    assert decide(Burden.NOTE, Wishes(LONDON), full, NOW) == Wait(
        NOW + 6 * DAY, "the week's budget is spent"
    )


def test_precedence() -> None:
    order = list(Burden)
    assert order[:3] == [Burden.PROMISE, Burden.PROMPT, Burden.NOTE]
    assert all(one.comes_before(other) for one, other in pairwise(order))
    assert not any(other.comes_before(one) for one, other in pairwise(order))


@pytest.mark.parametrize(
    ("at", "quiet"),
    [(time(18, 59), False), (time(19), True), (time(0), True), (time(7, 29), True)],
)
def test_quiet_hours_cross_midnight(at: time, quiet: bool) -> None:
    assert (at in EVENING_TO_MORNING) is quiet


def test_quiet_hours_end_when_the_clock_goes_back() -> None:
    """01:15 comes twice in London on 25 October; the hours until 01:30 are quiet twice."""
    quiet = Wishes(LONDON, QuietHours(time(19), time(1, 30)))
    second = datetime(2026, 10, 25, 1, 15, tzinfo=UTC)
    assert decide(Burden.PROMPT, quiet, Load(3), second) == Wait(
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "quiet hours"
    )


def test_days_are_the_persons_own() -> None:
    sunday_in_london = datetime(2026, 10, 18, 23, 30, tzinfo=UTC)
    monday = Span(date(2026, 10, 19), date(2026, 10, 19))
    tokyo, london = Wishes(ZoneInfo("Asia/Tokyo"), away=(monday,)), Wishes(LONDON, away=(monday,))
    assert isinstance(decide(Burden.PROMPT, tokyo, Load(3), sunday_in_london), Wait)
    assert isinstance(decide(Burden.PROMPT, london, Load(3), sunday_in_london), Wait)
    assert decide(Burden.PROMPT, london, Load(3), sunday_in_london - 2 * HOUR) == Say()


@given(cases())
def test_a_promise_waits_less_than_a_day_longer_for_what_it_leaves_room_for(
    case: tuple[Burden, Wishes, Load, datetime, Timing],
) -> None:
    _, wishes, load, now, timing = case
    waits = [
        verdict.until if isinstance(verdict, Wait) else now
        for one in (load, replace(load, ahead=()))
        for verdict in [decide(Burden.PROMISE, wishes, one, now, timing)]
    ]
    assert timedelta() <= waits[0] - waits[1] < DAY


DAYS_OFF = {
    "London, Christmas Day": ("Europe/London", "GB-ENG", datetime(2026, 12, 25, 10), (29, 9)),
    "Tokyo, New Year": ("Asia/Tokyo", "JP", datetime(2026, 12, 31, 16), (31, 16)),
    "London, a Saturday": ("Europe/London", "GB-ENG", datetime(2026, 12, 5, 10), (7, 9)),
    "Cairo, a Friday": ("Africa/Cairo", "EG", datetime(2026, 12, 4, 10), (6, 9)),
}


@pytest.mark.parametrize("where", DAYS_OFF)
def test_on_a_day_off_all_waits_for_the_civil_hour_of_the_next_working_day(
    where: str,
) -> None:
    name, country, wall, (day, hour) = DAYS_OFF[where]
    zone = ZoneInfo(name)
    now = wall.replace(tzinfo=zone).astimezone(UTC)
    wishes = Wishes(zone, EVENING_TO_MORNING, calendar=Calendar(country))
    for burden in Burden:
        verdict = decide(burden, wishes, Load(3), now)
        until = verdict.until if isinstance(verdict, Wait) else now
        shown = until.astimezone(zone)
        assert (shown.day, shown.hour) == (day, hour)


def test_who_is_asked_on_saturdays_is_asked_on_a_saturday_but_not_on_a_sunday() -> None:
    saturday = datetime(2026, 10, 24, 8, tzinfo=UTC)
    wishes, on_saturdays = Wishes(LONDON, calendar=Calendar("GB-ENG")), Timing(weekday=5)
    assert decide(Burden.PROMPT, wishes, Load(3), saturday, on_saturdays) == Say()
    for now in (saturday, saturday + DAY):
        timing = on_saturdays if now != saturday else Timing(weekday=4)
        assert decide(Burden.PROMPT, wishes, Load(3), now, timing) == Wait(
            datetime(2026, 10, 26, 9, tzinfo=UTC), "weekend"
        )
