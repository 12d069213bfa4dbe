"""The queue within one process: nothing to install, and nothing in it that could be lost."""

import asyncio
from collections.abc import Awaitable, Callable

from scheduler.mishaps import contained

__all__ = ["InProcessQueue"]


class InProcessQueue:
    """A WorkQueue that drains on the running event loop.

    A shard waits at most once, is drained by one task at a time, and a few shards are drained at
    once. `drain` gives the seconds after which the shard is worth draining again, or None: it then
    is, without another hint. For use on the loop's own thread.
    """

    def __init__(self, drain: Callable[[int], Awaitable[float | None]], at_once: int = 4) -> None:
        self._drain = drain
        self._at_once = at_once
        self._started = False
        self._waiting: dict[int, None] = {}  # a set that keeps the order
        self._draining: dict[int, asyncio.Task[None]] = {}
        self._timers: dict[int, asyncio.TimerHandle] = {}
        self._idle = asyncio.Event()
        self._idle.set()

    def submit(self, shard: int) -> None:
        """Have the shard drained soon: once more if it is being drained, as soon as that ends.

        Before `start` it is kept.
        """
        self._waiting[shard] = None
        self._go_on()

    def start(self) -> None:
        """Begin to drain what was and will be submitted."""
        self._started = True
        self._go_on()

    async def stop(self) -> None:
        """Begin nothing any more, forget the hints, and wait for the drains under way."""
        self._started = False
        self._waiting.clear()
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        if self._draining:
            await asyncio.wait(self._draining.values())
        self._go_on()

    async def join(self) -> None:
        """Wait until nothing is draining, waits to be drained or rests to be drained again.

        Before `start` only what was begun is waited for, which is nothing.
        """
        await self._idle.wait()

    def _go_on(self) -> None:
        for shard in list(self._waiting) if self._started else []:
            if len(self._draining) < self._at_once and shard not in self._draining:
                del self._waiting[shard]
                self._draining[shard] = asyncio.create_task(self._drain_one(shard))
        busy = self._draining or (self._started and (self._waiting or self._timers))
        if busy:
            self._idle.clear()
        else:
            self._idle.set()

    async def _drain_one(self, shard: int) -> None:
        self._disarm(shard)
        again_in: float | None = None
        try:
            with contained("a drain"):
                again_in = await self._drain(shard)
        finally:
            del self._draining[shard]
            if again_in is not None and self._started:
                loop = asyncio.get_running_loop()
                self._timers[shard] = loop.call_later(again_in, self._ring, shard)
            self._go_on()

    def _ring(self, shard: int) -> None:
        del self._timers[shard]
        self.submit(shard)

    def _disarm(self, shard: int) -> None:
        timer = self._timers.pop(shard, None)
        if timer is not None:
            timer.cancel()
