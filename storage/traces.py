"""Covering up earlier states of what is anonymous.

Both databases keep, for a while, what a row was before it changed: SQLite in its write-ahead log,
PostgreSQL as dead rows. From one state to the next, that would show what each form brought. This
takes it out of the database's own files as far as the database can. It does not reach copies
(backups, archived logs, replicas, snapshots of a disk); docs/explanation/privacy.md says so.
"""

import logging
import sqlite3
from datetime import timedelta

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from storage.tables import anonymous_answers, anonymous_senders
from storage.transaction import Transaction

__all__ = ["TraceCover"]

_log = logging.getLogger(__name__)

_WAIT = timedelta(milliseconds=200)
"""For readers to end. Somebody waits for their acknowledgement meanwhile."""


class TraceCover:
    """Covers up at once, and where that fails, after each later transaction until it succeeds."""

    def __init__(self, writer: Engine, patience: timedelta) -> None:
        """`patience` is how long the engine's connections are set to wait for locks."""
        self._writer = writer
        self._patience = patience
        self._left = True  # a process that was killed may have left some

    def after(self, transaction: Transaction) -> None:
        """To be called after each commit. Never raises for what the database does."""
        if not transaction.left_traces and not self._left:
            return
        wait = _WAIT if transaction.left_traces else timedelta()
        self._left = True
        try:
            self._left = not self._cover(wait)
        except (SQLAlchemyError, sqlite3.Error):
            _log.info("earlier states of anonymous answers could not be covered up yet")

    def _cover(self, wait: timedelta) -> bool:
        """Whether nothing is left."""
        if self._writer.dialect.name == "sqlite":
            return self._empty_the_log(wait)
        with self._writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table in (anonymous_answers, anonymous_senders):
                connection.execute(text(f"VACUUM (SKIP_LOCKED) {table.name}"))
        return True

    def _empty_the_log(self, wait: timedelta) -> bool:
        raw = self._writer.raw_connection()  # below the events that begin a transaction
        try:
            cursor = raw.cursor()
            cursor.execute(f"PRAGMA busy_timeout = {_milliseconds(wait)}")
            try:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                busy, *_ = cursor.fetchone() or (1,)
            finally:
                cursor.execute(f"PRAGMA busy_timeout = {_milliseconds(self._patience)}")
            return not busy
        finally:
            raw.close()


def _milliseconds(span: timedelta) -> int:
    return round(span.total_seconds() * 1000)
