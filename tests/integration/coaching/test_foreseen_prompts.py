"""What a person will be asked within the week, so that a place can be kept for it."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from coaching.slot import Slot
from coaching.team import Role
from coaching.team_plan import WantedCadence, WantedMember, WantedTeam
from coaching.use_cases.foresee_prompts import coming_prompts
from storage import SqlStore
from tests.integration.coaching.weeks import Weeks

MONDAY = datetime(2026, 10, 5, 7, tzinfo=UTC)
NINE_IN_LONDON = datetime(2026, 10, 6, 8, tzinfo=UTC)
NINE_IN_TOKYO = datetime(2026, 10, 6, tzinfo=UTC)
WEEK = timedelta(weeks=1)
TUESDAYS = "FREQ=WEEKLY;BYDAY=TU"

PLAN = WantedTeam(
    name="Northwind",
    channel="C1",
    timezone="Europe/London",
    country="GB-ENG",
    members=(
        WantedMember("U1", Role.LEAD),
        WantedMember("U2", Role.LEADER, timezone="Asia/Tokyo"),
        WantedMember("U3", Role.COACH),
    ),
    slot=Slot(1, time(9)),
    cadences=(WantedCadence("early_wins", TUESDAYS),),
)


@pytest.fixture
def weeks(sqlite_store: SqlStore) -> Weeks:
    return Weeks(sqlite_store, MONDAY)


async def foreseen(weeks: Weeks, user: str) -> list[datetime]:
    return await weeks.do(lambda uow: coming_prompts(uow, user, weeks.now, weeks.now + WEEK))


async def test_a_sitting_is_one_at_each_persons_own_hour_and_a_coach_has_none(
    weeks: Weeks,
) -> None:
    both = (*PLAN.cadences, WantedCadence("voices_heard", TUESDAYS))
    await weeks.apply(replace(PLAN, cadences=both))
    assert await foreseen(weeks, "U1") == [NINE_IN_LONDON]
    assert await foreseen(weeks, "U2") == [NINE_IN_TOKYO]
    assert await foreseen(weeks, "U3") == []


async def test_what_has_opened_is_no_more_among_them(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    await weeks.run_until(NINE_IN_TOKYO)  # open for all; in London it is queued for nine
    assert await foreseen(weeks, "U1") == []
    await weeks.run_until(NINE_IN_LONDON + timedelta(hours=1))
    assert await foreseen(weeks, "U1") == [NINE_IN_LONDON + WEEK]


async def test_what_waits_for_room_is_among_them(weeks: Weeks) -> None:
    once = "FREQ=WEEKLY;BYDAY=TU;COUNT=1"
    keys = ("commitment", "purpose_whole", "early_wins")
    await weeks.apply(replace(PLAN, cadences=tuple(WantedCadence(key, once) for key in keys)))
    await weeks.run_until(NINE_IN_LONDON + timedelta(hours=1))
    assert await foreseen(weeks, "U1") == [NINE_IN_LONDON + WEEK]
    assert await foreseen(weeks, "U2") == [NINE_IN_TOKYO + WEEK]


async def test_a_coach_is_foreseen_what_is_asked_of_lead_and_coach(weeks: Weeks) -> None:
    beside = WantedCadence("declaration", TUESDAYS)
    await weeks.apply(replace(PLAN, cadences=(*PLAN.cadences, beside)))
    await weeks.run_until(NINE_IN_LONDON + timedelta(hours=1))
    assert await foreseen(weeks, "U3") == [NINE_IN_LONDON + WEEK]


async def test_nothing_is_foreseen_of_a_paused_team_or_for_who_opted_out(weeks: Weeks) -> None:
    lead, _, coach = PLAN.members
    out = WantedMember("U2", Role.LEADER, opted_out=True)
    await weeks.apply(replace(PLAN, members=(lead, out, coach)))
    assert await foreseen(weeks, "U2") == []
    await weeks.apply(replace(PLAN, paused=True))
    assert await foreseen(weeks, "U1") == []
