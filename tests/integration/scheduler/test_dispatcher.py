"""The dispatcher on SQLite: leases, look-ups, waiting for one another, and giving up."""

import asyncio
import logging
from datetime import timedelta
from itertools import count

import pytest

from coaching.delivery import Addressee, DeliveryKind, DeliveryState, update_of
from conversation.platform import MessageRef
from storage import SqlStore
from tests.integration.scheduler.losing_store import LosingStore
from tests.integration.scheduler.platform import Step
from tests.integration.scheduler.team import coached_team
from tests.integration.scheduler.world import World, impatient, workspace_in_shard

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def world(sqlite_store: SqlStore) -> World:
    return World(sqlite_store)


async def test_what_is_due_is_said_and_what_is_not_yet_waits(world: World) -> None:
    now, later = world.post("now"), world.post("later", due_at=world.clock.now() + HOUR)
    await world.queue(now, later)
    assert await world.drain() is None
    assert world.platform.texts == ["now v1"]
    sent = await world.delivery(now.id)
    assert (sent.state, sent.attempts, sent.channel) == (DeliveryState.SENT, 1, "D-U1")
    world.clock.advance(HOUR)
    await world.drain()
    assert world.platform.texts == ["now v1", "later v1"]


async def test_a_conversation_is_told_in_order_and_several_side_by_side(world: World) -> None:
    posts = [world.post(f"{who}-{n}", who) for n in range(3) for who in ("U1", "U2", "U3", "C1")]
    await world.queue(*posts)
    await world.drain(impatient(at_once=3))
    said = [one.text for one in world.platform.posted if one.to.id == "U2"]
    assert said == ["U2-0 v1", "U2-1 v1", "U2-2 v1"]
    assert world.platform.most_under_way == 3


async def test_a_workspace_without_a_platform_waits(world: World) -> None:
    await world.queue(world.post("hello"))
    assert await world.drain(platform_of=lambda _: None) is None
    assert [each.attempts for each in await world.deliveries()] == [0]


async def test_a_reply_waits_until_its_parent_surely_stands(world: World) -> None:
    world.platform.sends.extend([Step.UNKNOWN_LANDED])
    parent = world.post("digest", "C1")
    reply = world.post("voices", "C1", thread_of=parent.id)
    await world.queue(parent, reply)
    await world.drain()
    assert world.platform.texts == ["digest v1"]
    await world.drain()
    first, second = world.platform.posted
    assert second.thread == first.at


async def test_a_reply_to_what_was_never_said_is_dropped(world: World) -> None:
    parent = world.post("digest", "C1")
    reply = world.post("voices", "C1", thread_of=parent.id)
    world.compose.over.add(parent.subject)
    await world.queue(parent, reply)
    await world.drain()
    assert {each.state for each in await world.deliveries()} == {DeliveryState.DROPPED}
    assert world.platform.calls == 0


async def test_a_newer_update_replaces_the_one_that_waits(world: World) -> None:
    line = world.post("line", "C1")
    await world.queue(line)
    for _ in range(3):
        await world.queue_update(update_of(line, world.clock.now()))
    await world.drain()
    assert world.platform.texts == ["line v1"]
    assert [text for _, text in world.platform.updated] == ["line v1"]


async def test_an_update_that_fails_or_goes_unanswered_is_said_again(world: World) -> None:
    line = world.post("line", "C1")
    await world.queue(line)
    await world.drain()
    await world.queue_update(update_of(line, world.clock.now()))
    world.platform.sends.extend([Step.RETRY, Step.SILENT_LANDED, Step.UNKNOWN_LOST])
    await world.drain(impatient(send_timeout=timedelta(milliseconds=20)))
    assert len(world.platform.updated) == 2
    assert world.platform.looked == []
    assert {each.state for each in await world.deliveries()} == {DeliveryState.SENT}


async def test_a_day_after_the_first_the_attempt_that_fails_is_the_last(world: World) -> None:
    world.platform.sends.extend([Step.UNKNOWN_LOST])
    await world.queue(world.post("hello"))
    await world.drain()
    world.platform.finds.extend([Step.RETRY])
    await world.drain()
    world.clock.advance(DAY)
    world.platform.finds.extend([Step.RETRY])
    await world.drain()
    (delivery,) = await world.deliveries()
    assert (delivery.state, delivery.reason) == (
        DeliveryState.FAILED,
        "given up: internal_error",
    )
    assert await world.drain() is None


async def test_after_a_long_stop_what_was_never_tried_has_its_day(world: World) -> None:
    await world.queue(world.post("hello"))
    world.clock.advance(5 * DAY)
    world.platform.sends.extend([Step.RETRY, Step.RESTING])
    await world.drain()
    assert world.platform.texts == ["hello v1"]


