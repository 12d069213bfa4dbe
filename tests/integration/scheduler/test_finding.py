"""Looking for what is unknown: once for a conversation, never too soon, never said twice."""

import asyncio
from datetime import timedelta
from itertools import count

import pytest

from coaching.delivery import DeliveryState
from scheduler.limits import UNPACED, Limits
from storage import SqlStore
from tests.integration.scheduler.losing_store import LosingStore
from tests.integration.scheduler.platform import ScriptedPlatform, Step
from tests.integration.scheduler.team import coached_team
from tests.integration.scheduler.world import IMPATIENT, HandClock, World, impatient

HOUR = timedelta(hours=1)


@pytest.fixture
def world(sqlite_store: SqlStore) -> World:
    return World(sqlite_store)


async def test_what_a_killed_worker_held_is_looked_for_when_its_lease_ends(world: World) -> None:
    world.platform.sends.extend([Step.KILLED_LANDED])
    await world.queue(world.post("hello"))
    with pytest.raises(BaseExceptionGroup):
        await world.drain(impatient(lease=HOUR))
    await world.drain()
    assert world.platform.looked == [], "the lease still runs"
    assert [each.state for each in await world.deliveries()] == [DeliveryState.SENDING]


async def test_one_look_settles_all_of_a_conversation(world: World) -> None:
    parent = world.post("digest", "C1")
    await world.queue(parent)
    await world.drain()
    lost = [Step.UNKNOWN_LOST, Step.UNKNOWN_LANDED] * 3
    world.platform.sends.extend(lost)
    posts = [
        *(world.post(f"channel {n}", "C1") for n in range(2)),
        *(world.post(f"section {n}", "C1", thread_of=parent.id) for n in range(2)),
        *(world.post(f"direct {n}", "U1") for n in range(2)),
    ]
    await world.queue(*posts)
    await world.drain(impatient(at_once=1))
    unknown = await world.deliveries(DeliveryState.UNKNOWN)
    assert {each.id for each in unknown} == {each.id for each in posts}
    await world.drain()
    asked = {(to.id, thread is not None): len(ids) for to, ids, thread in world.platform.looked}
    assert len(world.platform.looked) == 3
    assert asked == {("C1", False): 2, ("C1", True): 2, ("U1", False): 2}
    assert set(world.platform.times_posted.values()) == {1}
    assert {each.state for each in await world.deliveries()} == {DeliveryState.SENT}


async def test_it_is_never_looked_for_while_a_request_may_be_under_way(world: World) -> None:
    world.platform.sends.extend([Step.UNKNOWN_LOST])
    await world.queue(world.post("hello"))
    rings_in = await world.drain(impatient(look_after=HOUR))
    assert rings_in == pytest.approx(HOUR.total_seconds(), abs=60)
    await world.drain()
    assert world.platform.looked == []
    (delivery,) = await world.deliveries()
    assert (delivery.state, delivery.reason) == (DeliveryState.UNKNOWN, "connection dropped")


async def test_what_is_unknown_and_over_is_dropped_unless_it_is_found(world: World) -> None:
    world.platform.sends.extend([Step.UNKNOWN_LOST, Step.UNKNOWN_LANDED])
    lost, landed = world.post("lost", "U1"), world.post("landed", "U2")
    await world.queue(lost, landed)
    await world.drain(impatient(at_once=1))
    world.compose.over |= {lost.subject, landed.subject}
    await world.drain()
    dropped, sent = await world.delivery(lost.id), await world.delivery(landed.id)
    assert (dropped.state, dropped.reason) == (DeliveryState.DROPPED, "the round has closed")
    assert sent.state is DeliveryState.SENT
    assert world.platform.times_posted == {landed.id: 1}


async def test_where_nothing_can_be_read_back_nothing_is_said_twice(world: World) -> None:
    world.platform.sends.extend([Step.UNKNOWN_LOST])
    world.platform.finds.extend([Step.DROPPED])
    await world.queue(world.post("hello"))
    await world.drain()
    await world.drain()
    (delivery,) = await world.deliveries()
    assert (delivery.state, delivery.reason) == (DeliveryState.FAILED, "missing_scope")
    assert world.platform.texts == []


