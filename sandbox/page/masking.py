"""What may be shown of a payload: all of it but credentials."""

from __future__ import annotations

import re
from typing import Any

from sandbox.records import VERIFICATION_TOKEN
from sandbox.workspace import Workspace

__all__ = ["MASK", "masked", "secrets_of"]

MASK = "•••"
_NAMES = frozenset(
    {
        "access_token",
        "app_token",
        "bot_token",
        "client_secret",
        "code",
        "refresh_token",
        "signing_secret",
        "token",
    }
)
_TOKEN = re.compile(r"\bx(?:ox[a-z](?:\.[a-z]+)?|app)-[\w-]+")
_CAPABILITY = re.compile(
    r"(?<=[?&]ticket=)[\w%-]+|(?<=/upload/v1/)[\w-]+|(?<=/hooks/actions/)([\w-]+)/[\w-]+"
)
_DEEPEST = 60


def masked(value: Any, secrets: frozenset[str] = frozenset(), depth: int = 0) -> Any:
    """A copy of a JSON value in which no credential stands, and that any encoding can carry.

    `secrets` are known ones, wherever they stand; tokens, tickets and the addresses that answers
    and uploads go to are known by their looks, and some more by the name of their field.
    """
    if isinstance(value, str):
        return _masked_text(value, secrets)
    if depth >= _DEEPEST:
        return "…"
    if isinstance(value, dict):
        return {
            _masked_text(str(key), secrets): MASK
            if key in _NAMES and isinstance(one, str) and one and one != VERIFICATION_TOKEN
            else masked(one, secrets, depth + 1)
            for key, one in value.items()
        }
    if isinstance(value, list):
        return [masked(one, secrets, depth + 1) for one in value]
    return value


def secrets_of(workspace: Workspace) -> frozenset[str]:
    """The credentials of every app that is or was installed."""
    found: set[str] = set()
    for app in workspace.apps.values():
        own = app.installation
        found |= {own.bot_token, own.app_token, own.signing_secret, own.client_secret}
        found |= {own.refresh_token, *app.tokens, *app.revoked}
    return frozenset(found - {""})


def _masked_text(text: str, secrets: frozenset[str]) -> str:
    # Half a surrogate pair is a text to JSON, and to nothing else.
    text = text.encode("utf-8", "replace").decode("utf-8")
    for secret in secrets:
        text = text.replace(secret, MASK)
    text = _TOKEN.sub(MASK, text)
    return _CAPABILITY.sub(lambda found: f"{found[1]}/{MASK}" if found[1] else MASK, text)
