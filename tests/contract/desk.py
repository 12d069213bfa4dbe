"""How these suites use a store: a desk for deliveries, and a transaction that stays open."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from threading import Event
from typing import TypeVar

from coaching.delivery import Delivery, DeliveryState
from coaching.ports import Deliveries, Store, UnitOfWork
from tests.contract.records import HERE, HOUR, NOW

T = TypeVar("T")

AT_ONCE = timedelta()
"""A lease or rest that has run out as soon as it is given."""


class Desk:
    """The deliveries of one workspace, each call a transaction."""

    def __init__(self, store: Store, workspace_id: str = HERE) -> None:
        self._store = store
        self._workspace_id = workspace_id

    async def run(self, work: Callable[[Deliveries], T]) -> T:
        return await self._store.run(self._workspace_id, lambda uow: work(uow.deliveries))

    async def add(self, *added: Delivery) -> None:
        def work(deliveries: Deliveries) -> list[bool]:
            return [deliveries.add(each) for each in added]

        assert all(await self.run(work))

    async def claim(
        self, most: int = 10, lease: timedelta = HOUR, resting: tuple[str, ...] = ()
    ) -> list[Delivery]:
        return await self.run(lambda deliveries: deliveries.claim(NOW, most, lease, resting))

    async def get(self, record: Delivery) -> Delivery:
        return await self.run(lambda deliveries: deliveries.get(record.id))

    async def settle(
        self, claimed: Delivery, state: DeliveryState, rest: timedelta | None = None, **landed: str
    ) -> bool:
        outcome = replace(claimed, state=state, **landed)  # type: ignore[arg-type]
        return await self.run(lambda deliveries: deliveries.settle(outcome, rest))

    async def expire(self) -> int:
        return await self.run(lambda deliveries: deliveries.expire())

    async def claim_unknown(self, most: int = 10, lease: timedelta = HOUR) -> list[Delivery]:
        return await self.run(lambda deliveries: deliveries.claim_unknown(most, lease))

    async def queue(self, update: Delivery) -> None:
        post_id = update.update_of
        assert post_id is not None
        await self.run(lambda deliveries: deliveries.queue_update(post_id, update))

    async def updates_of(self, post: Delivery) -> list[Delivery]:
        return await self.run(lambda deliveries: deliveries.where(update_of=post.id))


def ids(found: list[Delivery]) -> list[str]:
    return [each.id for each in found]


@asynccontextmanager
async def held_open(store: Store, work: Callable[[UnitOfWork], T]) -> AsyncIterator[T]:
    """A transaction that has done `work` and ends with the block."""
    done, go_on = Event(), Event()
    results: list[T] = []

    def hold(uow: UnitOfWork) -> None:
        results.append(work(uow))
        done.set()
        go_on.wait(10)

    holding = asyncio.create_task(store.run(HERE, hold))
    await asyncio.to_thread(done.wait, 10)
    try:
        yield results[0]
    finally:
        go_on.set()
        await holding
