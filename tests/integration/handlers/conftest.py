"""What handlers ask of a store, each store gives: the core's tests run on each kind of them."""

import pytest

from storage import SqlStore


@pytest.fixture
def store(sqlite_store: SqlStore) -> SqlStore:
    """A store of the test's own, on SQLite."""
    return sqlite_store
