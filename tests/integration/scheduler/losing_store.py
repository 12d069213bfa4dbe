"""A store that is out of reach at times."""

from collections.abc import Callable
from typing import TypeVar

from coaching.errors import StoreUnavailable
from coaching.ports import UnitOfWork
from storage import SqlStore

__all__ = ["LosingStore"]

T = TypeVar("T")


class LosingStore:
    """A store that is out of reach for one workspace, from the nth call on."""

    def __init__(self, store: SqlStore, lost: str, after: int = 0) -> None:
        self._store = store
        self._lost = lost
        self._left = after

    async def run(self, workspace_id: str, work: Callable[[UnitOfWork], T]) -> T:
        if workspace_id == self._lost:
            if self._left == 0:
                raise StoreUnavailable("words of a person")
            self._left -= 1
        return await self._store.run(workspace_id, work)
