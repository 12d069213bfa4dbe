"""A Slack app manifest, read into an `App`.

The shape is that of https://github.com/slackapi/manifest-schema (major versions 1 and 2 agree on
everything used here).
"""

from __future__ import annotations

import secrets
from typing import Any

from sandbox.records import App, CommandHint, Installation


def app_from_manifest(
    manifest: dict[str, Any], *, app_id: str, bot_id: str, bot_user_id: str, request_url: str | None
) -> App:
    """Read `manifest`; `request_url`, where given, stands in for every URL in it.

    The app is not installed yet: it has no scopes, and no token for the workspace.
    """
    features = manifest.get("features", {})
    settings = manifest.get("settings", {})
    oauth = manifest.get("oauth_config", {})
    subscriptions = settings.get("event_subscriptions", {})
    interactivity = settings.get("interactivity", {})
    options_url = interactivity.get("message_menu_options_url")
    home = features.get("app_home", {})
    return App(
        installation=_credentials(app_id, bot_id, bot_user_id),
        name=features.get("bot_user", {}).get(
            "display_name", manifest["display_information"]["name"]
        ),
        wants=tuple(oauth.get("scopes", {}).get("bot", ())),
        events=frozenset(subscriptions.get("bot_events", ())),
        commands=_commands(features, request_url),
        command_hints=_hints(features),
        shortcuts=tuple(features.get("shortcuts", ())),
        socket_mode=bool(settings.get("socket_mode_enabled", False)),
        interactivity=bool(interactivity.get("is_enabled", False)),
        home_tab=bool(home.get("home_tab_enabled", False)),
        # An app whose manifest leaves `app_home` out has a Messages tab that people can write in
        # (believed: it is what api.slack.com shows for an app made from such a manifest).
        messages_tab=bool(home.get("messages_tab_enabled", True)),
        messages_tab_read_only=bool(home.get("messages_tab_read_only_enabled", False)),
        events_url=request_url or subscriptions.get("request_url"),
        interactivity_url=request_url or interactivity.get("request_url"),
        options_url=options_url and (request_url or options_url),
        redirect_urls=tuple(oauth.get("redirect_urls", ())),
        rotates=bool(settings.get("token_rotation_enabled", False)),
    )


def _credentials(app_id: str, bot_id: str, bot_user_id: str) -> Installation:
    """What Slack makes up for an app: all but the bot's token, which comes with installing it."""
    return Installation(
        app_id=app_id,
        bot_user_id=bot_user_id,
        bot_id=bot_id,
        bot_token="",
        app_token=f"xapp-sandbox-{secrets.token_hex(12)}",
        signing_secret=secrets.token_hex(16),
        client_id=f"{secrets.randbelow(10**12):012d}.{secrets.randbelow(10**12):012d}",
        client_secret=secrets.token_hex(16),
    )


def _commands(features: dict[str, Any], request_url: str | None) -> dict[str, str]:
    """By command, the address that hears of it."""
    return {
        command["command"]: request_url or command.get("url", "")
        for command in features.get("slash_commands", ())
    }


def _hints(features: dict[str, Any]) -> dict[str, CommandHint]:
    """By command, what a list of commands says of it."""
    return {
        command["command"]: CommandHint(
            command.get("usage_hint", ""),
            command.get("description", ""),
            bool(command.get("should_escape")),
        )
        for command in features.get("slash_commands", ())
    }
