"""The store: the core's records in SQLite or PostgreSQL."""

from storage.due_board import SqlDueBoard
from storage.engine import parse_url
from storage.errors import UnusableDatabase
from storage.migrate import MigrationState, migrate, migration_state
from storage.store import SqlStore

__all__ = [
    "MigrationState",
    "SqlDueBoard",
    "SqlStore",
    "UnusableDatabase",
    "migrate",
    "migration_state",
    "parse_url",
]
