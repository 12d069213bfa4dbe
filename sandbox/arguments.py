"""The arguments of one API call, whichever way they were sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sandbox.errors import SlackError

_SECRETS = frozenset({"token", "client_secret", "code", "code_verifier", "refresh_token"})


class Arguments:
    """Arguments by name. Form fields arrive as text, JSON bodies as values; both are read alike."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = {name: value for name, value in given.items() if value is not None}

    def __contains__(self, name: str) -> bool:
        return name in self._given

    def names(self) -> set[str]:
        """The names given."""
        return set(self._given)

    def logged(self) -> dict[str, Any]:
        """The arguments for the call log, without tokens, secrets and codes."""
        return {name: value for name, value in self._given.items() if name not in _SECRETS}

    def text(self, name: str, default: str = "") -> str:
        """A string argument."""
        value = self._given.get(name, default)
        return value if isinstance(value, str) else json.dumps(value)

    def flag(self, name: str, default: bool = False) -> bool:
        """A boolean argument: `true`, `1` and JSON's true are yes."""
        value = self._given.get(name, default)
        return value if isinstance(value, bool) else str(value).lower() in ("true", "1")

    def number(self, name: str, default: int, *, most: int, error: str | None = None) -> int:
        """A whole number from 1 to `most`.

        Out of range or unreadable is `error` where the method documents one; otherwise the value
        is brought into range (believed).
        """
        value = self._given.get(name, default)
        try:
            number = int(value)
        except (TypeError, ValueError):
            number = 0
        if error is not None and not 1 <= number <= most:
            raise SlackError(error)
        return default if number < 1 else min(number, most)

    def structure(self, name: str, error: str) -> Any:
        """A JSON argument, parsed where it came as text; `error` where it can't be."""
        value = self._given.get(name)
        if isinstance(value, str):
            try:
                return json.loads(value)
            except json.JSONDecodeError:
                raise SlackError(error) from None
        return value

    def words(self, name: str, default: str = "") -> list[str]:
        """A comma-separated list (a JSON array does too)."""
        value = self._given.get(name, default)
        if isinstance(value, list):
            return [str(word) for word in value]
        return [word.strip() for word in str(value).split(",") if word.strip()]
