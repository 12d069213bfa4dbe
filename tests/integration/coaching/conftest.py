"""A store for tests in which weeks go by."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import SqlStore


@pytest.fixture(scope="module")
def sqlite_store(
    migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SqlStore]:
    """A store that a module's tests share, each in a workspace of its own."""
    file = shutil.copy(migrated_sqlite, tmp_path_factory.mktemp("weeks") / "store.db")
    store = SqlStore.open(f"sqlite:///{file}")
    yield store
    asyncio.run(store.close())
