"""Fixtures for every test: databases (see `tests/databases.py`)."""

from tests.databases import (
    database_url,
    due_board,
    migrated_sqlite,
    postgres,
    postgresql_url,
    sqlite_url,
    store,
)

__all__ = [
    "database_url",
    "due_board",
    "migrated_sqlite",
    "postgres",
    "postgresql_url",
    "sqlite_url",
    "store",
]
