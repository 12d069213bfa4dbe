"""The arguments of one API call, whichever way they were sent."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from sandbox.decoding import decoded
from sandbox.errors import SlackError

__all__ = ["Arguments", "arguments_of"]

_SECRETS = frozenset(
    {"assertion", "client_secret", "code", "code_verifier", "refresh_token", "token"}
)


class Arguments:
    """Arguments by name. Form fields arrive as text, JSON bodies as values; both are read alike.

    `unreadable` is what Slack answers to a body that it can't read, or nothing.
    """

    def __init__(self, given: Mapping[str, Any], unreadable: str = "") -> None:
        self._given = {name: value for name, value in given.items() if value is not None}
        self.unreadable = unreadable

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
                return decoded(value)
            except ValueError:
                raise SlackError(error) from None
        return value

    def words(self, name: str, default: str = "") -> list[str]:
        """A comma-separated list (a JSON array does too)."""
        value = self._given.get(name, default)
        if isinstance(value, list):
            return [str(word) for word in value]
        return [word.strip() for word in str(value).split(",") if word.strip()]


async def arguments_of(request: Request) -> Arguments:
    """The arguments of a call: of its address, and of its body, form or JSON."""
    given: dict[str, Any] = dict(request.query_params)
    content_type = request.headers.get("content-type", "")
    unreadable = ""
    if content_type.startswith("application/json"):
        body, unreadable = _object_in(await request.body())
        given |= body
    elif content_type.startswith("application/x-www-form-urlencoded"):
        form = (await request.body()).decode(errors="replace")
        given |= dict(parse_qsl(form, keep_blank_values=True))
    return Arguments(given | _client(request), unreadable)


def _object_in(body: bytes) -> tuple[dict[str, Any], str]:
    """A JSON object; or none, and the error, of which any method may answer either.

    Both are named in Slack's own description of its methods, without an explanation
    (https://github.com/slackapi/slack-api-specs); that no body at all is no error is believed.
    """
    try:
        found = decoded(body or b"{}")
    except ValueError:
        return {}, "invalid_json"
    return (found, "") if isinstance(found, dict) else ({}, "json_not_object")


def _client(request: Request) -> dict[str, str]:
    """A client's id and secret by HTTP Basic, which Slack prefers to arguments."""
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return {}
    try:
        known = base64.b64decode(encoded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return {}
    client_id, _, client_secret = known.partition(":")
    return {"client_id": client_id, "client_secret": client_secret}