async def test_while_looking_rests_nothing_is_looked_for(world: World) -> None:
    world.platform = ScriptedPlatform(world.clock, rest=HOUR)
    world.platform.sends.extend([Step.UNKNOWN_LANDED])
    world.platform.finds.extend([Step.RESTING_EVERYWHERE])
    seconds = HandClock()
    worker = world.dispatcher(limits=Limits(UNPACED, seconds), monotonic=seconds)
    await world.queue(world.post("one"))
    await worker.drain(world.shard)
    await worker.drain(world.shard)
    assert len(world.platform.looked) == 1
    world.platform.sends.extend([Step.UNKNOWN_LANDED])
    await world.queue(world.post("two", "U2"), world.post("three", "U3"))
    await worker.drain(world.shard)
    seconds.seconds += 1
    assert await worker.drain(world.shard) == pytest.approx(HOUR.total_seconds(), abs=60)
    assert len(world.platform.looked) == 1
    assert world.platform.texts == ["one v1", "two v1", "three v1"]


async def test_more_unknown_than_one_drain_looks_for_are_left_to_the_next(world: World) -> None:
    world.platform.sends.extend([Step.UNKNOWN_LANDED] * 3)
    await world.queue(*(world.post(f"{n}", f"U{n}") for n in range(3)))
    await world.drain()
    assert await world.drain(impatient(looked_up=2)) == pytest.approx(0, abs=0.1)
    assert len(await world.deliveries(DeliveryState.SENT)) == 2


async def test_no_look_is_begun_that_might_outlive_its_lease(world: World) -> None:
    world.platform.sends.extend([Step.UNKNOWN_LANDED])
    await world.queue(world.post("hello"))
    await world.drain()
    seconds = count(step=10)
    await world.drain(impatient(begin_within=timedelta(seconds=5)), monotonic=seconds.__next__)
    assert world.platform.looked == []
    await world.drain()
    assert world.platform.times_posted.total() == 1


async def test_a_post_without_an_answer_is_looked_for(world: World) -> None:
    world.platform.sends.extend([Step.SILENT_LANDED])
    await world.queue(world.post("hello"))
    await world.drain(impatient(send_timeout=timedelta(milliseconds=20)))
    assert [each.state for each in await world.deliveries()] == [DeliveryState.UNKNOWN]
    await world.drain()
    assert world.platform.times_posted.total() == 1
    assert [each.state for each in await world.deliveries()] == [DeliveryState.SENT]


async def test_an_outcome_that_could_not_be_kept_is_found_again(world: World) -> None:
    await world.queue(world.post("hello"))
    losing = LosingStore(world.store, world.workspace_id, after=2)
    rings_in = await world.drain(impatient(lease=timedelta(milliseconds=1)), store=losing)
    assert rings_in is not None
    await world.drain_whatever_happens()
    assert world.platform.times_posted.total() == 1
    assert [each.state for each in await world.deliveries()] == [DeliveryState.SENT]


async def test_a_worker_that_comes_too_late_keeps_nothing(world: World) -> None:
    """Its lease ran out, and another looked and recorded: what it learnt itself counts no more."""
    team = await coached_team(world)
    world.platform.open.clear()
    world.platform.sends.extend([Step.DROPPED_TELL_COACH])
    await world.queue(world.post("hello", team_id=team.id))
    late = asyncio.create_task(world.drain(IMPATIENT))
    await world.platform.called.wait()
    (sending,) = await world.deliveries()
    other = ScriptedPlatform(world.clock)
    other.finds.extend([Step.RETRY])
    await world.drain(platform_of={world.workspace_id: other}.get)
    world.platform.open.set()
    await late
    (delivery,) = await world.deliveries()
    assert delivery.attempts > sending.attempts
    assert (delivery.state, delivery.reason) == (DeliveryState.UNKNOWN, "internal_error")
