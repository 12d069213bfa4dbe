"""What an attacker holds: the files' bytes and every table, row by row, in physical order."""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

__all__ = ["Row", "Snapshot", "take_snapshot"]


@dataclass(frozen=True)
class Row:
    """A row: its table and its cells, with its place in a scan and its rowid where it has one."""

    table: str
    cells: dict[str, str]


@dataclass
class Snapshot:
    """The database at a moment: each file's bytes, and all rows."""

    files: dict[str, bytes] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    def naming(self, name: str) -> list[Row]:
        """The rows in which an id or word of the simulation stands."""
        return [self.rows[at] for at in self._places.get(name, ())]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = defaultdict(list)
        for at, row in enumerate(self.rows):
            for name in set(_NAMES.findall(" ".join(row.cells.values()))):
                places[name].append(at)
        return places


_NAMES = re.compile(r"\b(?:[xn][0-9a-f]{16}|[0-9a-f]{32}|U\d{3})\b")


def take_snapshot(file: Path) -> Snapshot:
    """Everything there is of a database while others may have it open."""
    files = {end: _bytes(Path(f"{file}{end}")) for end in ("", "-wal")}
    connection = sqlite3.connect(file)
    try:
        names = [name for (name,) in connection.execute(_TABLES)]
        rows = [row for name in names for row in _rows(connection, name)]
    finally:
        connection.close()
    return Snapshot(files, rows)


def _bytes(file: Path) -> bytes:
    return file.read_bytes() if file.exists() else b""


_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[Row]:
    columns = "rowid AS physical, *" if _has_rowid(connection, table) else "*"
    found = connection.execute(f'SELECT {columns} FROM "{table}"')
    names = [name for name, *_ in found.description]
    for place, row in enumerate(found):
        cells = {name: _sortable(cell) for name, cell in zip(names, row, strict=True)}
        yield Row(table, {"place in the table": f"{place:09}", **cells})


def _has_rowid(connection: sqlite3.Connection, table: str) -> bool:
    try:
        connection.execute(f'SELECT rowid FROM "{table}" LIMIT 0')
    except sqlite3.OperationalError:
        return False
    return True


def _sortable(cell: object) -> str:
    return f"{cell:012}" if isinstance(cell, int) else str(cell)
