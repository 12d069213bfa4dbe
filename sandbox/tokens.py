"""The tokens of an installation: given out, kept or rotated, taken back."""

from __future__ import annotations

import secrets
from dataclasses import replace

from sandbox.errors import SlackError
from sandbox.records import App

# https://docs.slack.dev/authentication/using-token-rotation: "it expires every 12 hours".
LIFETIME_SECONDS = 12 * 60 * 60


def issue(app: App, now: float) -> None:
    """Give the app its bot token, unless it has one that lasts.

    To go through the flow again "retrieve[s] a user's access token again" (the earlier guide,
    https://api.slack.com/docs/oauth); that it is so with a bot's is believed.
    """
    lasting = app.tokens.get(app.installation.bot_token, 0.0) is None
    if not app.rotates:
        if not lasting:
            _put(app, f"xoxb-sandbox-{secrets.token_hex(12)}", None)
        return
    _put(app, f"xoxe.xoxb-sandbox-{secrets.token_hex(12)}", now + LIFETIME_SECONDS)
    refresh = f"xoxe-sandbox-{secrets.token_hex(12)}"
    app.installation = replace(app.installation, refresh_token=refresh)


def rotate(app: App, refresh_token: str, now: float) -> None:
    """Exchange the refresh token, which is good for once, for a new pair.

    Believed: the token before it works until it expires; the guide says only that the refresh
    token is then revoked.
    """
    current = app.installation.refresh_token
    if not current or not secrets.compare_digest(current.encode(), refresh_token.encode()):
        raise SlackError("invalid_refresh_token")
    issue(app, now)


def revoke(app: App, token: str | None = None) -> None:
    """Take one token back, or all of them."""
    taken = list(app.tokens) if token is None else [token]
    for one in taken:
        del app.tokens[one]
        app.revoked.add(one)
    if not app.tokens:
        app.installation = replace(app.installation, bot_token="", refresh_token="")


def check(app: App, token: str, now: float) -> None:
    """Refuse a token that was taken back or has expired."""
    if token == app.installation.app_token:
        return
    if token in app.revoked:
        # The page of auth.test: a token "for a deleted user or workspace when using a bot token".
        raise SlackError("account_inactive")
    expires = app.tokens[token]
    if expires is not None and now >= expires:
        raise SlackError("token_expired")


def owns(app: App, token: str) -> bool:
    """Whether it is a token of the app's, or once was."""
    return token == app.installation.app_token or token in app.tokens or token in app.revoked


def _put(app: App, token: str, expires: float | None) -> None:
    app.tokens[token] = expires
    app.installation = replace(app.installation, bot_token=token)
