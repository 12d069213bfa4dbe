"""Deliveries that have to wait: put back with the claim, sent when their time has come."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from coaching.delivery import Delivery, DeliveryState
from coaching.ports import UnitOfWork
from conversation.messages import Message
from conversation.platform import Later
from scheduler.patience import Patience
from storage import SqlStore
from tests.integration.scheduler.world import World

HOUR = timedelta(hours=1)


@dataclass
class NotYet:
    """Says a delivery's detail, but to some people only later."""

    until: dict[str, datetime] = field(default_factory=dict)

    def __call__(
        self, uow: UnitOfWork, delivery: Delivery, now: datetime, /
    ) -> Message | str | Later:
        moment = self.until.get(delivery.addressee_id, now)
        return Later(moment) if moment > now else Message(delivery.detail, ())


async def test_what_waits_is_said_when_its_time_has_come(sqlite_store: SqlStore) -> None:
    world = World(sqlite_store)
    post = world.post("a prompt")
    until = world.clock.now() + HOUR
    await world.queue(post, world.post("another's", "U2"))
    assert await world.drain(compose=NotYet({"U1": until})) is None
    assert world.platform.texts == ["another's"]
    waiting = await world.delivery(post.id)
    assert (waiting.state, waiting.due_at) == (DeliveryState.PENDING, until)
    assert (waiting.attempts, waiting.tried_at) == (0, None)
    assert await world.board.next_due(world.clock.now()) == until
    world.clock.move_to(until)
    await world.drain(compose=NotYet({"U1": until}))
    assert world.platform.texts == ["another's", "a prompt"]


async def test_a_batch_that_waits_whole_holds_back_nothing_behind_it(
    sqlite_store: SqlStore,
) -> None:
    world = World(sqlite_store)
    count = Patience().batch + 5
    later = world.clock.now() + HOUR
    await world.queue(*(world.post(f"{n}") for n in range(count)))
    await world.queue(world.post("last", "U2"))
    await world.drain(compose=NotYet({"U1": later}))
    assert world.platform.texts == ["last"]


async def test_waiting_for_days_is_no_failing(sqlite_store: SqlStore) -> None:
    """A day of failures ends a delivery; a week of waiting does not begin that day."""
    world = World(sqlite_store)
    post = world.post("a prompt")
    await world.queue(post)
    for _ in range(7):
        later = world.clock.now() + 24 * HOUR
        await world.drain(compose=NotYet({"U1": later}))
        world.clock.move_to(later)
    await world.drain(compose=NotYet())
    assert (await world.delivery(post.id)).state is DeliveryState.SENT
