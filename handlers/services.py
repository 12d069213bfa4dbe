"""What handlers work with, wired once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from coaching.catalogue import Catalogue
from coaching.ports import Clock, Store, UnitOfWork, WorkQueue
from coaching.roster import NOBODY_KNOWN, Roster
from coaching.team import shard_of
from insights.reading import WORD_RULES, Reader
from insights.statements import WORD_LIST, Statements

__all__ = ["Services"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Services:
    """The store, the clock, the catalogue, and the queue that is told when there is more to say.

    `roster` knows who is where, `reader` what a message is a sign of, `statements` whom a sentence
    of purpose looks to.
    """

    store: Store
    clock: Clock
    catalogue: Catalogue
    queue: WorkQueue
    roster: Roster = NOBODY_KNOWN
    reader: Reader = WORD_RULES
    statements: Statements = WORD_LIST

    async def keep(self, workspace_id: str, work: Callable[[UnitOfWork], T]) -> T:
        """Run a use case that changes something, then have what it queued said soon."""
        result = await self.store.run(workspace_id, work)
        self.queue.submit(shard_of(workspace_id))
        return result

    async def take_in(
        self, workspace_id: str, event_id: str, work: Callable[[UnitOfWork], None]
    ) -> None:
        """Run `work` for an event the first time it comes: its id and effects are kept as one."""
        now = self.clock.now()

        def once(uow: UnitOfWork) -> None:
            if uow.inbox.take(event_id, now):
                work(uow)

        await self.keep(workspace_id, once)
