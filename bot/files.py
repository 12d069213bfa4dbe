"""Reading what an operator wrote."""

from collections.abc import Collection
from pathlib import Path

from bot.errors import OperatorError

__all__ = ["files_in", "text_of"]


def text_of(file: Path) -> str:
    """The text of a file. Raises OperatorError where it can't be read or is not UTF-8."""
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        raise OperatorError(f"{file} is not text in UTF-8; save it as such") from None
    except OSError as error:
        raise OperatorError(f"{file} can't be read: {error.strerror}") from None


def files_in(folder: Path, suffixes: Collection[str]) -> list[Path]:
    """A folder's files that end so, by name. Raises OperatorError where it can't be read."""
    try:
        return sorted(file for file in folder.iterdir() if file.suffix in suffixes)
    except OSError as error:
        raise OperatorError(f"{folder} can't be read: {error.strerror}") from None
