"""Steering what a team is asked: who may, what comes of it, and what a plan makes of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from coaching.calendar import Span
from coaching.delivery import DeliveryKind
from coaching.errors import Refused
from coaching.round import RoundState
from coaching.slot import Slot
from coaching.team_plan import WantedCadence
from coaching.use_cases.see_rhythm import PACK, WHOLE_TEAM
from coaching.use_cases.steer_cadence import Steered, ask_now, set_paused
from conversation.compose.home import home
from storage import SqlStore
from tests.integration.coaching.test_homes import (
    DAY,
    HOUR,
    IN_PACK,
    MONDAY,
    PLAN,
    TUESDAY_NINE,
    WEEK,
    WINS,
    rhythm,
    view_of,
    words,
)
from tests.integration.coaching.weeks import Weeks


@pytest.fixture
def weeks(sqlite_store: SqlStore) -> Weeks:
    return Weeks(sqlite_store, MONDAY)


async def pauses(weeks: Weeks, user: str, key: str, *, on: bool = True) -> Steered:
    team_id = (await weeks.member(user)).team_id
    return await weeks.do(
        lambda uow: set_paused(uow, weeks.catalogue, user, team_id, key, weeks.now, paused=on)
    )


async def asks(weeks: Weeks, user: str, key: str) -> Steered:
    team_id = (await weeks.member(user)).team_id
    return await weeks.do(lambda uow: ask_now(uow, weeks.catalogue, user, team_id, key, weeks.now))


async def test_only_lead_and_coach_steer(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    for key in (WHOLE_TEAM, (await rhythm(weeks, "Visible progress")).key):
        with pytest.raises(Refused, match=r"\(leader\) can't steer what the team is asked"):
            await pauses(weeks, "U2", key)
    with pytest.raises(Refused, match=r"\(leader\) can't steer"):
        await asks(weeks, "U2", WHOLE_TEAM)
    team_id = (await weeks.member("U1")).team_id
    with pytest.raises(Refused, match="not on this team"):
        await weeks.do(lambda uow: ask_now(uow, weeks.catalogue, "U7", team_id, PACK, weeks.now))
    await weeks.apply(replace(PLAN, members=PLAN.members[:3]))
    with pytest.raises(Refused, match="left this team"):
        await pauses(weeks, "U9", WHOLE_TEAM)


async def test_a_practice_pauses_and_goes_on_and_a_plan_does_not_fight_it(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    key = (await rhythm(weeks, "Visible progress")).key
    assert (await pauses(weeks, "U9", key)).name == "Visible progress"
    await pauses(weeks, "U9", key)
    assert await weeks.apply(PLAN) == [], "the plan says nothing of a pause, so it stays"
    await weeks.run_until(TUESDAY_NINE + HOUR)
    assert await weeks.said_to("U2") == []
    said = words(home(await view_of(weeks, "U1")))
    assert "Visible progress · paused\n[Go on with Visible progress]" in said
    assert "[Ask Visible progress now]" not in said
    await pauses(weeks, "U1", key, on=False)
    await weeks.run_until(TUESDAY_NINE + WEEK)
    assert len(await weeks.said_to("U2")) == 1

    await pauses(weeks, "U1", key)
    says_so = replace(PLAN, cadences=(replace(WINS, paused=False),))
    assert await weeks.apply(says_so) == ["Northwind leadership: Visible progress goes on."]


async def test_a_team_pauses_and_a_plan_does_not_fight_it(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    assert (await pauses(weeks, "U1", WHOLE_TEAM)).name == ""
    assert await weeks.apply(PLAN) == []
    await weeks.run_until(TUESDAY_NINE + HOUR)
    assert await weeks.said_to("U2") == []
    assert "[Go on with Northwind leadership]" in words(home(await view_of(weeks, "U9")))
    changes = await weeks.apply(replace(PLAN, paused=False))
    assert changes == ["Northwind leadership: paused is now no, was yes."]
    await weeks.run_until(TUESDAY_NINE + WEEK)
    assert len(await weeks.said_to("U2")) == 1


async def test_a_pack_stands_as_one_and_pauses_as_one(weeks: Weeks) -> None:
    await weeks.apply(IN_PACK)
    said = words(home(await view_of(weeks, "U1")))
    assert "Gentle start · next Tuesday 6 October, 09:00, with Where we start" in said
    await pauses(weeks, "U1", PACK)
    assert (await rhythm(weeks, "Gentle start")).paused
    assert await weeks.apply(IN_PACK) == []
    wins = replace(IN_PACK, cadences=(replace(WINS, at=None),))
    await weeks.apply(wins)
    await weeks.apply(IN_PACK)
    assert (await rhythm(weeks, "Gentle start")).paused, "what is new in it is paused with it"
    await weeks.run_until(TUESDAY_NINE + HOUR)
    assert await weeks.said_to("U2") == []
    await pauses(weeks, "U1", PACK, on=False)
    opened = (await asks(weeks, "U1", PACK)).opened
    assert [one.practice.key for one in opened] == ["purpose_whole"]


async def test_asking_now_opens_a_round_for_those_whom_it_is_for(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    key = (await rhythm(weeks, "Visible progress")).key
    weeks.world.clock.move_to(MONDAY + 2 * HOUR)
    (opened,) = (await asks(weeks, "U9", key)).opened
    assert opened.closes_at == datetime(2026, 10, 7, 16, tzinfo=UTC)
    with pytest.raises(Refused, match="Visible progress is open already"):
        await asks(weeks, "U1", key)
    await weeks.run_until(MONDAY + 3 * HOUR)
    for user in ("U1", "U2", "U3"):
        assert [one.posted_at for one in await weeks.said_to(user)] == [MONDAY + 2 * HOUR]
    assert await weeks.said_to("U9") == []
    await weeks.answers("U2")
    await weeks.run_until(TUESDAY_NINE + HOUR)
    rounds = await weeks.do(lambda uow: uow.rounds.where(practice_key="early_wins"))
    assert [one.state for one in rounds] == [RoundState.OPEN, RoundState.OPEN], "its day comes too"


async def test_asking_now_keeps_to_peoples_hours_and_budget(weeks: Weeks) -> None:
    await weeks.apply(PLAN)
    key = (await rhythm(weeks, "Visible progress")).key
    evening = datetime(2026, 10, 5, 20, tzinfo=UTC)
    weeks.world.clock.move_to(evening)
    await asks(weeks, "U1", key)
    await weeks.run_until(evening + 2 * HOUR)
    assert await weeks.said_to("U2") == []
    await weeks.run_until(TUESDAY_NINE)
    asked = await weeks.said_to("U2", DeliveryKind.PROMPT)
    assert asked[0].posted_at >= datetime(2026, 10, 6, 6, 30, tzinfo=UTC), "quiet until 07:30"
    await weeks.run_until(MONDAY + 4 * DAY)
    assert len(await weeks.said_to("U2")) == 3, "two prompts and a reminder: the budget is full"
    await asks(weeks, "U1", key)
    await weeks.run_until(MONDAY + 5 * DAY)
    assert len(await weeks.said_to("U2")) == 3


async def test_asking_now_is_refused_where_nobody_is_to_be_asked(weeks: Weeks) -> None:
    closed = Span(date(2026, 10, 5), date(2026, 10, 5))
    await weeks.apply(replace(PLAN, blackout=(closed,)))
    key = (await rhythm(weeks, "Visible progress")).key
    with pytest.raises(Refused, match="days on which Northwind leadership is asked nothing"):
        await asks(weeks, "U1", key)
    await pauses(weeks, "U1", key)
    with pytest.raises(Refused, match="Visible progress is paused"):
        await asks(weeks, "U1", key)
    await pauses(weeks, "U1", WHOLE_TEAM)
    with pytest.raises(Refused, match="Northwind leadership is paused"):
        await asks(weeks, "U1", key)
    await pauses(weeks, "U1", WHOLE_TEAM, on=False)
    await weeks.apply(replace(PLAN, cadences=()))
    with pytest.raises(Refused, match="no longer asked in your team"):
        await asks(weeks, "U1", key)
    with pytest.raises(Refused, match="nobody to ask for Digest"):
        await asks(weeks, "U1", (await rhythm(weeks, "Digest")).key)


async def test_what_waits_for_room_is_not_asked_again_beside_a_round_by_hand(weeks: Weeks) -> None:
    keys = ["voices_heard", "reflection", "early_wins"]
    cadences = tuple(WantedCadence(key, "FREQ=WEEKLY;BYDAY=TU") for key in keys)
    await weeks.apply(replace(PLAN, slot=Slot(1, time(9)), cadences=cadences))
    await weeks.run_until(TUESDAY_NINE + HOUR)
    (waiting,) = await weeks.do(lambda uow: uow.rounds.where(state=RoundState.WAITING))
    (opened,) = (await asks(weeks, "U1", waiting.cadence_id or "")).opened
    assert opened.practice_key == waiting.practice_key
    after = await weeks.do(lambda uow: uow.rounds.get(waiting.id))
    assert (after.state, after.reason) == (
        RoundState.SKIPPED,
        "asked by hand before there was room",
    )
