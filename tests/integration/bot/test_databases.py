import pytest

from bot.databases import migrate, prepare
from bot.errors import OperatorError
from storage import migration_state
from storage.migrate import downgrade


def test_migrating_is_told_once(database_url: str) -> None:
    downgrade(database_url, "base")
    assert migrate(database_url).startswith("Migrated from nothing to ")
    assert migrate(database_url).startswith("The database is up to date")


def test_sqlite_is_made_ready_on_the_spot(tmp_path: str) -> None:
    url = f"sqlite:///{tmp_path}/new.db"
    prepare(url)
    assert migration_state(url).is_current


def test_on_postgresql_the_operator_says_when(postgresql_url: str) -> None:
    prepare(postgresql_url)
    downgrade(postgresql_url, "base")
    with pytest.raises(OperatorError, match="run `widelens migrate`"):
        prepare(postgresql_url)
    migrate(postgresql_url)
    prepare(postgresql_url)
