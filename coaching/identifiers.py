"""Identifiers: opaque, random, telling nothing of what they name."""

from uuid import uuid4

__all__ = ["new_id"]


def new_id() -> str:
    """A fresh identifier: 32 hexadecimal digits."""
    return uuid4().hex
