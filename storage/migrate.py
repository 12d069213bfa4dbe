"""Migrations in process: no command line, no ini file."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import URL, Connection, NullPool, create_engine
from sqlalchemy.exc import OperationalError

from storage.engine import parse_url
from storage.errors import UnusableDatabase, database_errors

__all__ = ["MigrationState", "downgrade", "migrate", "migration_state"]

_SQLITE_SECONDS = 30
"""How long a migration waits for another to end."""
_SWITCHES = 20
_ADVISORY_LOCK = 0x57_49_44_45  # any number that nobody else on this database uses


@dataclass(frozen=True, slots=True)
class MigrationState:
    """Where a database stands: its revision, None before the first, and this version's."""

    revision: str | None
    head: str

    @property
    def is_current(self) -> bool:
        """Whether the tables are those of this version."""
        return self.revision == self.head

    @property
    def sentence(self) -> str:
        """The state, and what to do about it, for the operator."""
        if self.is_current:
            return f"The database is up to date (revision {self.head})."
        stands = "has no tables yet" if self.revision is None else f"is at revision {self.revision}"
        return f"The database {stands}, this version needs {self.head}: run `widelens migrate`."


def migrate(url: str) -> MigrationState:
    """Bring the database's tables to this version: wholly, or not at all. Blocks meanwhile.

    Raises:
        UnusableDatabase: the URL is wrong, or a newer version has migrated the database.
        StoreUnavailable: the database does not answer.
    """
    with _alone(parse_url(url)) as connection:
        try:
            command.upgrade(_config(connection), "head")
        except CommandError as error:
            raise UnusableDatabase(f"The database can't be migrated: {error}.") from error
        return _state(connection)


def downgrade(url: str, revision: str) -> MigrationState:
    """Take the tables back to an earlier revision (`base`: to none). Loses what they held.

    Raises as `migrate`.
    """
    with _alone(parse_url(url)) as connection:
        command.downgrade(_config(connection), revision)
        return _state(connection)


def migration_state(url: str) -> MigrationState:
    """Where the database stands. Makes nothing, not even SQLite's file. Raises as `migrate`."""
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite" and not Path(str(parsed.database)).exists():
        return MigrationState(None, _head())
    with _connected(parsed) as connection:
        return _state(connection)


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.attributes["connection"] = connection
    return config


def _head() -> str:
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None  # there is a first revision
    return head


def _state(connection: Connection) -> MigrationState:
    return MigrationState(MigrationContext.configure(connection).get_current_revision(), _head())


@contextmanager
def _connected(url: URL) -> Iterator[Connection]:
    is_sqlite = url.get_backend_name() == "sqlite"
    engine = create_engine(
        url,
        poolclass=NullPool,
        connect_args={"isolation_level": None, "timeout": _SQLITE_SECONDS}
        if is_sqlite
        else {"connect_timeout": 5},
        hide_parameters=True,
    )
    with database_errors(), engine.connect() as connection:
        yield connection


@contextmanager
def _alone(url: URL) -> Iterator[Connection]:
    """A connection in one transaction that only one migration at a time can have.

    Foreign keys are off on SQLite, as they are until asked for: a batch migration drops tables that
    others refer to. Its write-ahead log is a property of the file, and is set before anybody reads.
    """
    with _connected(url) as connection:
        if url.get_backend_name() == "sqlite":
            _write_ahead(connection)
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})")
        yield connection
        connection.commit()


def _write_ahead(connection: Connection) -> None:
    """Switch SQLite's file to a write-ahead log.

    SQLite refuses the switch at once while somebody else writes, whatever the time-out; a
    transaction, on the other hand, waits for its turn. So wait with one, and try again.
    """
    for _attempt in range(_SWITCHES):
        try:
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        except OperationalError:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            connection.exec_driver_sql("ROLLBACK")
        else:
            return
    connection.exec_driver_sql("PRAGMA journal_mode = WAL")
