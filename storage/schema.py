"""What tables are made of: every row has a workspace, and keys do not reach beyond it."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    false,
)
from sqlalchemy.sql.schema import SchemaItem

from coaching.calendar import Span
from storage.columns import JsonOf

__all__ = [
    "belongs_to",
    "metadata",
    "natural_key",
    "partial",
    "records",
    "spans",
    "switch",
    "text",
]

metadata = MetaData(
    naming_convention={  # SQLite's batch migrations find a constraint by its name
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_1_name)s",
        "uq": "uq_%(table_name)s_%(column_1_name)s",
    }
)


def records(name: str, *items: SchemaItem) -> Table:
    """A table of records: with a position, an id and a workspace."""
    return Table(
        name,
        metadata,
        Column(
            "position",
            BigInteger().with_variant(Integer, "sqlite"),  # SQLite numbers only an INTEGER key
            Identity(),
            primary_key=True,
        ),
        Column("id", String, nullable=False),
        Column("workspace_id", String, nullable=False),
        *items,
        UniqueConstraint("workspace_id", "id"),
    )


def text(name: str) -> Column[str]:
    """Words that are always there, if only empty."""
    return Column(name, String, nullable=False)


def switch(name: str) -> Column[bool]:
    """Off until it is switched on."""
    return Column(name, Boolean, nullable=False, server_default=false())


def spans(name: str) -> Column[Any]:
    """Spans of days."""
    return Column(name, JsonOf(tuple[Span, ...]), nullable=False, server_default="[]")


def belongs_to(table: str, column: str) -> ForeignKeyConstraint:
    """The column holds the id of a record of `table` in the same workspace."""
    return ForeignKeyConstraint(["workspace_id", column], [f"{table}.workspace_id", f"{table}.id"])


def natural_key(table: str, *columns: str) -> UniqueConstraint:
    """What there is one of in a workspace."""
    return UniqueConstraint("workspace_id", *columns, name=f"uq_{table}_natural_key")


def partial(name: str, where: ColumnElement[bool], *columns: object, unique: bool = False) -> None:
    """An index over the rows that `where` holds for."""
    Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)  # type: ignore[arg-type]
