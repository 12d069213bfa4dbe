"""Rows to records and back: one mapper for all, derived from a dataclass and its table."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any, Generic, TypeVar

from sqlalchemy import Column, ColumnElement, Table, or_

__all__ = ["Mapper"]

T = TypeVar("T")


class Mapper(Generic[T]):
    """What a record of one kind looks like as a row. Each field stands in the column of its name.

    Columns beyond the fields are the store's own and never leave it.
    """

    def __init__(self, record_type: type[T], table: Table) -> None:
        """Raises KeyError where a field has no column."""
        self.table = table
        self.name = record_type.__name__
        self._record_type: Callable[..., T] = record_type
        self._fields = tuple(field.name for field in fields(record_type))  # type: ignore[arg-type]
        self.columns: tuple[Column[Any], ...] = tuple(table.c[name] for name in self._fields)

    def to_record(self, row: Sequence[Any]) -> T:
        """The record in a row of `columns`."""
        return self._record_type(*row)

    def to_row(self, record: T) -> dict[str, Any]:
        """The values of a record by column."""
        return {name: getattr(record, name) for name in self._fields}

    def equal(self, field: str, value: object) -> ColumnElement[bool]:
        """Whether a row's field equals `value`, or any of them where it is a list or tuple.

        Raises:
            TypeError: the records have no such field.
        """
        if field not in self._fields:
            raise TypeError(f"{self.name} has no field {field!r}")
        column = self.table.c[field]
        if not isinstance(value, list | tuple):
            return column.is_(None) if value is None else column == value
        found = column.in_([each for each in value if each is not None])
        return or_(found, column.is_(None)) if None in value else found
