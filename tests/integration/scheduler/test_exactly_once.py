"""Whatever happens to calls and processes, each thing is said once, or it is on record why not."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaching.delivery import DeliveryState, update_of
from storage import SqlStore
from tests.integration.scheduler.platform import Step
from tests.integration.scheduler.world import IMPATIENT, World

sends = st.lists(
    st.sampled_from([step for step in Step if step is not Step.SILENT_LANDED]), max_size=20
)
finds = st.lists(
    st.sampled_from(
        [
            Step.LANDS,
            Step.RETRY,
            Step.RESTING,
            Step.RESTING_EVERYWHERE,
            Step.FAULT_LOST,
            Step.KILLED_LOST,
        ]
    ),
    max_size=6,
)
conversations = st.lists(st.sampled_from(["U1", "U2", "C1"]), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(sends, finds, conversations)
def test_posts_are_said_once_or_dropped_with_a_reason(
    sqlite_store: SqlStore, sends: Sequence[Step], finds: Sequence[Step], to: Sequence[str]
) -> None:
    async def scenario() -> None:
        world = World(sqlite_store)
        world.platform.sends.extend(sends)
        world.platform.finds.extend(finds)
        posts = [world.post(f"post {n}", who) for n, who in enumerate(to)]
        await world.queue(*posts)
        await world.drain_whatever_happens()
        for delivery in await world.deliveries():
            times = world.platform.times_posted[delivery.id]
            if delivery.state is DeliveryState.SENT:
                assert times == 1
                (there,) = [one for one in world.platform.posted if one.delivery_id == delivery.id]
                assert (delivery.channel, delivery.message) == (there.at.channel, there.at.message)
            else:
                assert delivery.state is DeliveryState.DROPPED
                assert delivery.reason in {"message_not_found", "is_archived"}
                assert times == 0

    asyncio.run(scenario())


@settings(max_examples=40, deadline=None)
@given(sends, finds, st.integers(1, 3))
def test_updates_come_after_their_post_and_the_last_one_stands(
    sqlite_store: SqlStore, sends: Sequence[Step], finds: Sequence[Step], changes: int
) -> None:
    async def scenario() -> None:
        world = World(sqlite_store)
        drops = {Step.DROPPED, Step.DROPPED_TELL_COACH}
        world.platform.sends.extend(step for step in sends if step not in drops)
        world.platform.finds.extend(finds)
        original = world.post("line", "C1")
        beneath = world.post("reply", "C1", thread_of=original.id)
        await world.queue(original, beneath)
        for _ in range(changes):
            world.compose.version += 1
            await world.queue_update(update_of(original, world.clock.now()))
            await world.drain_whatever_happens()
        assert world.platform.times_posted == {original.id: 1, beneath.id: 1}
        parent, reply = world.platform.posted
        assert reply.thread == parent.at
        assert {at for at, _ in world.platform.updated} <= {parent.at}
        said = [parent.text, *(text for _, text in world.platform.updated)]
        assert said[-1] == f"line v{1 + changes}"

    asyncio.run(scenario())


@pytest.mark.parametrize("seed", range(3))
async def test_workers_side_by_side_in_a_bad_hour_say_each_thing_once(
    store: SqlStore, seed: int
) -> None:
    random = Random(seed)
    world = World(store)
    troubles = [Step.LANDS, Step.RETRY, Step.RESTING, Step.UNKNOWN_LANDED, Step.UNKNOWN_LOST]
    world.platform.sends.extend(random.choices(troubles, k=60))
    world.platform.finds.extend(random.choices([Step.LANDS, Step.RETRY, Step.FAULT_LOST], k=10))
    line = world.post("line", "C1")
    beneath = world.post("beneath", "C1", thread_of=line.id)
    await world.queue(line, beneath, *(world.post(f"{n}", f"U{n % 5}") for n in range(25)))
    await world.queue_update(update_of(line, world.clock.now()))
    patience = replace(IMPATIENT, lease=timedelta(hours=1), batch=4)

    async def work() -> None:
        worker = world.dispatcher(patience)
        while await worker.drain(world.shard) is not None:
            pass

    await asyncio.gather(*(work() for _ in range(3)))
    await world.drain_whatever_happens()
    assert {each.state for each in await world.deliveries()} == {DeliveryState.SENT}
    assert set(world.platform.times_posted.values()) == {1}
    assert world.platform.times_posted.total() == 27
