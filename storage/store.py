"""The store: use cases, each whole in one transaction on a storage thread."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from coaching.errors import StoreUnavailable
from coaching.ports import UnitOfWork
from storage.engine import PATIENCE, Engines, open_engines, parse_url
from storage.errors import UnusableDatabase, database_errors
from storage.migrate import migration_state
from storage.traces import TraceCover
from storage.transaction import Transaction
from storage.unit_of_work import SqlUnitOfWork

__all__ = ["SqlStore"]

T = TypeVar("T")


class SqlStore:
    """Implements `coaching.ports.Store` on SQLite or PostgreSQL.

    SQLite is written by one thread, and read by others meanwhile. On PostgreSQL a few threads of
    each kind work side by side, in READ COMMITTED: what two use cases must not both do is held by
    a unique key, a lock of a claim or a fencing token, never by having looked before.

    Who awaits may be cancelled: work that has begun still ends, committed or rolled back whole.
    """

    def __init__(
        self, url: str, patience: timedelta = PATIENCE, engines: Engines | None = None
    ) -> None:
        """A store that has not connected yet. `patience`: how long to wait for others' locks.

        `engines` are those of a store over the same database that was closed: what they have
        compiled need not be compiled again.

        Raises:
            UnusableDatabase: the URL is wrong.
        """
        self._engines = engines or open_engines(parse_url(url), patience)
        self._covering = TraceCover(self._engines.writer, patience)
        self._writers = ThreadPoolExecutor(self._engines.writers, "store-writer")
        self._readers = ThreadPoolExecutor(self._engines.readers, "store-reader")
        self._closed = False

    @classmethod
    def open(cls, url: str, patience: timedelta = PATIENCE) -> "SqlStore":
        """A store whose database answers and has the tables of this version. Blocks meanwhile.

        Raises:
            UnusableDatabase: the URL is wrong, or the tables are of another version.
            StoreUnavailable: the database does not answer.
        """
        state = migration_state(url)
        if not state.is_current:
            raise UnusableDatabase(state.sentence)
        return cls(url, patience)

    async def run(self, workspace_id: str, work: Callable[[UnitOfWork], T]) -> T:
        """See `Store.run`."""
        return await self._on_thread(
            self._writers, lambda: self._transact(self._engines.writer, workspace_id, work)
        )

    async def read(self, workspace_id: str, work: Callable[[UnitOfWork], T]) -> T:
        """See `Store.read`. Work that writes all the same raises RuntimeError."""
        return await self._on_thread(
            self._readers,
            lambda: self._transact(self._engines.reader, workspace_id, work, read_only=True),
        )

    async def look(self, question: Callable[[Connection], T]) -> T:
        """What `question` finds out across workspaces; for `SqlDueBoard`."""

        def ask() -> T:
            with database_errors(), self._engines.reader.connect() as connection:
                return question(connection)

        return await self._on_thread(self._readers, ask)

    async def close(self) -> None:
        """Let what has begun come to its end, then close every connection. May be called twice."""
        self._closed = True
        await asyncio.to_thread(self._shut_down)

    async def _on_thread(self, threads: ThreadPoolExecutor, job: Callable[[], T]) -> T:
        if self._closed:
            raise StoreUnavailable("The store is closed.")
        return await asyncio.wrap_future(threads.submit(job))

    def _shut_down(self) -> None:
        self._writers.shutdown()
        self._readers.shutdown()
        self._engines.dispose()

    def _transact(
        self,
        engine: Engine,
        workspace_id: str,
        work: Callable[[UnitOfWork], T],
        *,
        read_only: bool = False,
    ) -> T:
        with database_errors(), engine.connect() as connection:
            database = connection.begin()
            transaction = Transaction(connection, workspace_id, read_only=read_only)
            try:
                result = work(SqlUnitOfWork(transaction))
            except BaseException:
                # A connection that is lost has rolled back, and the error of `work` says more.
                with suppress(DBAPIError):
                    database.rollback()
                raise
            finally:
                transaction.end()
            database.commit()
        if not read_only:
            self._covering.after(transaction)
        return result
