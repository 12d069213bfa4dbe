"""The generic repository: records of one kind, of one workspace."""

from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, delete, select, update

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
        return self._records(self._matching(equal))

    def one(self, **equal: object) -> T | None:
        """See `Repository.one`."""
        found = self._records(self._matching(equal).limit(1))
        return found[0] if found else None

    def save(self, record: T) -> None:
        """See `Repository.save`."""
        row = self._mapper.to_row(record)
        kept = update(self._table).where(self._mine, self._table.c.id == row["id"]).values(row)
        if row["workspace_id"] != self._transaction.workspace_id or not self._transaction.change(
            kept
        ):
            raise NotFound(f"no {self._mapper.name} {row['id']}")

    def remove(self, record_id: str) -> None:
        """See `Repository.remove`."""
        self._transaction.change(
            delete(self._table).where(self._mine, self._table.c.id == record_id)
        )

    @property
    def _mine(self) -> ColumnElement[bool]:
        return self._table.c.workspace_id == self._transaction.workspace_id

    def _matching(self, equal: dict[str, object]) -> Select[Any]:
        wanted = (self._mapper.equal(field, value) for field, value in equal.items())
        return (
            select(*self._mapper.columns)
            .where(self._mine, *wanted)
            .order_by(self._table.c.position)
        )

    def _records(self, statement: Select[Any]) -> list[T]:
        return [self._mapper.to_record(row) for row in self._transaction.rows(statement)]
