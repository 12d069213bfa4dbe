"""Migrations: up, down, and the tables that the code expects, on both databases."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, NullPool, create_engine, inspect, text

from storage import MigrationState, SqlStore, UnusableDatabase, migrate, migration_state, parse_url
from storage.migrate import downgrade
from storage.register_tables import metadata
from tests.databases import PostgresServer, run_sql

HEAD = "0007"

INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE sql LIKE 'CREATE%INDEX%' ORDER BY name",
    "postgresql": (
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
        " AND tablename <> 'alembic_version' ORDER BY indexname"
    ),
}


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_urls(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The URLs of two databases without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/one.db", f"sqlite:///{tmp_path}/other.db"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    names = server.create(), server.create()
    yield server.url_of(names[0]), server.url_of(names[1])
    for name in names:
        server.drop(name)


@pytest.fixture
def empty_url(empty_urls: tuple[str, str]) -> str:
    """The URL of a database without tables."""
    return empty_urls[0]


def engine_of(url: str) -> Engine:
    return create_engine(parse_url(url), poolclass=NullPool)


def tables_of(url: str) -> set[str]:
    with engine_of(url).connect() as connection:
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


def described(connection: Connection) -> dict[str, Any]:
    """Everything that reflection and the database's own words say of the tables."""
    inspector = inspect(connection)
    found: dict[str, Any] = {
        table: {
            "columns": [
                {**column, "type": str(column["type"])} for column in inspector.get_columns(table)
            ],
            "key": inspector.get_pk_constraint(table),
            "unique": sorted(inspector.get_unique_constraints(table), key=str),
            "foreign": sorted(inspector.get_foreign_keys(table), key=str),
            "checks": inspector.get_check_constraints(table),
        }
        for table in metadata.tables
    }
    indexes = connection.execute(text(INDEXES[connection.dialect.name])).all()
    return found | {"indexes": [tuple(" ".join(row).split()) for row in indexes]}


def test_up_and_down(empty_url: str) -> None:
    assert migration_state(empty_url) == MigrationState(None, HEAD)
    assert migrate(empty_url) == MigrationState(HEAD, HEAD)
    assert migration_state(empty_url).is_current
    assert tables_of(empty_url) == set(metadata.tables)
    assert downgrade(empty_url, "base") == MigrationState(None, HEAD)
    assert tables_of(empty_url) == set()
    assert migrate(empty_url).is_current


def test_migrating_twice_changes_nothing(database_url: str) -> None:
    assert migrate(database_url) == migrate(database_url) == MigrationState(HEAD, HEAD)


def test_migrations_make_the_tables_that_the_code_expects(empty_urls: tuple[str, str]) -> None:
    migrated, fresh = empty_urls
    migrate(migrated)
    with engine_of(fresh).begin() as connection:
        metadata.create_all(connection)
        expected = described(connection)
    with engine_of(migrated).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert described(connection) == expected


def test_two_processes_migrate_at_once(empty_url: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        states = list(threads.map(migrate, [empty_url] * 4))
    assert states == [MigrationState(HEAD, HEAD)] * 4


def test_a_failing_migration_leaves_nothing(empty_url: str) -> None:
    run_sql(empty_url, "CREATE TABLE inbox (in_the_way INTEGER)")  # the last that it makes
    with pytest.raises(Exception, match="already exists"):
        migrate(empty_url)
    assert tables_of(empty_url) == {"inbox"}
    assert migration_state(empty_url).revision is None


def test_a_database_of_another_version_is_not_opened(database_url: str) -> None:
    run_sql(database_url, "UPDATE alembic_version SET version_num = '0000'")
    try:
        with pytest.raises(UnusableDatabase, match="is at revision 0000, this version needs 0007"):
            SqlStore.open(database_url)
        with pytest.raises(UnusableDatabase, match=r"can't be migrated: .*0000"):
            migrate(database_url)
    finally:
        run_sql(database_url, f"UPDATE alembic_version SET version_num = '{HEAD}'")


def test_the_state_in_words() -> None:
    current = MigrationState(HEAD, HEAD)
    assert current.sentence == "The database is up to date (revision 0007)."
    assert "no tables yet" in replace(current, revision=None).sentence
