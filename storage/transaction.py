"""One transaction over one workspace: the door through which repositories reach the database."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    Row,
    Select,
    Table,
    bindparam,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

__all__ = ["Transaction", "in_workspace", "locking"]


class Transaction:
    """Statements of one use case. It ends with it: whoever kept a repository can't use it later."""

    def __init__(self, connection: Connection, workspace_id: str, *, read_only: bool) -> None:
        self.workspace_id = workspace_id
        self._connection: Connection | None = connection
        self._read_only = read_only
        self.left_traces = False
        """Whether something was written whose earlier state the file must not keep."""

    def rows(
        self, statement: Executable, given: Mapping[str, object] | None = None
    ) -> Sequence[Row[Any]]:
        """The rows that `statement` selects, its parameters being `given`.

        Its parameter `of_workspace`, where it has one, is this transaction's workspace.
        """
        parameters = {"of_workspace": self.workspace_id, **(given or {})}
        return self._open().execute(statement, parameters).all()

    def rows_locked(
        self, statement: Executable, given: Mapping[str, object] | None = None
    ) -> Sequence[Row[Any]]:
        """The same, of a statement that is `locking`."""
        self._writable()
        return self.rows(statement, given)

    def lock_workspace(self) -> None:
        """Wait for, and hold, the workspace's lock until this transaction ends.

        On SQLite a transaction that writes has the whole database to itself anyway.
        """
        connection = self._writable()
        if connection.dialect.name == "postgresql":
            key = func.hashtextextended(self.workspace_id, 0)
            connection.execute(select(func.pg_advisory_xact_lock(key)))

    def change(self, statement: Executable, given: Mapping[str, object] | None = None) -> int:
        """Run a statement that writes, its parameters being `given`; how many rows it touched."""
        return self._writable().execute(statement, given).rowcount

    def add(self, table: Table, row: dict[str, Any]) -> bool:
        """Insert a row; False, and nothing kept, where a unique key is there already."""
        connection = self._writable()
        options = {"preserve_rowcount": True}  # by default only updates and deletes have a count
        statement = _insert(table, connection.dialect.name)
        return connection.execute(statement, row, execution_options=options).rowcount == 1

    def leaves_traces(self) -> None:
        """Say that what was written shows, beside its earlier state, who wrote what."""
        self.left_traces = True

    def end(self) -> None:
        """Nothing can be done through it any more."""
        self._connection = None

    def _open(self) -> Connection:
        if self._connection is None:
            raise RuntimeError("this unit of work is over: use it only within its `work`")
        return self._connection

    def _writable(self) -> Connection:
        connection = self._open()
        if self._read_only:
            raise RuntimeError("work that changes something goes through Store.run, not read")
        return connection


def locking(statement: Select[Any], table: Table, *, skip_locked: bool = False) -> Select[Any]:
    """The statement, its rows locked against changes by others until the transaction ends.

    On PostgreSQL the rows of `table` are locked, in the kind that lets other rows refer to them
    meanwhile; with `skip_locked`, those that others have locked are left out. On SQLite the
    transaction has the database to itself.
    """
    return statement.with_for_update(of=table, key_share=True, skip_locked=skip_locked)


def in_workspace(table: Table) -> ColumnElement[bool]:
    """Whether a row is the workspace's: for statements that are built once and run in each."""
    return table.c.workspace_id == bindparam("of_workspace")


@cache
def _insert(table: Table, dialect: str) -> Executable:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    # inline: the new row's position is of no interest, so it need not be returned.
    return insert(table).inline().on_conflict_do_nothing()
