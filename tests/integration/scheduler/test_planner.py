"""The planner: each occasion once, on the team's own clock, and caught up on after a stop."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from coaching.catalogue import load_catalogue
from coaching.delivery import DeliveryKind
from coaching.practice import Practice
from coaching.round import Round, RoundState
from coaching.team import shard_of
from scheduler.clock import MovableClock
from scheduler.planner import Planner
from storage import SqlStore
from tests.integration.scheduler.team import set_up_team
from tests.integration.scheduler.world import World, workspace_in_shard

WEEK = timedelta(weeks=1)


@dataclass
class NotingQueue:
    """A WorkQueue that notes what it is hinted."""

    hints: list[int] = field(default_factory=list)

    def submit(self, shard: int) -> None:
        self.hints.append(shard)


def planner_of(
    world: World, queue: NotingQueue, catalogue: Mapping[str, Practice] | None = None
) -> Planner:
    return Planner(
        store=world.store,
        board=world.board,
        clock=world.clock,
        catalogue=load_catalogue() if catalogue is None else catalogue,
        queue=queue,
    )


async def rounds_of(world: World) -> list[Round]:
    return await world.store.read(world.workspace_id, lambda uow: uow.rounds.where())


async def test_a_due_cadence_opens_once_and_hints_its_shard(store: SqlStore) -> None:
    world, queue = World(store), NotingQueue()
    await set_up_team(world)
    planner = planner_of(world, queue)
    await planner.plan()
    assert await rounds_of(world) == []
    assert queue.hints == []
    world.clock.advance(WEEK)
    await asyncio.gather(*(planner.plan() for _ in range(3)))
    await planner.plan()
    (round_,) = await rounds_of(world)
    assert round_.state is RoundState.OPEN
    assert set(queue.hints) == {shard_of(world.workspace_id)}
    prompts = [d for d in await world.deliveries() if d.kind is DeliveryKind.PROMPT]
    assert sorted(prompt.addressee_id for prompt in prompts) == ["U0", "U1"]


async def test_a_round_closes_when_its_time_has_come(store: SqlStore) -> None:
    world = World(store)
    await set_up_team(world)
    planner = planner_of(world, NotingQueue())
    world.clock.advance(WEEK)
    await planner.plan()
    (opened,) = await rounds_of(world)
    assert opened.closes_at is not None
    await planner.plan(opened.closes_at)
    (closed,) = await rounds_of(world)
    assert closed.state is RoundState.CLOSED


@pytest.mark.parametrize(
    ("starts", "timezone", "hours"),
    [
        (datetime(2026, 3, 8, tzinfo=UTC), "Europe/Berlin", [8, 8, 8, 7]),  # then comes Easter
        (datetime(2026, 10, 11, tzinfo=UTC), "Europe/Berlin", [7, 7, 8, 8]),
        (datetime(2026, 10, 25, tzinfo=UTC), "America/New_York", [13, 14, 14, 14]),
    ],
)
async def test_weeks_go_by_at_nine_whatever_the_clocks_do(
    sqlite_store: SqlStore, starts: datetime, timezone: str, hours: list[int]
) -> None:
    world = World(sqlite_store, clock=MovableClock(starts))
    await set_up_team(world, timezone=timezone)
    planner = planner_of(world, NotingQueue())
    ends = starts + 4 * WEEK
    while (moment := await world.board.next_due(world.clock.now())) and moment < ends:
        world.clock.move_to(moment)
        await planner.plan()
    rounds = await rounds_of(world)
    opened = [round_.opened_at for round_ in rounds if round_.opened_at is not None]
    assert [moment.hour for moment in opened] == hours
    zone = ZoneInfo(timezone)
    assert {moment.astimezone(zone).time() for moment in opened} == {time(9)}
    assert len({round_.occasion for round_ in rounds}) == len(rounds) == len(hours)


@pytest.mark.parametrize(("late", "opens"), [(6, True), (7, False)])
async def test_after_a_stop_of_weeks_only_what_is_hours_late_opens(
    sqlite_store: SqlStore, late: int, opens: bool
) -> None:
    world = World(sqlite_store)
    await set_up_team(world)
    world.clock.move_to(datetime(2026, 9, 28, 7 + late, 0, tzinfo=UTC))
    await planner_of(world, NotingQueue()).plan()
    rounds = await rounds_of(world)
    expected = [RoundState.SKIPPED] * 2 + [RoundState.OPEN if opens else RoundState.SKIPPED]
    assert [round_.state for round_ in rounds] == expected
    assert all(round_.reason for round_ in rounds if round_.state is RoundState.SKIPPED)
    prompts = [d for d in await world.deliveries() if d.kind is DeliveryKind.PROMPT]
    assert len(prompts) == (2 if opens else 0)


async def test_a_fault_in_one_workspace_holds_back_no_other(
    sqlite_store: SqlStore, caplog: pytest.LogCaptureFixture
) -> None:
    broken = World(sqlite_store)
    whole = World(sqlite_store, workspace_in_shard(broken.shard, broken.workspace_id))
    team = await set_up_team(broken)
    await set_up_team(whole)
    nowhere = replace(team, timezone="words of a person")
    await sqlite_store.run(broken.workspace_id, lambda uow: uow.teams.save(nowhere))
    broken.clock.advance(WEEK)
    await planner_of(broken, NotingQueue()).plan()
    assert await rounds_of(broken) == []
    assert len(await rounds_of(whole)) == 1
    assert "planning went wrong: ZoneInfoNotFoundError at " in caplog.text
    assert "words of a person" not in caplog.text
