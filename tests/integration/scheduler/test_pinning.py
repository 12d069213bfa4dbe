"""The purpose is pinned once it stands: after a stop, too, and never holding a message up."""

import logging
from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from coaching.delivery import Delivery, DeliveryKind, DeliveryState, update_of
from coaching.ports import UnitOfWork
from conversation.messages import Message
from conversation.platform import Retry, Unpinned
from storage import SqlStore
from tests.integration.scheduler.platform import Step
from tests.integration.scheduler.team import coached_team
from tests.integration.scheduler.world import World


@dataclass
class Pinning:
    """Composes a message that is to be pinned, or no longer."""

    pinned: bool | None = True

    def __call__(self, uow: UnitOfWork, delivery: Delivery, now: datetime, /) -> Message:
        is_purpose = delivery.kind is DeliveryKind.PURPOSE
        return Message(delivery.detail, (), pinned=self.pinned if is_purpose else None)


@pytest.fixture
def world(sqlite_store: SqlStore) -> World:
    return World(sqlite_store)


async def queued(world: World) -> Delivery:
    team = await coached_team(world)
    purpose = world.post("our purpose", "C1", team_id=team.id)
    await world.queue(replace(purpose, kind=DeliveryKind.PURPOSE))
    return purpose


async def test_a_purpose_is_pinned_and_the_one_before_it_no_longer(world: World) -> None:
    purpose = await queued(world)
    await world.drain(compose=Pinning())
    sent = await world.delivery(purpose.id)
    assert [one.message for one in world.platform.pinned] == [sent.message]
    await world.queue_update(update_of(sent, world.clock.now()))
    await world.drain(compose=Pinning(pinned=False))
    assert world.platform.unpinned == world.platform.pinned
    assert {one.state for one in await world.deliveries()} == {DeliveryState.SENT}


async def test_it_is_pinned_though_the_process_was_killed_as_it_was_posted(world: World) -> None:
    purpose = await queued(world)
    world.platform.sends.append(Step.KILLED_LANDED)
    world.compose = Pinning()  # type: ignore[assignment]
    await world.drain_whatever_happens()
    assert world.platform.times_posted[purpose.id] == 1
    assert len(world.platform.pinned) == 1


async def test_what_says_nothing_of_it_is_left_as_it_is(world: World) -> None:
    await queued(world)
    await world.drain(compose=Pinning(pinned=None))
    assert world.platform.pinned == world.platform.unpinned == []


async def test_what_passes_is_tried_again(world: World) -> None:
    await queued(world)
    world.platform.pins.append(Retry("timeout"))
    await world.drain(compose=Pinning())
    assert len(world.platform.pinned) == 2
    assert {one.state for one in await world.deliveries()} == {DeliveryState.SENT}


async def test_what_a_person_has_to_mend_is_told_to_the_coach_once(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    purpose = await queued(world)
    refused = Unpinned("missing_scope")
    world.platform.pins.extend([refused, refused])
    with caplog.at_level(logging.INFO):
        await world.drain(compose=Pinning())
        sent = await world.delivery(purpose.id)
        await world.queue_update(update_of(sent, world.clock.now()))
        await world.drain(compose=Pinning())
    assert sent.state is DeliveryState.SENT
    notes = [one for one in await world.deliveries() if one.kind is DeliveryKind.COACH_NOTE]
    assert [(one.addressee_id, one.detail) for one in notes] == [("U9", "unpinned:missing_scope")]
    assert "not pinned: missing_scope" in caplog.text
