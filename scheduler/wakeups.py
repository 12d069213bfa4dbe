"""Wake-ups: what is called again and again, by APScheduler.

They carry no truth: what is due lives in the store, so a wake-up that is late, doubled or lost
changes nothing but when. Hence the in-memory job store, and one run in place of all missed ones.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta

from apscheduler.events import EVENT_SCHEDULER_SHUTDOWN
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from scheduler.mishaps import contained

__all__ = ["Wakeup", "Wakeups"]


@dataclass(frozen=True, slots=True)
class Wakeup:
    """Something to call every so often. Never twice at a time; an error is logged, no more."""

    name: str
    every: timedelta
    call: Callable[[], Awaitable[None]]


class Wakeups:
    """Calls its wake-ups on the running event loop, from `start` to `stop`."""

    def __init__(self, wakeups: Sequence[Wakeup]) -> None:
        self._wakeups = wakeups
        self._scheduler: AsyncIOScheduler | None = None
        self._under_way: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begin. Each is called first when its interval has passed."""
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        for wakeup in self._wakeups:
            self._scheduler.add_job(
                self._call,
                IntervalTrigger(seconds=wakeup.every.total_seconds(), timezone=UTC),
                args=[wakeup],
                id=wakeup.name,
                coalesce=True,
                misfire_grace_time=None,
                max_instances=1,
            )
        self._scheduler.start()

    async def stop(self) -> None:
        """Call nothing any more, and wait for the calls under way. Quiet before `start`."""
        scheduler, self._scheduler = self._scheduler, None
        if scheduler is None:
            return
        scheduler.pause()
        await asyncio.sleep(0)  # a call that is due is a task that has not begun: let it begin
        if self._under_way:
            await asyncio.wait(self._under_way)
        ended = asyncio.Event()
        scheduler.add_listener(lambda _: ended.set(), EVENT_SCHEDULER_SHUTDOWN)
        scheduler.shutdown()  # APScheduler cancels calls under way and ends on the loop, later
        await ended.wait()

    async def _call(self, wakeup: Wakeup) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        with contained(f"the wake-up {wakeup.name}"):
            await wakeup.call()
