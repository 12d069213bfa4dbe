"""The planner: opens what is due, closes what has ended, and hints that there is work."""

from datetime import datetime

from coaching.catalogue import Catalogue
from coaching.ports import Clock, DueBoard, Store, UnitOfWork, WorkQueue
from coaching.team import shard_of
from coaching.use_cases.close_rounds import close_due
from coaching.use_cases.open_rounds import open_due
from scheduler.mishaps import contained

__all__ = ["Planner"]


class Planner:
    """Turns what the calendar says into rounds and deliveries.

    Any number of planners may run at a time: a cadence is claimed, and an occasion happens once.
    """

    def __init__(
        self,
        *,
        store: Store,
        board: DueBoard,
        clock: Clock,
        catalogue: Catalogue,
        queue: WorkQueue,
    ) -> None:
        self._store = store
        self._board = board
        self._clock = clock
        self._catalogue = catalogue
        self._queue = queue

    async def plan(self, now: datetime | None = None) -> None:
        """Plan every workspace with something due at `now`, each in a transaction of its own.

        An error in one is logged, and the others are planned. Without `now`, the present moment.
        """
        moment = now or self._clock.now()
        for workspace_id in await self._board.due(moment):
            with contained("planning"):
                await self._store.run(workspace_id, lambda uow: self._plan_one(uow, moment))
            self._queue.submit(shard_of(workspace_id))

    def _plan_one(self, uow: UnitOfWork, now: datetime) -> None:
        close_due(uow, now)
        open_due(uow, self._catalogue, now)
