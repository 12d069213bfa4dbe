"""Where an unforeseen error of one thing is kept from stopping the others."""

import logging
import traceback
from pathlib import Path
from types import TracebackType

__all__ = ["contained"]

_log = logging.getLogger(__name__)


def contained(what: str, but: tuple[type[Exception], ...] = ()) -> "_Contained":
    """A `with` block that goes on after an error within, having logged it; those in `but` come out.

    For a process's edge: a fault of one workspace must not silence the others. The log line has
    the error's type and place and never its message, which may hold a person's words or a secret.
    """
    return _Contained(what, but)


class _Contained:
    def __init__(self, what: str, but: tuple[type[Exception], ...]) -> None:
        self._what = what
        self._but = but

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if not isinstance(error, Exception) or isinstance(error, self._but):
            return False
        _log.error("%s went wrong: %s at %s", self._what, _kinds(error), _place(error))
        return True


def _kinds(error: BaseException) -> str:
    own = type(error).__name__
    return own if error.__cause__ is None else f"{own} from {_kinds(error.__cause__)}"


def _place(error: BaseException) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno} ({frame.name})"
