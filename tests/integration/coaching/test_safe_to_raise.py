"""Whether breakdowns are safe to raise: asked of everyone, without names, once some were closed."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from coaching.breakdown import Breakdown
from coaching.catalogue import practice_that_feeds
from coaching.ports import Store
from coaching.practice import Feeds, Visibility
from coaching.round import Round, RoundState
from coaching.slot import Slot
from coaching.team_plan import WantedTeam
from coaching.use_cases.ask_if_safe import SAFE_TO_RAISE
from coaching.use_cases.close_breakdown import close_breakdown
from coaching.use_cases.learn_from_breakdown import log_breakdown
from tests.integration.coaching.week import MONDAY, PLAN, TUESDAY_NINE, Week, cadence

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
SLOTTED = replace(PLAN, cadences=(), slot=Slot(1, time(9)))


async def week_of(store: Store, plan: WantedTeam) -> Week:
    week = Week(store)
    await week.set_up(plan)
    return week


async def closes_one(week: Week, name: str = "The export") -> Breakdown:
    practice = practice_that_feeds(week.catalogue, Feeds.BREAKDOWNS)
    given = {"what": name, "needed_now": "A key", "owner": "U3", "by": "2026-12-18"}
    member = await week.member("U2")
    view = await week.do(
        lambda uow: log_breakdown(uow, practice, member.id, "U2", name, given, week.now)
    )
    closed = await week.do(
        lambda uow: close_breakdown(uow, week.catalogue, view.breakdown.id, "U3", week.now)
    )
    return closed.breakdown


async def asked(week: Week) -> list[Round]:
    return await week.do(lambda uow: uow.rounds.where(practice_key=SAFE_TO_RAISE))


async def test_it_comes_with_the_next_sitting_and_names_none(store: Store) -> None:
    week = await week_of(store, SLOTTED)
    await closes_one(week)
    await closes_one(week, "The portal")
    assert await asked(week) == []
    await week.until(TUESDAY_NINE)
    (round_,) = await asked(week)
    assert (round_.state, round_.due_at) == (RoundState.OPEN, TUESDAY_NINE)
    assert round_.practice.visibility is Visibility.ANONYMOUS
    assert "The export" not in str(round_.practice)
    seats = await week.do(lambda uow: uow.participations.where(round_id=round_.id))
    assert len(seats) == 3, "everyone, whoever logged or closed it"
    await week.until(TUESDAY_NINE + 8 * WEEK)
    assert len(await asked(week)) == 1, "nothing was closed since"


async def test_it_comes_every_fourth_week_at_most(store: Store) -> None:
    week = await week_of(store, SLOTTED)
    await closes_one(week)
    await week.until(TUESDAY_NINE)
    week.now += DAY
    await closes_one(week, "The portal")
    await week.until(TUESDAY_NINE + 3 * WEEK + timedelta(hours=1))
    assert len(await asked(week)) == 1
    await week.until(TUESDAY_NINE + 4 * WEEK + timedelta(hours=1))  # the clocks went back
    assert len(await asked(week)) == 2


async def test_without_a_slot_it_comes_beside_what_comes_next(store: Store) -> None:
    week = await week_of(store, PLAN)
    await closes_one(week)
    await week.until(TUESDAY_NINE)
    (round_,) = await asked(week)
    assert round_.due_at == TUESDAY_NINE
    sitting = await week.sitting("U2")
    seats = await week.do(lambda uow: uow.participations.where(sitting_id=sitting.id))
    assert round_.id in {one.round_id for one in seats}


async def test_with_nothing_to_come_it_comes_in_the_morning(store: Store) -> None:
    week = await week_of(store, replace(PLAN, cadences=()))
    await closes_one(week)
    await week.until(TUESDAY_NINE)
    assert [one.due_at for one in await asked(week)] == [TUESDAY_NINE]


async def test_a_plan_that_is_applied_again_leaves_it(store: Store) -> None:
    week = await week_of(store, SLOTTED)
    await closes_one(week)
    await week.set_up(replace(SLOTTED, budget=4))
    await week.until(TUESDAY_NINE)
    assert len(await asked(week)) == 1


async def test_a_sitting_that_has_begun_for_some_is_not_the_next(store: Store) -> None:
    week = await week_of(store, replace(SLOTTED, country="GB", slot=Slot(4, time(9, 30))))
    member = await week.member("U1")
    tokyo = replace(member, timezone="Asia/Tokyo")
    await week.do(lambda uow: uow.members.save(tokyo))
    # The Friday is Christmas Day, so that its sitting has moved to this Thursday, 00:30 in UTC.
    week.now = datetime(2026, 12, 24, 2, 3, tzinfo=UTC)
    await closes_one(week)
    await week.until(datetime(2026, 12, 31, tzinfo=UTC))
    assert await asked(week) == []


@pytest.mark.parametrize("own", [True, False])
async def test_a_rhythm_of_ones_own_or_no_file_asks_none(store: Store, *, own: bool) -> None:
    plan = replace(PLAN, cadences=(cadence(SAFE_TO_RAISE, "FR", time(9)),) if own else ())
    week = await week_of(store, plan)
    if not own:
        week.catalogue = {k: v for k, v in week.catalogue.items() if k != SAFE_TO_RAISE}
    await closes_one(week)
    there = await week.do(lambda uow: uow.cadences.where(practice=SAFE_TO_RAISE))
    assert [one.origin for one in there] == ([""] if own else [])


async def test_closing_twice_is_closing_once(store: Store) -> None:
    week = await week_of(store, SLOTTED)
    closed = await closes_one(week)
    week.now = MONDAY + DAY
    again = await week.do(
        lambda uow: close_breakdown(uow, week.catalogue, closed.id, "U1", week.now)
    )
    assert again.breakdown.closed_by == "U3"
    assert again.breakdown.closed_at == MONDAY
