"""A database that fails: StoreUnavailable, nothing kept, and work goes on once it is back."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Pool, event, make_url

from coaching.errors import StoreUnavailable
from coaching.ports import UnitOfWork
from storage import SqlDueBoard, SqlStore, UnusableDatabase, migrate, migration_state
from tests.contract.desk import held_open
from tests.contract.records import HERE, NOW, a_team
from tests.databases import PostgresServer

IMPATIENT = timedelta(milliseconds=20)


class Mishap(Exception):
    """Something that a use case raises."""


def add(uow: UnitOfWork) -> None:
    uow.teams.add(a_team())


def add_many(uow: UnitOfWork) -> None:
    for _ in range(500):
        add(uow)


def names(uow: UnitOfWork) -> list[str]:
    return [team.name for team in uow.teams.where()]


@pytest.fixture
async def sqlite(sqlite_url: str) -> AsyncIterator[SqlStore]:
    store = SqlStore(sqlite_url, patience=IMPATIENT)
    yield store
    await store.close()


@pytest.fixture
async def postgresql(postgresql_url: str) -> AsyncIterator[SqlStore]:
    store = SqlStore(postgresql_url, patience=timedelta(milliseconds=100))
    yield store
    await store.close()


@contextmanager
def written_by_another(url: str) -> Iterator[None]:
    """SQLite's file, with its write lock in other hands."""
    with closing(sqlite3.connect(str(make_url(url).database))) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.rollback()


def damage(url: str) -> None:
    Path(str(make_url(url).database)).write_text("This was a database once. " * 400)


async def test_a_locked_file(sqlite: SqlStore, sqlite_url: str) -> None:
    with written_by_another(sqlite_url):
        with pytest.raises(StoreUnavailable, match="locked"):
            await sqlite.run(HERE, add)
        assert await sqlite.read(HERE, names) == []
    await sqlite.run(HERE, add)
    assert await sqlite.read(HERE, names) == ["Board"]


async def test_a_full_disk(sqlite: SqlStore) -> None:
    connections: list[sqlite3.Connection] = []

    def no_room(connection: Any, _record: object) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
        connections.append(connection)

    event.listen(Pool, "connect", no_room)
    try:
        with pytest.raises(StoreUnavailable, match="full"):
            await sqlite.run(HERE, add_many)
    finally:
        event.remove(Pool, "connect", no_room)
    assert await sqlite.read(HERE, names) == []

    for connection in connections:
        connection.execute("PRAGMA max_page_count = 100000")
    await sqlite.run(HERE, add_many)
    assert len(await sqlite.read(HERE, names)) == 500


async def test_a_damaged_file(sqlite: SqlStore, sqlite_url: str) -> None:
    damage(sqlite_url)
    with pytest.raises(StoreUnavailable):
        await sqlite.run(HERE, add)
    with pytest.raises(StoreUnavailable):
        SqlStore.open(sqlite_url)


async def test_a_restart_of_the_server_costs_nobody_their_work(
    postgresql: SqlStore, postgresql_url: str, postgres: PostgresServer
) -> None:
    await postgresql.run(HERE, add)
    postgres.disconnect(str(make_url(postgresql_url).database))
    await postgresql.run(HERE, add)
    assert len(await postgresql.read(HERE, names)) == 2


async def test_a_server_that_is_lost_and_back(
    postgresql: SqlStore, postgresql_url: str, postgres: PostgresServer
) -> None:
    database = str(make_url(postgresql_url).database)

    def lose(uow: UnitOfWork) -> None:
        add(uow)
        postgres.execute(f"ALTER DATABASE {database} ALLOW_CONNECTIONS false")
        postgres.disconnect(database)
        add(uow)

    with pytest.raises(StoreUnavailable):
        await postgresql.run(HERE, lose)
    with pytest.raises(StoreUnavailable):
        await postgresql.run(HERE, add)
    with pytest.raises(StoreUnavailable):
        await SqlDueBoard(postgresql).due(NOW)
    postgres.execute(f"ALTER DATABASE {database} ALLOW_CONNECTIONS true")
    await postgresql.run(HERE, add)
    assert await postgresql.read(HERE, names) == ["Board"]


async def test_works_own_error_outlives_a_lost_connection(
    postgresql: SqlStore, postgresql_url: str, postgres: PostgresServer
) -> None:
    def lose(uow: UnitOfWork) -> None:
        add(uow)
        postgres.disconnect(str(make_url(postgresql_url).database))
        raise Mishap

    with pytest.raises(Mishap):
        await postgresql.run(HERE, lose)
    assert await postgresql.read(HERE, names) == []


async def test_a_row_that_another_holds_too_long(postgresql: SqlStore, postgresql_url: str) -> None:
    team = a_team()
    await postgresql.run(HERE, lambda uow: uow.teams.add(team))

    def save(uow: UnitOfWork) -> None:
        uow.teams.save(team)

    async with held_open(postgresql, save):
        with pytest.raises(StoreUnavailable, match="lock timeout"):
            await postgresql.run(HERE, save)
    await postgresql.run(HERE, save)


def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="unable to open") as caught:
        migrate(f"sqlite:///{tmp_path}/no/such/folder.db")
    assert "\n" not in str(caught.value)
    url = f"postgresql://someone:hush@/widelens?host={tmp_path}"
    for attempt in (migrate, migration_state, SqlStore.open):
        with pytest.raises(StoreUnavailable) as caught:
            attempt(url)
        assert "hush" not in str(caught.value)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("", "can't be read"),
        ("widelens.db", "can't be read"),
        ("postgresql://someone:hush@host:port/widelens", "can't be read"),
        ("mysql://someone:hush@host/widelens", "No database is known as mysql;"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
    ],
)
def test_a_wrong_url(url: str, sentence: str) -> None:
    with pytest.raises(UnusableDatabase, match=sentence) as caught:
        SqlStore.open(url)
    assert "hush" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_database_without_tables(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new.db"
    with pytest.raises(UnusableDatabase, match=r"has no tables yet.*widelens migrate"):
        SqlStore.open(url)
    assert not (tmp_path / "new.db").exists()
