"""Which app hears of what happens: subscription, scope and membership decide, as at Slack."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Any

from sandbox.records import App, Channel, Json, User
from sandbox.workspace import Workspace

# Event and the scopes of which one is needed: https://docs.slack.dev/reference/events/<event>
NEEDED_SCOPES: dict[str, tuple[str, ...]] = {
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
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
    "user_change": ("users:read",),
    "app_home_opened": (),
    "app_uninstalled": (),
    "tokens_revoked": (),
}

_MESSAGE_EVENT = {
    "public_channel": ("message.channels", "channel"),
    "private_channel": ("message.groups", "group"),
    "im": ("message.im", "im"),
}


class Events:
    """Builds event payloads and hands each to `send` for every app that should hear of it."""

    def __init__(self, workspace: Workspace, send: Callable[[App, Json], asyncio.Event]) -> None:
        self._workspace = workspace
        self._send = send

    # Messages

    def message_posted(self, channel: Channel, shown: Json, text: str) -> None:
        """A message was posted: `message.*`, and `app_mention` for each bot it names."""
        name, channel_type = _MESSAGE_EVENT[channel.kind]
        place = {"channel": channel.id, "event_ts": shown["ts"]}
        for app in self._members(channel):
            self._tell(app, name, {**shown, **place, "channel_type": channel_type})
        if channel.kind == "im" or "bot_id" in shown:
            return
        # Believed: only where the bot is in the channel. Naming one that is not in it makes Slack's
        # client offer to invite it, and the reference tells of no event before that.
        for app in self._members(channel):
            if f"<@{app.installation.bot_user_id}>" in re.sub(r"\|[^>]*>", ">", text):
                mention = {k: v for k, v in shown.items() if k != "subtype"}
                self._tell(app, "app_mention", {**mention, **place, "type": "app_mention"})

    def message_changed(self, channel: Channel, now: Json, before: Json, event_ts: str) -> None:
        """A message was edited."""
        self._hidden(channel, event_ts, "message_changed", message=now, previous_message=before)

    def message_deleted(self, channel: Channel, before: Json, event_ts: str) -> None:
        """A message was deleted."""
        self._hidden(
            channel, event_ts, "message_deleted", deleted_ts=before["ts"], previous_message=before
        )

    def _hidden(self, channel: Channel, event_ts: str, subtype: str, **what: Any) -> None:
        name, channel_type = _MESSAGE_EVENT[channel.kind]
        event = {
            "type": "message",
            "subtype": subtype,
            "hidden": True,
            "channel": channel.id,
            "channel_type": channel_type,
            "ts": event_ts,
            "event_ts": event_ts,
            **what,
        }
        for app in self._members(channel):
            self._tell(app, name, event)

    # Channels

    def member_joined(self, channel: Channel, user: str, inviter: str | None = None) -> None:
        """Somebody, or an app's bot, came into a channel (call after they are in)."""
        self._membership("member_joined_channel", channel, user, self._members(channel), inviter)

    def member_left(self, channel: Channel, user: str, apps_before: list[App]) -> None:
        """Somebody left; an app's bot that was removed still hears of its own removal.

        Bolt keeps this event for the bot itself (IgnoringSelfEvents), which is our reason to
        believe that Slack sends it.
        """
        self._membership("member_left_channel", channel, user, apps_before, None)
        public = channel.kind == "public_channel"
        name = "channel_left" if public else "group_left"
        for app in apps_before:
            if app.installation.bot_user_id == user:  # told to who left, and names nobody
                self._tell(app, name, {"type": name, "channel": channel.id})

    def _membership(
        self, name: str, channel: Channel, user: str, apps: list[App], inviter: str | None
    ) -> None:
        event: Json = {
            "type": name,
            "user": user,
            "channel": channel.id,
            "channel_type": "C" if channel.kind == "public_channel" else "G",
            "team": self._workspace.id,
        }
        if inviter:
            event["inviter"] = inviter
        for app in apps:
            self._tell(app, name, event)

    def channel_renamed(self, channel: Channel) -> None:
        """A channel has a new name."""
        about = {"id": channel.id, "name": channel.name, "created": channel.created}
        self._channel_event("rename", channel, {"channel": about})

    def channel_archived(self, channel: Channel, user: str) -> None:
        """A channel was archived."""
        self._channel_event("archive", channel, {"channel": channel.id, "user": user})

    def channel_unarchived(self, channel: Channel, user: str) -> None:
        """A channel was taken out of the archive."""
        self._channel_event("unarchive", channel, {"channel": channel.id, "user": user})

    def channel_deleted(self, channel: Channel, user: str) -> None:
        """A channel was deleted (call while it still has its members)."""
        self._channel_event("deleted", channel, {"channel": channel.id, "actor_id": user})

    def _channel_event(self, what: str, channel: Channel, fields: Json) -> None:
        public = channel.kind == "public_channel"
        name = f"{'channel' if public else 'group'}_{what}"
        for app in self._workspace.active_apps() if public else self._members(channel):
            self._tell(app, name, {"type": name, **fields})

    def apps_in(self, channel: Channel) -> list[App]:
        """The apps whose bot is in the channel."""
        return self._members(channel)

    # People and the app itself

    def user_changed(self, user: User) -> None:
        """A profile changed; deactivation is the change of `deleted`."""
        for app in self._workspace.active_apps():
            self._tell(
                app,
                "user_change",
                {"type": "user_change", "user": user_object(user, self._workspace.id)},
            )

    def home_opened(
        self, app: App, user: str, channel: str, view: Json | None
    ) -> asyncio.Event | None:
        """A person opened the app's Home tab. Returns what is set once the app has been told."""
        event: Json = {"type": "app_home_opened", "user": user, "channel": channel, "tab": "home"}
        if view is not None:
            event["view"] = view
        return self._tell(app, "app_home_opened", event)

    def uninstalled(self, app: App) -> None:
        """The app was removed from the workspace."""
        bot = app.installation.bot_user_id
        self._tell(
            app,
            "tokens_revoked",
            {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [bot]}},
        )
        self._tell(app, "app_uninstalled", {"type": "app_uninstalled"})

    # Telling

    def _members(self, channel: Channel) -> list[App]:
        return [
            app
            for app in self._workspace.active_apps()
            if app.installation.bot_user_id in channel.members
        ]

    def _tell(self, app: App, name: str, event: Json) -> asyncio.Event | None:
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
            "token": "sandbox-verification-token",
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


def user_object(user: User, team_id: str) -> Json:
    """The user object of users.info, users.list and user_change."""
    return {
        "id": user.id,
        # Somebody from outside (Slack Connect) belongs to another workspace.
        "team_id": "T0ELSEWHERE" if user.is_stranger else team_id,
        "name": user.handle,
        "deleted": user.deleted,
        "real_name": user.name,
        "tz": user.tz,
        "is_bot": user.app_id is not None,
        "is_app_user": False,
        "is_admin": user.is_admin,
        "is_owner": False,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": False,
        "is_stranger": user.is_stranger,
        "updated": user.updated,
        "profile": {
            "real_name": user.name,
            "display_name": user.name,
            "status_text": user.status_text,
            "status_emoji": user.status_emoji,
            "status_expiration": user.status_expiration,
        },
    }
