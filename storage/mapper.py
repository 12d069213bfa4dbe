"""Rows to records and back: one mapper for all, derived from a dataclass and its table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from enum import Enum, auto
from functools import cached_property
from typing import Any, Generic, TypeVar

from sqlalchemy import Column, ColumnElement, Select, Table, Update, bindparam, or_, select, update

__all__ = ["Mapper"]

T = TypeVar("T")

Matching = tuple[Select[Any], dict[str, object]]


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
        self._statements: dict[object, Select[Any]] = {}

    def to_record(self, row: Sequence[Any]) -> T:
        """The record in a row of `columns`."""
        return self._record_type(*row)

    def to_row(self, record: T) -> dict[str, Any]:
        """The values of a record by column."""
        return {name: getattr(record, name) for name in self._fields}

    def matching(self, equal: Mapping[str, object], most: int | None = None) -> Matching:
        """What selects the rows whose fields equal these, oldest first, with its parameters.

        For a list or tuple: any of its values. A statement is built once for each form of question,
        as building one takes longer than running it.

        Raises:
            TypeError: the records have no such field.
        """
        form = tuple((field, _Form.of(value)) for field, value in equal.items())
        statement = self._statements.get((form, most))
        if statement is None:
            statement = self._statements[form, most] = self._select(form, most)
        return statement, {_parameter(field): _given(value) for field, value in equal.items()}

    @cached_property
    def keeping(self) -> Update:
        """What sets every column of the row with the id `of_id`, to parameters of their names."""
        of_workspace = self.table.c.workspace_id == bindparam("of_workspace")
        of_id = self.table.c.id == bindparam("of_id")
        values = {name: bindparam(name, type_=self.table.c[name].type) for name in self._fields}
        return update(self.table).where(of_workspace, of_id).values(values)

    def _select(self, form: "tuple[tuple[str, _Form], ...]", most: int | None) -> Select[Any]:
        of_workspace = self.table.c.workspace_id == bindparam("of_workspace")
        wanted = (self._is(field, kind) for field, kind in form)
        found = select(*self.columns).where(of_workspace, *wanted).order_by(self.table.c.position)
        return found if most is None else found.limit(most)

    def _is(self, field: str, kind: "_Form") -> ColumnElement[bool]:
        if field not in self._fields:
            raise TypeError(f"{self.name} has no field {field!r}")
        column, name = self.table.c[field], _parameter(field)
        match kind:
            case _Form.NONE:
                return column.is_(None)
            case _Form.ONE:
                return column == bindparam(name, type_=column.type)
            case _Form.ANY:
                return column.in_(bindparam(name, expanding=True))
            case _Form.ANY_OR_NONE:
                return or_(column.in_(bindparam(name, expanding=True)), column.is_(None))


class _Form(Enum):
    """What a field is compared with: the form decides the statement, the value does not."""

    NONE = auto()
    ONE = auto()
    ANY = auto()
    ANY_OR_NONE = auto()

    @classmethod
    def of(cls, value: object) -> "_Form":
        if isinstance(value, list | tuple):
            return cls.ANY_OR_NONE if None in value else cls.ANY
        return cls.NONE if value is None else cls.ONE


def _parameter(field: str) -> str:
    return f"of_{field}"


def _given(value: object) -> object:
    if isinstance(value, list | tuple):
        return [each for each in value if each is not None]
    return value
