"""What the scheduler's tests stand on: a store, a clock that is moved, a platform, a composer."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from coaching.delivery import Addressee, Delivery, DeliveryKind, DeliveryState, post
from coaching.identifiers import new_id
from coaching.ports import UnitOfWork
from coaching.team import SHARDS, shard_of
from conversation.messages import Message
from scheduler.clock import MovableClock
from scheduler.dispatcher import Dispatcher
from scheduler.limits import UNPACED, Limits
from scheduler.patience import Patience
from storage import SqlDueBoard, SqlStore
from tests.integration.scheduler.platform import ScriptedPlatform

__all__ = [
    "IMPATIENT",
    "MONDAY",
    "Composer",
    "HandClock",
    "World",
    "impatient",
    "workspace_in_shard",
]

MONDAY = datetime(2026, 9, 7, 7, 0, tzinfo=UTC)

IMPATIENT = Patience(
    lease=timedelta(),
    look_after=timedelta(),
    first_rest=timedelta(),
    longest_rest=timedelta(),
)
"""Nothing is waited for: leases and rests are over as soon as they begin."""


def impatient(**others: Any) -> Patience:
    """Impatient, but for what is given."""
    return replace(IMPATIENT, **others)


class HandClock:
    """Monotonic seconds, moved by hand."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Composer:
    """Says a delivery's detail. `over`: subjects of which nothing need be said any more."""

    over: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    version: int = 1

    def __call__(self, uow: UnitOfWork, delivery: Delivery, now: datetime, /) -> Message | str:
        if delivery.subject in self.broken:
            raise KeyError("words of a person")
        if delivery.subject in self.over:
            return "the round has closed"
        return Message(f"{delivery.detail} v{self.version}", ())


_numbers = count()


@dataclass
class World:
    """One workspace on a store that others may share."""

    store: SqlStore
    workspace_id: str = field(default_factory=lambda: f"slack:T{next(_numbers)}{new_id()[:8]}")
    clock: MovableClock = field(default_factory=lambda: MovableClock(MONDAY))
    compose: Composer = field(default_factory=Composer)
    platform: ScriptedPlatform = field(init=False)
    board: SqlDueBoard = field(init=False)

    def __post_init__(self) -> None:
        self.platform = ScriptedPlatform(self.clock)
        self.board = SqlDueBoard(self.store)

    @property
    def shard(self) -> int:
        return shard_of(self.workspace_id)

    def dispatcher(self, patience: Patience = IMPATIENT, **others: Any) -> Dispatcher:
        """A worker, as a process starts with one: it remembers nothing of those before."""
        given: dict[str, Any] = {
            "store": self.store,
            "board": self.board,
            "clock": self.clock,
            "platform_of": {self.workspace_id: self.platform}.get,
            "compose": self.compose,
            "limits": Limits(UNPACED, HandClock()),
            "patience": patience,
            "random": lambda: 0.0,
        }
        return Dispatcher(**(given | others))

    async def drain(self, patience: Patience = IMPATIENT, **others: Any) -> float | None:
        return await self.dispatcher(patience, **others).drain(self.shard)

    async def drain_whatever_happens(self, most: int = 60) -> None:
        """Drain, by a new worker after each that is killed, until nothing is left to do."""
        for _ in range(most):
            with suppress(BaseExceptionGroup):
                if await self.dispatcher().drain(self.shard) is None:
                    left = await self.deliveries(DeliveryState.SENDING, DeliveryState.UNKNOWN)
                    if not left:
                        return
        raise AssertionError("it does not come to an end")

    def post(self, detail: str, to: str = "U1", **others: Any) -> Delivery:
        """A new post, about a subject of its own."""
        given: dict[str, Any] = {
            "workspace_id": self.workspace_id,
            "team_id": "team",
            "subject": new_id(),
            "addressee": Addressee.CHANNEL if to.startswith("C") else Addressee.PERSON,
            "addressee_id": to,
            "due_at": self.clock.now(),
            "detail": detail,
        }
        return post(DeliveryKind.PROMPT, **(given | others))

    async def queue(self, *deliveries: Delivery) -> None:
        def add(uow: UnitOfWork) -> None:
            for delivery in deliveries:
                assert uow.deliveries.add(delivery)

        await self.store.run(self.workspace_id, add)

    async def queue_update(self, update: Delivery) -> None:
        await self.store.run(
            self.workspace_id,
            lambda uow: uow.deliveries.queue_update(str(update.update_of), update),
        )

    async def deliveries(self, *states: DeliveryState) -> list[Delivery]:
        wanted: dict[str, Sequence[DeliveryState]] = {"state": states} if states else {}
        return await self.store.read(self.workspace_id, lambda uow: uow.deliveries.where(**wanted))

    async def delivery(self, delivery_id: str) -> Delivery:
        return await self.store.read(self.workspace_id, lambda uow: uow.deliveries.get(delivery_id))


def workspace_in_shard(shard: int, beside: str) -> str:
    """A workspace of this shard other than `beside`."""
    assert 0 <= shard < SHARDS
    names = (f"slack:T{new_id()[:10]}" for _ in count())
    return next(name for name in names if shard_of(name) == shard and name != beside)
