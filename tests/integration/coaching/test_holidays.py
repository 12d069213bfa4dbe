"""Holidays of a team's country: a weekly round is skipped, what is rare moves, and both say why."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from coaching.cadence import DIGEST, Cadence
from coaching.calendar import Span
from coaching.delivery import DeliveryKind
from coaching.ports import Store
from coaching.round import RoundState
from coaching.team_plan import WantedCadence, WantedTeam
from coaching.use_cases.set_up_team import apply_teams
from tests.integration.coaching.week import PLAN, Week, cadence

ADVENT = datetime(2026, 12, 14, 7, tzinfo=UTC)
CHRISTMAS = datetime(2026, 12, 25, 9, tzinfo=UTC)
MONTHLY = WantedCadence("early_wins", "FREQ=MONTHLY;BYMONTHDAY=25", time(9))


async def set_up(store: Store, *cadences: WantedCadence) -> Week:
    week = Week(store, now=ADVENT)
    await week.set_up(replace(PLAN, cadences=cadences))
    return week


async def cadence_of(week: Week, practice: str) -> Cadence:
    found = await week.do(lambda uow: uow.cadences.one(practice=practice))
    assert found is not None
    return found


async def through(week: Week, last: datetime) -> None:
    """Every hour up to then, as the planner looks."""
    while week.now < last:
        await week.until(week.now + timedelta(hours=1))


async def test_a_weekly_round_on_a_holiday_is_on_record_as_skipped_with_why(store: Store) -> None:
    week = await set_up(store, cadence("voices_heard", "FR", time(9)))
    await through(week, datetime(2027, 1, 8, 12, tzinfo=UTC))
    rounds = await week.do(lambda uow: uow.rounds.where())
    assert [(one.occasion, one.state, one.reason) for one in rounds] == [
        ("2026-12-18", RoundState.CLOSED, ""),
        ("2026-12-25", RoundState.SKIPPED, "holiday: Christmas Day"),
        ("2027-01-01", RoundState.SKIPPED, "holiday: New Year's Day"),
        ("2027-01-08", RoundState.OPEN, ""),
    ]
    due = {one.due_at.date() for one in await week.queued(DeliveryKind.PROMPT)}
    assert due == {date(2026, 12, 18), date(2027, 1, 8)}


async def test_a_monthly_round_comes_on_the_working_day_before(store: Store) -> None:
    week = await set_up(store, MONTHLY)
    assert (await cadence_of(week, "early_wins")).next_due_at == CHRISTMAS - timedelta(days=1)
    await through(week, CHRISTMAS + timedelta(days=3))
    (round_,) = await week.do(lambda uow: uow.rounds.where())
    assert (round_.occasion, round_.reason) == ("2026-12-25", "holiday: Christmas Day")
    assert round_.opened_at == CHRISTMAS - timedelta(days=1)
    january = await cadence_of(week, "early_wins")
    assert january.next_due_at == datetime(2027, 1, 25, 9, tzinfo=UTC)


async def test_a_digest_is_read_on_the_working_day_before(store: Store) -> None:
    week = await set_up(store, cadence(DIGEST, "FR", time(15)))
    await through(week, datetime(2027, 1, 2, tzinfo=UTC))
    digests = await week.do(lambda uow: uow.digests.where())
    written = [(one.occasion, one.written_at.date().isoformat()) for one in digests]
    assert written == [
        ("2026-12-18", "2026-12-18"),
        ("2026-12-25", "2026-12-24"),
        ("2027-01-01", "2026-12-31"),
    ]


async def test_a_round_in_a_blackout_is_on_record_as_skipped(store: Store) -> None:
    week = Week(store, now=ADVENT)
    closing_of_the_books = Span(date(2026, 12, 14), date(2026, 12, 20))
    weekly = cadence("voices_heard", "FR", time(9))
    await week.set_up(replace(PLAN, cadences=(weekly,), blackout=(closing_of_the_books,)))
    await week.until(datetime(2026, 12, 18, 9, tzinfo=UTC))
    (round_,) = await week.do(lambda uow: uow.rounds.where())
    assert (round_.state, round_.reason) == (RoundState.SKIPPED, "blackout")


async def test_a_holiday_that_is_known_too_late_to_move_is_on_record(store: Store) -> None:
    week = await set_up(store, MONTHLY)
    before = await cadence_of(week, "early_wins")
    known_as_working = replace(before, next_due_at=CHRISTMAS)
    await week.do(lambda uow: uow.cadences.save(known_as_working))
    await week.until(CHRISTMAS)
    (round_,) = await week.do(lambda uow: uow.rounds.where())
    assert round_.state is RoundState.SKIPPED
    assert round_.reason == "holiday: Christmas Day, and the working day before had gone by"


async def apply(week: Week, plan: WantedTeam) -> list[str]:
    return await week.do(lambda uow: apply_teams(uow, [plan], week.catalogue, week.now))


async def test_another_country_has_other_holidays(store: Store) -> None:
    week = await set_up(store, MONTHLY)
    plan = replace(PLAN, cadences=(MONTHLY,))
    assert await apply(week, replace(plan, country="JP")) == [
        "Northwind leadership: country is now JP, was GB.",
        "Northwind leadership: Visible progress is now 25th of each month at 09:00,"
        " next on Friday 25 December 2026.",
    ]
    assert (await cadence_of(week, "early_wins")).next_due_at == CHRISTMAS
    assert await apply(week, replace(plan, country="US")) == [
        "Northwind leadership: country is now US, was JP.",
        "Northwind leadership: Visible progress is now 25th of each month at 09:00,"
        " next on Thursday 24 December 2026.",
    ]


async def test_what_is_due_stays_due_in_another_country(store: Store) -> None:
    week = await set_up(store, MONTHLY)
    week.now = CHRISTMAS - timedelta(hours=23)  # not opened yet
    await apply(week, replace(PLAN, cadences=(MONTHLY,), country="GB-ENG"))
    await week.until(week.now)
    (round_,) = await week.do(lambda uow: uow.rounds.where())
    assert round_.state is RoundState.OPEN


@pytest.mark.parametrize(("day", "told"), [("FR", "Friday 8 January"), ("TU", "Tuesday 22 Dec")])
async def test_what_is_next_is_told_past_the_holidays(store: Store, day: str, told: str) -> None:
    week = Week(store, now=datetime(2026, 12, 21, tzinfo=UTC))
    changes = await apply(week, replace(PLAN, cadences=(cadence("voices_heard", day, time(9)),)))
    assert told in next(one for one in changes if "Voices heard" in one)


async def test_by_dates_nobody_is_asked_on_a_weekend(store: Store) -> None:
    """The last day of October 2026 is a Saturday."""
    month_ends = WantedCadence("early_wins", "FREQ=MONTHLY;BYMONTHDAY=-1", time(9))
    week = Week(store, now=datetime(2026, 10, 19, 7, tzinfo=UTC))
    await week.set_up(replace(PLAN, cadences=(month_ends,)))
    await through(week, datetime(2026, 11, 2, 7, tzinfo=UTC))
    (round_,) = await week.do(lambda uow: uow.rounds.where(practice_key="early_wins"))
    assert (round_.occasion, round_.reason) == ("2026-10-31", "weekend")
    assert round_.opened_at == datetime(2026, 10, 30, 9, tzinfo=UTC)
