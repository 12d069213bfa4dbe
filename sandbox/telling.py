"""Telling an app of an event: only if it is subscribed, and within its scopes, as at Slack."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from sandbox.records import VERIFICATION_TOKEN, App, Channel, Json
from sandbox.workspace import Workspace

# Event and the scopes of which one is needed: https://docs.slack.dev/reference/events/<event>
NEEDED_SCOPES: dict[str, tuple[str, ...]] = {
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "message.mpim": ("mpim:history",),
    "app_mention": ("app_mentions:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "channel_rename": ("channels:read",),
    "group_rename": ("groups:read",),
    "channel_archive": ("channels:read",),
    "group_archive": ("groups:read",),
    "channel_unarchive": ("channels:read",),
    "group_unarchive": ("groups:read",),
    "channel_deleted": ("channels:read",),
    "group_deleted": ("groups:read",),
    "channel_left": ("channels:read",),
    "group_left": ("groups:read",),
    "channel_created": ("channels:read",),
    "user_change": ("users:read",),
    "user_profile_changed": ("users:read",),
    "user_status_changed": ("users:read",),
    "team_join": ("users:read",),
    "dnd_updated_user": ("dnd:read",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "pin_added": ("pins:read",),
    "pin_removed": ("pins:read",),
    "file_shared": ("files:read",),
    "file_deleted": ("files:read",),
    "app_home_opened": (),
    "app_uninstalled": (),
    "tokens_revoked": (),
}


class Telling:
    """Puts an event into its envelope and hands it to `send`."""

    def __init__(self, workspace: Workspace, send: Callable[[App, Json], asyncio.Event]) -> None:
        self._workspace = workspace
        self._send = send

    def apps_in(self, channel: Channel) -> list[App]:
        """The apps whose bot is in the channel."""
        return [
            app
            for app in self._workspace.active_apps()
            if app.installation.bot_user_id in channel.members
        ]

    def apps_seeing(self, channel: Channel) -> list[App]:
        """The apps that may know of the channel: every one of a public channel."""
        if channel.kind == "public_channel":
            return self._workspace.active_apps()
        return self.apps_in(channel)

    def tell(self, app: App, name: str, event: Json) -> asyncio.Event | None:
        """Send `event`, subscribed to as `name`. Returns what is set once the app was told.

        None where the app does not hear of it.
        """
        if name not in app.events:
            return None
        needed = NEEDED_SCOPES[name]
        if needed and not set(needed) & set(app.scopes):
            return None
        event = {"event_ts": self._workspace.clock.next_ts(), **event}
        bot = app.installation.bot_user_id
        authorization = {
            "enterprise_id": None,
            "team_id": self._workspace.id,
            "user_id": bot,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        payload = {
            "token": VERIFICATION_TOKEN,
            "team_id": self._workspace.id,
            "api_app_id": app.id,
            "event": event,
            "type": "event_callback",
            "event_id": self._workspace.new_id("Ev"),
            "event_time": int(self._workspace.clock.seconds()),
            "authorizations": [authorization],
            "is_ext_shared_channel": False,
            "event_context": self._workspace.new_id("EC"),
        }
        return self._send(app, payload)
