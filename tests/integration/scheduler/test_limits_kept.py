"""Rests and pace, as the dispatcher keeps them: who must wait waits, and nobody else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coaching.delivery import DeliveryState, update_of
from scheduler.dispatcher import Dispatcher
from scheduler.limits import UNPACED, Limits, Pace, Rate
from scheduler.patience import Patience
from storage import SqlStore
from tests.integration.scheduler.platform import ScriptedPlatform, Step
from tests.integration.scheduler.world import IMPATIENT, HandClock, World, workspace_in_shard

REST = timedelta(hours=1)


@pytest.fixture
def world(sqlite_store: SqlStore) -> World:
    world = World(sqlite_store)
    world.platform = ScriptedPlatform(world.clock, rest=REST)
    return world


@pytest.fixture
def seconds() -> HandClock:
    return HandClock()


def worker(world: World, seconds: HandClock, pace: Pace = UNPACED, batch: int = 25) -> Dispatcher:
    patience = replace(IMPATIENT, batch=batch, at_once=1)
    return world.dispatcher(patience, limits=Limits(pace, seconds), monotonic=seconds)


@pytest.mark.parametrize("batch", [1, 25])
async def test_a_channel_that_rests_holds_back_itself_alone(
    world: World, seconds: HandClock, batch: int
) -> None:
    world.platform.sends.extend([Step.RESTING])
    first, second = world.post("first", "C1"), world.post("second", "C1")
    await world.queue(first, second, world.post("other", "C2"), world.post("direct", "U1"))
    draining = worker(world, seconds, batch=batch)
    rings_in = await draining.drain(world.shard)
    assert rings_in == pytest.approx(REST.total_seconds(), abs=1)
    assert sorted(world.platform.texts) == ["direct v1", "other v1"]
    assert (await world.delivery(first.id)).reason == "rate limited"
    assert (await world.delivery(second.id)).attempts == (0 if batch == 1 else 1)
    calls = world.platform.calls
    await draining.drain(world.shard)
    assert world.platform.calls == calls, "while it rests nothing is asked of it"
    seconds.seconds += REST.total_seconds()
    await draining.drain(world.shard)
    assert "second v1" in world.platform.texts, "what came after was held back by the limits alone"


async def test_posts_that_rest_everywhere_hold_back_their_workspace_alone(
    world: World, seconds: HandClock
) -> None:
    other = World(world.store, workspace_in_shard(world.shard, world.workspace_id))
    world.platform.sends.extend([Step.RESTING_EVERYWHERE])
    await world.queue(world.post("one", "U1"), world.post("two", "U2"))
    await other.queue(other.post("theirs"))
    platforms = {world.workspace_id: world.platform, other.workspace_id: other.platform}
    patience = Patience(batch=1, at_once=1)
    draining = world.dispatcher(
        patience,
        limits=Limits(UNPACED, seconds),
        monotonic=seconds,
        platform_of=platforms.get,
    )
    rings_in = await draining.drain(world.shard)
    assert rings_in == pytest.approx(REST.total_seconds(), abs=1)
    assert world.platform.calls == 1
    assert other.platform.texts == ["theirs v1"]
    seconds.seconds += REST.total_seconds()
    await draining.drain(world.shard)
    assert world.platform.texts == ["two v1"]


async def test_updates_that_rest_everywhere_hold_back_no_posts(
    world: World, seconds: HandClock
) -> None:
    lines = [world.post(f"line {n}", f"C{n}") for n in range(2)]
    await world.queue(*lines)
    draining = worker(world, seconds)
    await draining.drain(world.shard)
    world.platform.sends.extend([Step.RESTING_EVERYWHERE])
    for line in lines:
        await world.queue_update(update_of(line, world.clock.now()))
    await draining.drain(world.shard)
    assert world.platform.calls == 3, "the second update was not even tried"
    await world.queue(world.post("post", "C1"))
    await draining.drain(world.shard)
    assert world.platform.texts[-1] == "post v1"
    pending = await world.deliveries(DeliveryState.PENDING)
    assert [each.update_of for each in pending] == [line.id for line in lines]


async def test_posts_to_a_channel_keep_to_the_pace(world: World, seconds: HandClock) -> None:
    await world.queue(*(world.post(f"{n}", "C1") for n in range(4)), world.post("direct", "U1"))
    draining = worker(world, seconds, Pace(posts=Rate(every=1.0, burst=2), updates=None))
    rings_in = await draining.drain(world.shard)
    assert rings_in == pytest.approx(1.0, abs=0.05)
    assert sorted(world.platform.texts) == ["0 v1", "1 v1", "direct v1"]
    for said in (3, 4):
        seconds.seconds += 1
        await draining.drain(world.shard)
        assert len([one for one in world.platform.posted if one.to.id == "C1"]) == said
    assert await draining.drain(world.shard) is not None
    seconds.seconds += 2
    assert await draining.drain(world.shard) is None


async def test_updates_keep_to_the_pace_of_their_workspace(
    world: World, seconds: HandClock
) -> None:
    lines = [world.post(f"line {n}", f"C{n}") for n in range(3)]
    await world.queue(*lines)
    draining = worker(world, seconds, Pace(posts=None, updates=Rate(every=600.0, burst=1)))
    await draining.drain(world.shard)
    for line in lines:
        await world.queue_update(update_of(line, world.clock.now()))
    rings_in = await draining.drain(world.shard)
    assert len(world.platform.updated) == 1
    assert rings_in == pytest.approx(600, abs=1)
    assert len(await world.deliveries(DeliveryState.PENDING)) == 2
