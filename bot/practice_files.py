"""Practice files of the operator's own: read, checked, and put over the packaged ones."""

from pathlib import Path

from bot.errors import OperatorError
from bot.files import files_in, text_of
from coaching.catalogue import Catalogue, load_catalogue, read_practice
from coaching.documents import DocumentError

__all__ = ["catalogue_with", "problems_with_file"]

_SUFFIXES = {".yaml", ".yml"}


def catalogue_with(folder: str) -> Catalogue:
    """The catalogue, with the practices of `folder` ("": none) over the packaged ones.

    Raises:
        OperatorError: the folder is none, or a file can't be used; one line with the first problem.
    """
    if folder and not Path(folder).is_dir():
        raise OperatorError(
            f"WIDELENS_PRACTICES is {folder}, which is not a folder; for example ./practices"
        )
    files = files_in(Path(folder), _SUFFIXES) if folder else []
    texts = {str(file): text_of(file) for file in files}
    try:
        return load_catalogue(texts)
    except DocumentError as error:
        first, *more = error.problems
        rest = f" (and {len(more)} more: widelens practices check FILE lists all)" if more else ""
        raise OperatorError(f"{first}{rest}") from error


def problems_with_file(file: Path) -> tuple[str, ...]:
    """Each problem of a practice file: `FILE:line: where: what is wrong; the mend`.

    Raises:
        OperatorError: the file can't be read.
    """
    try:
        read_practice(text_of(file), str(file), over=load_catalogue())
    except DocumentError as error:
        return error.problems
    return ()
