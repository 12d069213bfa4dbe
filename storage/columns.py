"""Column types and the store's clock: how values of the core stand in both databases."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import JSON, DateTime, Dialect, Enum, Float, literal
from sqlalchemy.exc import DontWrapMixin
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine
from typing_extensions import override

__all__ = ["DaysBetween", "JsonOf", "NaiveDatetime", "StoreTime", "UtcDateTime", "enum_of"]


class NaiveDatetime(DontWrapMixin, ValueError):
    """A datetime without a time zone was given to the store: it names no moment."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware in, aware and in UTC out. SQLite keeps it as text that sorts in order."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC. Raises NaiveDatetime."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise NaiveDatetime("a datetime without a time zone names no moment")
        return value.astimezone(UTC)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC, aware. SQLite gives it back without its zone, which is UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@cache
def _adapter(holds: Any) -> TypeAdapter[Any]:
    """Made once: an engine has a copy of each column type, and making one takes milliseconds."""
    return TypeAdapter(holds)


class JsonOf(TypeDecorator[Any]):
    """A value of the type `holds`, as JSON; None is NULL.

    JSON and not JSONB: a form's values keep their order, and people's words every character that
    JSON can say. The value is validated as it comes back, so what `holds` allows may widen over
    time and never narrow: rows written earlier stay readable.
    """

    impl = JSON(none_as_null=True)
    cache_ok = True

    def __init__(self, holds: Any) -> None:
        super().__init__(none_as_null=True)
        self.holds = holds

    @override
    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """What `json.dumps` can take."""
        return None if value is None else _adapter(self.holds).dump_python(value, mode="json")

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """A value of the type `holds`."""
        return None if value is None else _adapter(self.holds).validate_python(value)


def enum_of(kind: type[StrEnum]) -> Enum:
    """A column for `kind` by value, as text: a new member needs no migration."""
    return Enum(
        kind, native_enum=False, length=32, values_callable=lambda of: [each.value for each in of]
    )


class StoreTime(FunctionElement[datetime]):
    """The database's own clock, now or `ahead` of now, comparable with a UtcDateTime column."""

    type: TypeEngine[datetime] = UtcDateTime()
    name = "store_time"
    inherit_cache = True

    def __init__(self, ahead: timedelta = timedelta()) -> None:
        super().__init__(literal(ahead.total_seconds(), Float()))


@compiles(StoreTime, "sqlite")
def _on_sqlite(element: StoreTime, compiler: SQLCompiler, **options: Any) -> str:
    seconds = compiler.process(element.clauses, **options)
    return f"strftime('%Y-%m-%d %H:%M:%f000', 'now', printf('%+.3f seconds', {seconds}))"


@compiles(StoreTime, "postgresql")
def _on_postgresql(element: StoreTime, compiler: SQLCompiler, **options: Any) -> str:
    # Not now(): that stands still within a transaction.
    seconds = compiler.process(element.clauses, **options)
    return f"(clock_timestamp() + make_interval(secs => {seconds}))"


class DaysBetween(FunctionElement[float]):
    """How many days lie between two moments, with their fractions."""

    type: TypeEngine[float] = Float()
    name = "days_between"
    inherit_cache = True


@compiles(DaysBetween, "sqlite")
def _days_on_sqlite(element: DaysBetween, compiler: SQLCompiler, **options: Any) -> str:
    start, end = (compiler.process(one, **options) for one in element.clauses)
    return f"(julianday({end}) - julianday({start}))"


@compiles(DaysBetween, "postgresql")
def _days_on_postgresql(element: DaysBetween, compiler: SQLCompiler, **options: Any) -> str:
    start, end = (compiler.process(one, **options) for one in element.clauses)
    return f"(extract(epoch from {end} - {start})::double precision / 86400)"
