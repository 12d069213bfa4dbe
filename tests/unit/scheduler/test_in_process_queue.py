import asyncio
from collections.abc import Callable

import pytest

from scheduler.queues.in_process import InProcessQueue


class Drains:
    """Drains that wait for leave, and note who was at it."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.under_way: list[int] = []
        self.most_under_way = 0
        self.leave = asyncio.Event()
        self.leave.set()
        self.entered = asyncio.Event()
        self.left = asyncio.Event()
        self.again_in: Callable[[int], float | None] = lambda _: None

    async def __call__(self, shard: int) -> float | None:
        assert shard not in self.under_way, "one drain of a shard at a time"
        self.begun.append(shard)
        self.under_way.append(shard)
        self.most_under_way = max(self.most_under_way, len(self.under_way))
        self.entered.set()
        await asyncio.sleep(0)
        await self.leave.wait()
        self.under_way.remove(shard)
        self.left.set()
        return self.again_in(shard)


async def test_hints_of_a_shard_become_one_drain() -> None:
    drains = Drains()
    queue = InProcessQueue(drains)
    for _ in range(5):
        queue.submit(7)
    queue.start()
    await queue.join()
    assert drains.begun == [7]


async def test_a_hint_during_a_drain_is_one_drain_more() -> None:
    drains = Drains()
    drains.leave.clear()
    queue = InProcessQueue(drains)
    queue.start()
    queue.submit(7)
    await drains.entered.wait()
    for _ in range(5):
        queue.submit(7)
    drains.leave.set()
    await queue.join()
    assert drains.begun == [7, 7]


async def test_a_few_shards_at_once_in_the_order_of_their_hints() -> None:
    drains = Drains()
    queue = InProcessQueue(drains, at_once=3)
    queue.start()
    for shard in range(9):
        queue.submit(shard)
    await queue.join()
    assert drains.begun == list(range(9))
    assert drains.most_under_way == 3


async def test_an_error_is_logged_and_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    drains = Drains()

    def fail_on_one(shard: int) -> float | None:
        if shard == 1:
            raise ValueError("a person's words")
        return None

    drains.again_in = fail_on_one
    queue = InProcessQueue(drains, at_once=1)
    queue.start()
    for shard in range(3):
        queue.submit(shard)
    await queue.join()
    queue.submit(1)
    await queue.join()
    assert drains.begun == [0, 1, 2, 1]
    assert "a drain went wrong: ValueError at test_in_process_queue.py" in caplog.text
    assert "words" not in caplog.text


async def test_what_rests_is_drained_again_without_a_hint() -> None:
    drains = Drains()
    rests = iter([0.01, 0.0, None])
    drains.again_in = lambda _: next(rests)
    queue = InProcessQueue(drains)
    queue.start()
    queue.submit(7)
    await queue.join()
    assert drains.begun == [7, 7, 7]


async def test_a_hint_comes_before_a_rest_is_over() -> None:
    drains = Drains()
    rests = iter([3600.0, None])
    drains.again_in = lambda _: next(rests)
    queue = InProcessQueue(drains)
    queue.start()
    queue.submit(7)
    joining = asyncio.create_task(queue.join())
    await drains.left.wait()
    assert not joining.done()
    queue.submit(7)
    await joining
    assert drains.begun == [7, 7]


async def test_stopping_waits_for_what_is_under_way_and_begins_nothing() -> None:
    drains = Drains()
    drains.leave.clear()
    drains.again_in = lambda _: 3600.0
    queue = InProcessQueue(drains, at_once=1)
    queue.start()
    queue.submit(1)
    queue.submit(2)
    await drains.entered.wait()
    stopping = asyncio.create_task(queue.stop())
    await asyncio.sleep(0)
    assert not stopping.done()
    drains.leave.set()
    await stopping
    queue.submit(3)
    await queue.join()
    assert drains.begun == [1]


async def test_stopping_while_something_rests() -> None:
    drains = Drains()
    drains.again_in = lambda _: 3600.0
    queue = InProcessQueue(drains)
    queue.start()
    queue.submit(1)
    await drains.left.wait()
    await queue.stop()
    await queue.join()
    assert drains.begun == [1]
