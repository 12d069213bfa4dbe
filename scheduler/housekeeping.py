"""Housekeeping: forgetting what is kept only for a while."""

from datetime import timedelta

from coaching.ports import Clock, DueBoard, Store
from scheduler.mishaps import contained

__all__ = ["EVENTS_KEPT_FOR", "Housekeeper"]

EVENTS_KEPT_FOR = timedelta(days=7)
"""A platform delivers an event again within minutes, or hours after an outage; never after days."""


class Housekeeper:
    """Forgets the ids of events taken in long ago."""

    def __init__(self, *, store: Store, board: DueBoard, clock: Clock) -> None:
        self._store = store
        self._board = board
        self._clock = clock

    async def tidy(self) -> None:
        """Tidy up in every workspace with something due within the coming week.

        That is every one with a weekly cadence; another keeps its ids until it has.
        """
        now = self._clock.now()
        for workspace_id in await self._board.due(now + EVENTS_KEPT_FOR):
            with contained("housekeeping"):
                await self._store.run(
                    workspace_id, lambda uow: uow.inbox.forget_before(now - EVENTS_KEPT_FOR)
                )
