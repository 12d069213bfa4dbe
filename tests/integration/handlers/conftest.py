"""What handlers ask of a store, each store gives: the core's tests run on each kind of them."""

from collections.abc import AsyncIterator

import pytest

from storage import SqlStore


@pytest.fixture
async def store(sqlite_url: str) -> AsyncIterator[SqlStore]:
    """A store of the test's own, on SQLite."""
    opened = SqlStore.open(sqlite_url)
    yield opened
    await opened.close()