async def test_a_failed_attempt_rests_on_the_stores_clock(world: World) -> None:
    world.platform.sends.extend([Step.RETRY])
    await world.queue(world.post("hello"))
    rings_in = await world.drain(impatient(first_rest=HOUR, longest_rest=DAY))
    assert rings_in == pytest.approx(HOUR.total_seconds(), abs=60)
    await world.drain()
    (delivery,) = await world.deliveries()
    assert (delivery.state, delivery.attempts) == (DeliveryState.PENDING, 1)


async def test_what_a_person_should_mend_is_told_to_the_coach(world: World) -> None:
    team = await coached_team(world)
    world.platform.sends.extend([Step.DROPPED_TELL_COACH])
    await world.queue(world.post("summary", "C1", team_id=team.id))
    await world.drain()
    dropped, note = await world.deliveries()
    assert (dropped.state, dropped.reason) == (DeliveryState.DROPPED, "is_archived")
    assert (note.kind, note.addressee_id) == (DeliveryKind.COACH_NOTE, "U9")
    assert note.addressee is Addressee.PERSON
    assert note.state is DeliveryState.SENT


async def test_a_fault_in_composing_holds_back_nothing_else(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    broken, whole = world.post("broken"), world.post("whole")
    world.compose.broken.add(broken.subject)
    await world.queue(broken, whole)
    await world.drain(impatient(first_rest=HOUR, longest_rest=DAY))
    assert world.platform.texts == ["whole v1"]
    waiting = await world.delivery(broken.id)
    assert (waiting.state, waiting.reason) == (DeliveryState.PENDING, "composing failed")
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert record.getMessage().startswith("composing a message went wrong: KeyError at world.py:")
    assert "words of a person" not in caplog.text


async def test_a_fault_in_one_workspace_holds_back_no_other(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    other = World(world.store, workspace_in_shard(world.shard, world.workspace_id))
    await world.queue(world.post("lost"))
    await other.queue(other.post("said"))
    platforms = {world.workspace_id: world.platform, other.workspace_id: other.platform}
    await world.drain(store=LosingStore(world.store, world.workspace_id), platform_of=platforms.get)
    assert (world.platform.texts, other.platform.texts) == ([], ["said v1"])
    assert "StoreUnavailable at losing_store.py" in caplog.text
    assert "words of a person" not in caplog.text


async def test_a_turn_comes_to_an_end_and_says_that_there_is_more(world: World) -> None:
    await world.queue(world.post("one"), world.post("two"))
    assert await world.drain(impatient(turn=timedelta())) == pytest.approx(0, abs=0.1)
    assert world.platform.texts == []
    await world.drain()
    assert world.platform.texts == ["one v1", "two v1"]


async def test_workspaces_of_a_shard_take_turns(world: World) -> None:
    other = World(world.store, workspace_in_shard(world.shard, world.workspace_id))
    other.platform = world.platform
    await world.queue(*(world.post("mine") for _ in range(3)))
    await other.queue(*(other.post("theirs") for _ in range(3)))
    platforms = {world.workspace_id: world.platform, other.workspace_id: world.platform}
    await world.drain(impatient(batch=1), platform_of=platforms.get)
    first_four = world.platform.texts[:4]
    assert sorted(first_four) == ["mine v1", "mine v1", "theirs v1", "theirs v1"]


async def test_finishing_records_the_batch_in_hand_and_begins_no_other(world: World) -> None:
    world.platform.open.clear()
    await world.queue(world.post("one"), world.post("two"))
    worker = world.dispatcher(impatient(batch=1))
    draining = asyncio.create_task(worker.drain(world.shard))
    await world.platform.called.wait()
    worker.finish()
    world.platform.open.set()
    await draining
    states = [each.state for each in await world.deliveries()]
    assert states == [DeliveryState.SENT, DeliveryState.PENDING]
    assert await worker.drain(world.shard) is None
    assert world.platform.texts == ["one v1"]


async def test_what_can_no_longer_be_begun_under_its_lease_is_put_back(world: World) -> None:
    seconds = count(step=10)
    await world.queue(*(world.post(f"{n}") for n in range(5)))
    patience = impatient(begin_within=timedelta(seconds=25), turn=timedelta(hours=1))
    await world.drain(patience, monotonic=seconds.__next__)
    assert world.platform.texts == [f"{n} v1" for n in range(5)]
    attempts = [each.attempts for each in await world.deliveries()]
    assert attempts[0] == 1
    assert attempts[-1] > 1


async def test_a_channel_that_moved_is_where_its_updates_go(world: World) -> None:
    line = world.post("line", "C1")
    await world.queue(line)
    await world.drain()
    await world.queue_update(update_of(line, world.clock.now()))
    await world.drain()
    ((at, _),) = world.platform.updated
    assert at == MessageRef("D-C1", world.platform.posted[0].at.message)
