"""The database's errors in the project's words, and which of them mean that it is out of reach."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError

from coaching.errors import StoreUnavailable, WidelensError

__all__ = ["UnusableDatabase", "database_errors"]

_OUR_OWN = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISUSE}
"""SQLite's primary codes for a statement that is wrong; the others are about file and machine."""


class UnusableDatabase(WidelensError):
    """The database as configured can't be used. The message is a sentence for the operator."""


@contextmanager
def database_errors() -> Iterator[None]:
    """Turn the driver's errors into StoreUnavailable, where they say so; ours pass as they are."""
    try:
        yield
    except DBAPIError as error:
        if not _is_unavailable(error):
            raise
        raise StoreUnavailable(
            f"The database can't be used at the moment: {_first_line(error)}"
        ) from error


def _is_unavailable(error: DBAPIError) -> bool:
    if error.connection_invalidated:
        return True
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        # The driver sorts codes into classes in its own way (a damaged file is a DatabaseError, an
        # unknown table an OperationalError), so the code decides.
        code: int | None = getattr(cause, "sqlite_errorcode", None)
        return code is not None and code & 0xFF not in _OUR_OWN
    return isinstance(error, OperationalError)


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).partition("\n")[0]
