"""The engine: planner, dispatcher, queue and wake-ups, started and stopped as one."""

import asyncio
from datetime import timedelta

from coaching.ports import Clock, DueBoard
from coaching.team import shard_of
from scheduler.dispatcher import Dispatcher
from scheduler.housekeeping import Housekeeper
from scheduler.planner import Planner
from scheduler.queues.in_process import InProcessQueue
from scheduler.wakeups import Wakeup, Wakeups

__all__ = ["Engine"]

_SELDOM = timedelta(hours=1)


class Engine:
    """Makes happen what is due. `queue` drains with `dispatcher`, and `planner` hints to it.

    `often`: how long the planner and the sweep pause between runs.
    """

    def __init__(
        self,
        *,
        board: DueBoard,
        clock: Clock,
        planner: Planner,
        dispatcher: Dispatcher,
        housekeeper: Housekeeper,
        queue: InProcessQueue,
        often: timedelta = timedelta(seconds=1),
    ) -> None:
        self._board = board
        self._clock = clock
        self._planner = planner
        self._dispatcher = dispatcher
        self._queue = queue
        self._wakeups = Wakeups(
            [
                Wakeup("planner", often, planner.plan),
                Wakeup("sweep", often, self.submit_due),
                Wakeup("housekeeping", _SELDOM, housekeeper.tidy),
            ]
        )

    def start(self, *, wakeups: bool = True) -> None:
        """Begin, on the running event loop. Without `wakeups`, only what is asked for happens."""
        self._queue.start()
        if wakeups:
            self._wakeups.start()

    async def stop(self) -> None:
        """End, once the batches in hand are sent and recorded. It does not start again."""
        await self._wakeups.stop()
        self._dispatcher.finish()
        await self._queue.stop()

    async def submit_due(self) -> None:
        """Have every shard drained that has something due: the truth behind the queue's hints."""
        due = await self._board.due(self._clock.now())
        for shard in sorted({shard_of(workspace_id) for workspace_id in due}):
            self._queue.submit(shard)

    async def sweep(self) -> None:
        """Plan what is due at the present moment, and have said what there is to say."""
        await self._planner.plan()
        await self.submit_due()

    async def settle(self, at_most: timedelta = timedelta(minutes=2)) -> None:
        """Sweep, and wait until everything due at the present moment is said and recorded.

        Rests that the platform asked for, and those between attempts, are waited for on wall time.
        One sweep is enough: it catches up on all that was missed, and drains end with nothing due.

        Raises:
            TimeoutError: it took longer than `at_most`.
        """
        async with asyncio.timeout(at_most.total_seconds()):
            await self.sweep()
            await self._queue.join()
