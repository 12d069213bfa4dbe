from datetime import UTC, datetime, timedelta, timezone

import pytest

from scheduler.clock import MovableClock, SystemClock

NOON = datetime(2026, 9, 7, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_the_systems_clock_tells_utc() -> None:
    clock = SystemClock()
    earlier, later = clock.now(), clock.now()
    assert earlier.utcoffset() == timedelta()
    assert earlier <= later


def test_the_systems_clock_stands_still_while_the_machines_is_set_back() -> None:
    readings = iter([NOON, NOON + HOUR, NOON - HOUR, NOON + 2 * HOUR])
    clock = SystemClock(lambda: next(readings))
    assert [clock.now() for _ in range(3)] == [NOON + HOUR, NOON + HOUR, NOON + 2 * HOUR]


def test_a_movable_clock_stands_still_until_it_is_moved() -> None:
    clock = MovableClock(NOON.astimezone(timezone(HOUR)))
    assert clock.now() == NOON
    assert clock.now().tzinfo is UTC
    clock.advance(HOUR)
    clock.move_to(NOON + 3 * HOUR)
    clock.move_to(NOON + 3 * HOUR)
    assert clock.now() == NOON + 3 * HOUR


def test_a_movable_clock_can_run_on() -> None:
    seconds = iter([100.0, 101.5, 102.0, 102.0, 103.0])
    clock = MovableClock(NOON, runs=lambda: next(seconds))
    assert clock.now() == NOON + timedelta(seconds=1.5)
    clock.advance(HOUR)
    assert clock.now() == NOON + HOUR + timedelta(seconds=3)


def test_no_clock_is_moved_back() -> None:
    clock = MovableClock(NOON)
    with pytest.raises(ValueError, match="forwards only"):
        clock.move_to(NOON - HOUR)
    with pytest.raises(ValueError, match="forwards only"):
        clock.advance(-HOUR)
    assert clock.now() == NOON


def test_a_moment_says_its_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        MovableClock(NOON.replace(tzinfo=None))
    with pytest.raises(ValueError, match="time zone"):
        MovableClock(NOON).move_to(NOON.replace(tzinfo=None))
