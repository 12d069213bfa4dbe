"""Wake-ups on a real AsyncIOScheduler; every wait is for an event."""

import asyncio
from datetime import timedelta

import pytest

from scheduler.wakeups import Wakeup, Wakeups

SOON = timedelta(milliseconds=5)


class Called:
    """Counts its calls; each waits for leave."""

    def __init__(self, wanted: int = 1) -> None:
        self.times = 0
        self.ended = 0
        self.enough = asyncio.Event()
        self.leave = asyncio.Event()
        self.leave.set()
        self._wanted = wanted

    async def __call__(self) -> None:
        self.times += 1
        if self.times >= self._wanted:
            self.enough.set()
        await self.leave.wait()
        self.ended += 1


async def enough(called: Called) -> None:
    async with asyncio.timeout(10):
        await called.enough.wait()


async def test_each_is_called_again_and_again_until_stopped() -> None:
    first, second = Called(3), Called(3)
    wakeups = Wakeups([Wakeup("first", SOON, first), Wakeup("second", SOON, second)])
    wakeups.start()
    await enough(first)
    await enough(second)
    await wakeups.stop()
    times = first.times
    await wakeups.stop()
    assert (first.times, first.ended) == (times, times)


async def test_they_can_be_stopped_before_any_call() -> None:
    called = Called()
    wakeups = Wakeups([Wakeup("seldom", timedelta(hours=1), called)])
    await wakeups.stop()
    wakeups.start()
    await wakeups.stop()
    assert called.times == 0


async def test_a_call_that_takes_long_is_not_made_twice_at_a_time(
    caplog: pytest.LogCaptureFixture,
) -> None:
    long, short = Called(), Called(5)
    long.leave.clear()
    wakeups = Wakeups([Wakeup("long", SOON, long), Wakeup("short", SOON, short)])
    wakeups.start()
    await enough(long)
    await enough(short)
    assert long.times == 1
    stopping = asyncio.create_task(wakeups.stop())
    for _ in range(10):
        await asyncio.sleep(0)
    assert not stopping.done()
    long.leave.set()
    await stopping
    assert (long.times, long.ended) == (1, 1)


async def test_an_error_is_logged_and_it_is_called_again(caplog: pytest.LogCaptureFixture) -> None:
    called = Called(2)

    async def fail() -> None:
        await called()
        raise ValueError("a person's words")

    wakeups = Wakeups([Wakeup("planner", SOON, fail)])
    wakeups.start()
    await enough(called)
    await wakeups.stop()
    assert "the wake-up planner went wrong: ValueError at test_wakeups.py" in caplog.text
    assert "words" not in caplog.text
