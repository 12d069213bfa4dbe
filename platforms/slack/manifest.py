"""The app's manifest: what is pasted into Slack to make the app.

https://docs.slack.dev/reference/app-manifest
"""

from typing import Any

from conversation.routes import BREAKDOWN_LOG, DOUBT_SHARE, VOICE_TELL

__all__ = ["COMMAND", "EVENTS", "SCOPES", "bot_scopes", "manifest"]

COMMAND = "/widelens"

SCOPES: dict[str, tuple[str, ...]] = {
    "post and say anew": ("chat:write",),
    "the command and the shortcuts": ("commands",),
    # What is unknown after a lost connection is settled by finding it, or not, in the history.
    "read back its own posts": ("channels:history", "groups:history", "im:history"),
    "hear what is written to it": ("im:history",),
    "read a team's channel, once the team switched it on": ("channels:history", "groups:history"),
    "find its conversation with a person": ("im:write",),
    "see who is in a channel, and hear who comes and leaves": ("channels:read", "groups:read"),
    "pin the team's purpose in its channel": ("pins:write",),
    "names, and who left the workspace": ("users:read",),
}
"""What the token may do, by what it is for."""

EVENTS: dict[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "channel_archive": ("channels:read",),
    "channel_deleted": ("channels:read",),
    "channel_left": ("channels:read",),
    "channel_rename": ("channels:read",),
    "channel_unarchive": ("channels:read",),
    "group_archive": ("groups:read",),
    "group_deleted": ("groups:read",),
    "group_left": ("groups:read",),
    "group_rename": ("groups:read",),
    "group_unarchive": ("groups:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "user_change": ("users:read",),
}
"""What the app hears of, and the scopes each event asks for: https://docs.slack.dev/reference/events"""


def bot_scopes() -> list[str]:
    """Every scope, once."""
    return sorted({scope for scopes in SCOPES.values() for scope in scopes})


def manifest(request_url: str | None = None) -> dict[str, Any]:
    """The manifest for Socket Mode; or, with the address of /slack/events, for HTTP."""
    at = {"request_url": request_url} if request_url else {}
    options_at = {"message_menu_options_url": request_url} if request_url else {}
    command = {
        "command": COMMAND,
        "description": "What is open for you",
        "usage_hint": (
            "[setup | heard | voices | breakdown | breakdowns | promises | stakeholders | purpose"
            " | doubt | away | status | digest | help]"
        ),
        "should_escape": False,
    }
    if request_url:
        command["url"] = request_url
    return {
        "_metadata": {"major_version": 2, "minor_version": 0},
        "display_information": {
            "name": "Widelens",
            "description": "Helps leadership teams create value for those beyond them",
            "background_color": "#1f3a3d",
        },
        "features": {
            # Direct messages with buttons need the Messages tab. What somebody writes into it is
            # their answer where that is beyond doubt; else they are told what to press.
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Widelens", "always_online": True},
            "shortcuts": [
                {
                    "name": "Log a breakdown",
                    "type": "message",
                    "callback_id": BREAKDOWN_LOG,
                    "description": "Something broke down: note what is needed now",
                },
                {
                    "name": "Log a voice heard",
                    "type": "message",
                    "callback_id": VOICE_TELL,
                    "description": "Somebody beyond your team said something: keep it",
                },
                {
                    "name": "Share a doubt",
                    "type": "global",
                    "callback_id": DOUBT_SHARE,
                    "description": "Say it without your name, when your team is asked",
                },
            ],
            "slash_commands": [command],
        },
        "oauth_config": {"scopes": {"bot": bot_scopes()}},
        "settings": {
            "event_subscriptions": {**at, "bot_events": sorted(EVENTS)},
            "interactivity": {"is_enabled": True, **at, **options_at},
            "org_deploy_enabled": False,
            "socket_mode_enabled": request_url is None,
            "token_rotation_enabled": False,
        },
    }
