"""On which days the owner of an invitation is reminded."""

from datetime import date, datetime, timedelta
from itertools import product

import pytest

from coaching.calendar import Calendar
from coaching.invite import REMINDED_DAYS_BEFORE, reminded_on
from coaching.stakeholder import Stakeholder, folded

GB = Calendar("GB", ())
FRIDAY = date(2026, 12, 4)


@pytest.mark.parametrize(
    ("today", "said", "expected"),
    [
        (
            date(2026, 10, 5),
            (),
            {28: date(2026, 11, 6), 7: date(2026, 11, 27), 2: date(2026, 12, 2)},
        ),
        (
            date(2026, 11, 6),
            (),
            {28: date(2026, 11, 6), 7: date(2026, 11, 27), 2: date(2026, 12, 2)},
        ),
        (
            date(2026, 11, 9),
            (),
            {28: date(2026, 11, 6), 7: date(2026, 11, 27), 2: date(2026, 12, 2)},
        ),
        (date(2026, 11, 9), (28,), {7: date(2026, 11, 27), 2: date(2026, 12, 2)}),
        (date(2026, 11, 30), (), {7: date(2026, 11, 27), 2: date(2026, 12, 2)}),
        (date(2026, 11, 27), (), {7: date(2026, 11, 27), 2: date(2026, 12, 2)}),
        (date(2026, 11, 27), (7,), {7: date(2026, 11, 27), 2: date(2026, 12, 2)}),
        (date(2026, 12, 3), (28, 7), {2: date(2026, 12, 2)}),
        (date(2026, 12, 3), (2,), {}),
        (FRIDAY, (), {}),
    ],
)
def test_of_what_is_past_the_newest_alone(
    today: date, said: tuple[int, ...], expected: dict[int, date]
) -> None:
    assert reminded_on(FRIDAY, today, GB, said) == expected


def test_a_reminder_for_a_weekend_comes_on_the_working_day_before() -> None:
    monday = date(2026, 12, 7)
    assert reminded_on(monday, date(2026, 11, 30), GB, (28, 7)) == {
        7: date(2026, 11, 30),
        2: FRIDAY,
    }


def test_every_reminder_comes_on_a_working_day_before_the_session() -> None:
    for shift, ahead in product(range(60), (1, 5, 20, 40)):
        session = FRIDAY + timedelta(days=shift)
        days = reminded_on(session, session - timedelta(days=ahead), GB)
        assert set(days) <= set(REMINDED_DAYS_BEFORE)
        assert all(on < session and GB.is_working(on) for on in days.values())
        assert sum(on < session - timedelta(days=ahead) for on in days.values()) <= 1


def test_who_is_stale_and_who_was_suggested() -> None:
    added = datetime.fromisoformat("2026-06-01T09:00:00+00:00")
    one = Stakeholder("s", "w", "t", folded(" Ward  Nurses "), "Ward Nurses", "m", added)
    assert one.key == "ward nurses"
    assert one.is_stale(date(2026, 9, 29))
    assert not one.is_stale(date(2026, 9, 28))
    assert one.on_map
    assert not one.suggested
