"""Cursors: opaque to apps, base64 like Slack's."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from sandbox.errors import SlackError

T = TypeVar("T")


def page(items: Sequence[T], cursor: str, limit: int) -> tuple[list[T], str]:
    """One page of `items`, and the cursor of the next ("" at the end)."""
    start = 0
    if cursor:
        start = _decoded(cursor, "offset")
        if start > len(items):
            raise SlackError("invalid_cursor")
    end = start + limit
    return list(items[start:end]), encoded("offset", str(end)) if end < len(items) else ""


def encoded(kind: str, value: str) -> str:
    """A cursor that holds `value`."""
    return base64.b64encode(f"{kind}:{value}".encode()).decode()


def decoded_text(cursor: str, kind: str) -> str:
    """The value in a cursor; `invalid_cursor` for anything else."""
    try:
        found, _, value = base64.b64decode(cursor, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise SlackError("invalid_cursor") from None
    if found != kind:
        raise SlackError("invalid_cursor")
    return value


def _decoded(cursor: str, kind: str) -> int:
    value = decoded_text(cursor, kind)
    if not value.isdigit():
        raise SlackError("invalid_cursor")
    return int(value)
