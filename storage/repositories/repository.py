"""The generic repository: records of one kind, of one workspace."""

from collections.abc import Mapping
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, Executable, delete

from coaching.errors import NotFound
from storage.mapper import Mapper
from storage.transaction import Transaction

__all__ = ["SqlRepository"]

T = TypeVar("T")


class SqlRepository(Generic[T]):
    """Implements `coaching.ports.Repository` over one table."""

    def __init__(self, transaction: Transaction, mapper: Mapper[T]) -> None:
        self._transaction = transaction
        self._mapper = mapper
        self._table = mapper.table

    def add(self, record: T) -> bool:
        """See `Repository.add`. Raises ValueError for a record of another workspace."""
        row = self._mapper.to_row(record)
        if row["workspace_id"] != self._transaction.workspace_id:
            raise ValueError(f"this {self._mapper.name} belongs to another workspace")
        return self._transaction.add(self._table, row)

    def get(self, record_id: str) -> T:
        """See `Repository.get`."""
        found = self.one(id=record_id)
        if found is None:
            raise NotFound(f"no {self._mapper.name} {record_id}")
        return found

    def where(self, **equal: object) -> list[T]:
        """See `Repository.where`. Raises TypeError for a field that the records do not have."""
        return self._records(equal)

    def one(self, **equal: object) -> T | None:
        """See `Repository.one`."""
        found = self._records(equal, most=1)
        return found[0] if found else None

    def save(self, record: T) -> None:
        """See `Repository.save`."""
        row = self._mapper.to_row(record)
        given = {**row, "of_id": row["id"], "of_workspace": self._transaction.workspace_id}
        here = row["workspace_id"] == self._transaction.workspace_id
        if not here or not self._transaction.change(self._mapper.keeping, given):
            raise NotFound(f"no {self._mapper.name} {row['id']}")

    def remove(self, record_id: str) -> None:
        """See `Repository.remove`."""
        self._transaction.change(
            delete(self._table).where(self._mine, self._table.c.id == record_id)
        )

    @property
    def _mine(self) -> ColumnElement[bool]:
        return self._table.c.workspace_id == self._transaction.workspace_id

    def _records(self, equal: dict[str, object], most: int | None = None) -> list[T]:
        statement, given = self._mapper.matching(equal, most)
        return self._found(statement, given)

    def _found(self, statement: Executable, given: Mapping[str, object] | None = None) -> list[T]:
        return [self._mapper.to_record(row) for row in self._transaction.rows(statement, given)]
