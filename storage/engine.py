"""Engines: how each database is opened, and what each of its connections is told."""

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from storage.errors import UnusableDatabase

__all__ = ["PATIENCE", "Engines", "open_engines", "parse_url"]

PATIENCE = timedelta(seconds=2)
"""How long a statement waits for another's lock, and a new connection for its server.

Shorter than the three seconds in which a chat platform wants its answer: a person whose words can't
be kept must hear so while their form is still open.
"""

_EXAMPLES = "such as sqlite:///widelens.db or postgresql://user:password@host/widelens"
_DRIVERS = {
    "sqlite": "sqlite+pysqlite",
    "sqlite+pysqlite": "sqlite+pysqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


@dataclass(frozen=True, slots=True)
class Engines:
    """An engine to write through and one to read through, and the threads that each can feed."""

    writer: Engine
    reader: Engine
    writers: int
    readers: int

    def dispose(self) -> None:
        """Close every connection."""
        self.writer.dispose()
        self.reader.dispose()


def parse_url(text: str) -> URL:
    """The database's URL, with the driver that this project uses for it.

    Raises:
        UnusableDatabase: says what is wrong with it; its password is never part of that.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise UnusableDatabase(
            f"The database's URL can't be read; write one {_EXAMPLES}."
        ) from None
    driver = _DRIVERS.get(url.drivername)
    if driver is None:
        raise UnusableDatabase(f"No database is known as {url.drivername}; use one {_EXAMPLES}.")
    if driver.startswith("sqlite") and url.database in {None, "", ":memory:"}:
        raise UnusableDatabase("SQLite needs a file, such as sqlite:///widelens.db.")
    if driver.startswith("postgresql") and importlib.util.find_spec("psycopg") is None:
        raise UnusableDatabase("PostgreSQL needs its driver: pip install 'widelens[postgres]'.")
    return url.set(drivername=driver)


def open_engines(url: URL, patience: timedelta = PATIENCE) -> Engines:
    """Engines for the database; none of them has connected yet."""
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, patience)
    return _postgresql(url, patience)


def _sqlite(url: URL, patience: timedelta, readers: int = 2) -> Engines:
    """One writer and a few readers, which in WAL mode wait for nobody.

    `isolation_level=None` keeps the driver from opening transactions by itself; the `begin` events
    do. The writer takes the write lock as it begins: a transaction that reads first and asks for it
    later can be refused at once, or overwrite what it did not see.
    """

    def engine(connections: int, begin: str) -> Engine:
        made = create_engine(
            url,
            connect_args={
                "isolation_level": None,
                "timeout": patience.total_seconds(),
                "check_same_thread": False,  # the pool hands a connection to one thread at a time
            },
            pool_size=connections,
            max_overflow=0,
            pool_timeout=patience.total_seconds(),
            hide_parameters=True,  # they hold people's words, and errors are logged
        )
        event.listen(made, "connect", _tell_sqlite)
        event.listen(made, "begin", _say(begin))
        return made

    return Engines(engine(1, "BEGIN IMMEDIATE"), engine(readers, "BEGIN"), 1, readers)


def _tell_sqlite(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    # NORMAL would be enough for a killed process, but not for a loss of power: the last commits
    # could be gone, among them an acknowledged answer, or that a message was about to be sent,
    # which would then be sent twice. FULL costs one fsync a commit.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # What is deleted or replaced is overwritten: an anonymous answer's earlier company, too.
    connection.execute("PRAGMA secure_delete = ON")


def _say(begin: str) -> Callable[[Connection], None]:
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return on_begin


def _postgresql(url: URL, patience: timedelta, writers: int = 4, readers: int = 2) -> Engines:
    """One small pool. A read sees one moment (REPEATABLE READ) and can't write."""

    def tell(connection: Any, _record: object) -> None:
        milliseconds = round(patience.total_seconds() * 1000)
        connection.execute(f"SET lock_timeout = {milliseconds}")
        connection.commit()

    made = create_engine(
        url,
        connect_args={"connect_timeout": max(2, round(patience.total_seconds()))},
        pool_size=writers + readers,
        max_overflow=0,
        pool_timeout=patience.total_seconds(),
        pool_pre_ping=True,  # a restart of the server costs nobody their work
        hide_parameters=True,
    )
    event.listen(made, "connect", tell)
    event.listen(made, "handle_error", _leave_out_details)
    reader = made.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Engines(made, reader, writers, readers)


def _leave_out_details(context: ExceptionContext) -> None:
    """Keep the first line of an error: those after it quote the row, and so people's words."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).partition("\n")[0], *error.args[1:])
