"""What could not be done, as an HTTP answer: the same for the control API and for the page."""

from __future__ import annotations

from starlette.responses import JSONResponse

from sandbox.errors import NotPossible

__all__ = ["EXPECTED", "refusal"]

EXPECTED = (LookupError, NotPossible, TypeError, ValueError)
"""What a verb raises when it was asked for something that cannot be; all else is a defect."""


def refusal(error: Exception) -> JSONResponse:
    """One of `EXPECTED` as `{"error": sentence, "kind": ...}`, with its status."""
    kind, status = "value", 400
    if isinstance(error, LookupError):
        kind, status = "lookup", 404
    elif isinstance(error, NotPossible):
        kind, status = "not_possible", 409
    return JSONResponse({"error": _words(error), "kind": kind}, status_code=status)


def _words(error: Exception) -> str:
    return str(error.args[0]) if error.args else type(error).__name__
