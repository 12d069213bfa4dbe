"""The engine: weeks go by as the clock is moved, and everything due is said."""

import asyncio
from datetime import timedelta

import pytest

from coaching.catalogue import load_catalogue
from coaching.delivery import DeliveryKind, DeliveryState, update_of
from coaching.ports import UnitOfWork
from scheduler.clock import monotonic
from scheduler.engine import Engine
from scheduler.housekeeping import Housekeeper
from scheduler.limits import UNPACED, Limits
from scheduler.patience import Patience
from scheduler.planner import Planner
from scheduler.queues.in_process import InProcessQueue
from storage import SqlStore
from tests.integration.scheduler.platform import ScriptedPlatform, Step
from tests.integration.scheduler.team import set_up_team
from tests.integration.scheduler.world import IMPATIENT, World

WEEK = timedelta(weeks=1)


def engine_of(world: World, patience: Patience = IMPATIENT) -> Engine:
    dispatcher = world.dispatcher(patience, limits=Limits(UNPACED, monotonic))
    queue = InProcessQueue(dispatcher.drain)
    planner = Planner(
        store=world.store,
        board=world.board,
        clock=world.clock,
        catalogue=load_catalogue(),
        queue=queue,
    )
    return Engine(
        board=world.board,
        clock=world.clock,
        planner=planner,
        dispatcher=dispatcher,
        housekeeper=Housekeeper(store=world.store, board=world.board, clock=world.clock),
        queue=queue,
        often=timedelta(milliseconds=10),
    )


async def said(world: World, kind: DeliveryKind) -> int:
    deliveries = await world.deliveries(DeliveryState.SENT)
    return len([one for one in deliveries if one.kind is kind and one.update_of is None])


async def test_weeks_go_by_and_everything_due_is_said_once(store: SqlStore) -> None:
    world = World(store)
    await set_up_team(world)
    engine = engine_of(world)
    engine.start(wakeups=False)
    ends = world.clock.now() + 4 * WEEK - timedelta(hours=1)
    while (moment := await world.board.next_due(world.clock.now())) and moment <= ends:
        world.clock.move_to(moment)
        await engine.settle()
    await engine.stop()
    assert await said(world, DeliveryKind.PROMPT) == 3 * 2
    assert await said(world, DeliveryKind.REMINDER) == 3 * 2
    assert await said(world, DeliveryKind.PROGRESS) == 3
    assert set(world.platform.times_posted.values()) == {1}
    now = world.clock.now()
    left = [
        one
        for one in await world.deliveries(DeliveryState.PENDING, DeliveryState.UNKNOWN)
        if one.due_at <= now
    ]
    assert left == []


async def test_settling_waits_for_rests_and_looks_until_all_is_known(
    sqlite_store: SqlStore,
) -> None:
    world = World(sqlite_store)
    world.platform = ScriptedPlatform(world.clock, rest=timedelta(milliseconds=30))
    world.platform.sends.extend(
        [Step.UNKNOWN_LANDED, Step.RETRY, Step.RESTING, Step.UNKNOWN_LOST, Step.FAULT_LOST]
    )
    world.platform.finds.extend([Step.RESTING, Step.RETRY])
    line = world.post("line", "C1")
    await world.queue(line, *(world.post(f"{n}", f"U{n}") for n in range(4)))
    await world.queue_update(update_of(line, world.clock.now()))
    short = timedelta(milliseconds=20)
    engine = engine_of(world, Patience(look_after=short, first_rest=short))
    engine.start(wakeups=False)
    await engine.settle()
    assert {each.state for each in await world.deliveries()} == {DeliveryState.SENT}
    assert set(world.platform.times_posted.values()) == {1}
    await engine.stop()


async def test_settling_is_bounded(sqlite_store: SqlStore) -> None:
    world = World(sqlite_store)
    world.platform.sends.extend([Step.RETRY])
    await world.queue(world.post("hello"))
    engine = engine_of(world, Patience(first_rest=timedelta(hours=1), longest_rest=WEEK))
    engine.start(wakeups=False)
    with pytest.raises(TimeoutError):
        await engine.settle(timedelta(milliseconds=50))
    await engine.stop()


async def test_stopping_lets_what_is_under_way_be_recorded(sqlite_store: SqlStore) -> None:
    world = World(sqlite_store)
    world.platform.open.clear()
    await world.queue(world.post("one"), world.post("two"))
    engine = engine_of(world, Patience(batch=1))
    engine.start(wakeups=False)
    await engine.sweep()
    await world.platform.called.wait()
    stopping = asyncio.create_task(engine.stop())
    await asyncio.sleep(0)
    assert not stopping.done()
    world.platform.open.set()
    await stopping
    states = [each.state for each in await world.deliveries()]
    assert states == [DeliveryState.SENT, DeliveryState.PENDING]


async def test_the_wake_ups_have_it_all_happen_by_itself(sqlite_store: SqlStore) -> None:
    world = World(sqlite_store)
    await world.queue(world.post("hello"))
    engine = engine_of(world)
    engine.start()
    async with asyncio.timeout(10):
        await world.platform.called.wait()
    await engine.stop()
    assert world.platform.texts == ["hello v1"]


async def test_housekeeping_forgets_events_of_the_week_before_last(
    sqlite_store: SqlStore,
) -> None:
    world = World(sqlite_store)
    await set_up_team(world)

    def take(uow: UnitOfWork) -> list[bool]:
        now = world.clock.now()
        old, new = now - timedelta(days=8), now - timedelta(days=6)
        return [uow.inbox.take("old", old), uow.inbox.take("new", new)]

    assert await world.store.run(world.workspace_id, take) == [True, True]
    await Housekeeper(store=world.store, board=world.board, clock=world.clock).tidy()
    assert await world.store.run(world.workspace_id, take) == [True, False]
