"""Which app hears of what happens: subscription, scope and membership decide, as at Slack."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Any

from sandbox.profiles import dnd_object, user_object
from sandbox.records import App, Channel, Json, Message, StoredFile, User
from sandbox.telling import Telling
from sandbox.workspace import Workspace

_MESSAGE_EVENT = {
    "public_channel": ("message.channels", "channel"),
    "private_channel": ("message.groups", "group"),
    "mpim": ("message.mpim", "mpim"),
    "im": ("message.im", "im"),
}


class Events:
    """Builds event payloads and hands each to `send` for every app that should hear of it."""

    def __init__(self, workspace: Workspace, send: Callable[[App, Json], asyncio.Event]) -> None:
        self._workspace = workspace
        self._telling = Telling(workspace, send)

    # Messages

    def message_posted(self, channel: Channel, shown: Json, text: str) -> None:
        """A message was posted: `message.*`, and `app_mention` for each bot it names."""
        name, channel_type = _MESSAGE_EVENT[channel.kind]
        place = {"channel": channel.id, "event_ts": shown["ts"]}
        if "files" in shown:
            # In the event only: believed, from Bolt, whose message listeners take this subtype in
            # as one that people cause, while histories in Slack's SDKs' samples are without it.
            shown = {"subtype": "file_share", **shown}
        for app in self._telling.apps_in(channel):
            self._telling.tell(app, name, {**shown, **place, "channel_type": channel_type})
        if channel.kind == "im" or "bot_id" in shown:
            return
        # Believed: only where the bot is in the channel. Naming one that is not in it makes Slack's
        # client offer to invite it, and the reference tells of no event before that.
        for app in self._telling.apps_in(channel):
            if f"<@{app.installation.bot_user_id}>" in re.sub(r"\|[^>]*>", ">", text):
                mention = {k: v for k, v in shown.items() if k != "subtype"}
                self._telling.tell(app, "app_mention", {**mention, **place, "type": "app_mention"})

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
        for app in self._telling.apps_in(channel):
            self._telling.tell(app, name, event)

    # Channels

    def member_joined(self, channel: Channel, user: str, inviter: str | None = None) -> None:
        """Somebody, or an app's bot, came into a channel (call after they are in)."""
        apps = self._telling.apps_in(channel)
        self._membership("member_joined_channel", channel, user, apps, inviter)

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
                self._telling.tell(app, name, {"type": name, "channel": channel.id})

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
            self._telling.tell(app, name, event)

    def channel_created(self, channel: Channel) -> None:
        """A public channel is there; of a private one nobody else hears."""
        if channel.kind != "public_channel":
            return
        about = {
            "id": channel.id,
            "name": channel.name,
            "created": channel.created,
            "creator": channel.creator,
        }
        for app in self._workspace.active_apps():
            self._telling.tell(
                app, "channel_created", {"type": "channel_created", "channel": about}
            )

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
        for app in self._telling.apps_seeing(channel):
            self._telling.tell(app, name, {"type": name, **fields})

    def apps_in(self, channel: Channel) -> list[App]:
        """The apps whose bot is in the channel."""
        return self._telling.apps_in(channel)

    # What is on messages

    def reaction(self, name: str, message: Message, user: str, reaction: str) -> None:
        """`reaction_added` or `reaction_removed`.

        Believed: only where the bot is in the channel, as with messages. Its page says "for users
        who can see the content", and a bot sees what is said in the channels that it is in.
        """
        channel = self._workspace.channels[message.channel]
        _, channel_type = _MESSAGE_EVENT[channel.kind]
        item = {
            "type": "message",
            "channel": channel.id,
            "ts": message.ts,
            "channel_type": channel_type,
        }
        event = {
            "type": name,
            "user": user,
            "reaction": reaction,
            "item_user": message.user,
            "item": item,
        }
        for app in self._telling.apps_in(channel):
            self._telling.tell(app, name, event)

    def pin(self, name: str, channel: Channel, message: Message, shown: Json, user: str) -> None:
        """`pin_added` or `pin_removed`, "sent to all members of that channel".

        The fields beside the item are those in the types of Slack's SDK for Node.
        """
        now = int(self._workspace.clock.seconds())
        item = {
            "type": "message",
            "channel": channel.id,
            "created": now,
            "created_by": user,
            "message": shown,
        }
        event: Json = {
            "type": name,
            "user": user,
            "channel_id": channel.id,
            "item": item,
            "item_user": message.user,
            "pin_count": str(len(channel.pins)),
            "pinned_info": {"channel": channel.id, "pinned_by": user, "pinned_ts": now},
        }
        if name == "pin_removed":
            event["has_pins"] = bool(channel.pins)
        for app in self._telling.apps_in(channel):
            self._telling.tell(app, name, event)

    def file_shared(self, file: StoredFile, channel: Channel) -> None:
        """A file stands in a channel: `file_shared`, to the apps that are in it."""
        event = {
            "type": "file_shared",
            "channel_id": channel.id,
            "file_id": file.id,
            "user_id": file.user,
            "file": {"id": file.id},
        }
        for app in self._telling.apps_in(channel):
            self._telling.tell(app, "file_shared", event)

    def file_deleted(self, file: StoredFile) -> None:
        """A file was deleted: told to the apps that had seen it."""
        channels = [self._workspace.channels.get(one) for one in file.shares]
        event = {"type": "file_deleted", "file_id": file.id}
        for app in self._workspace.active_apps():
            if any(channel and app in self._telling.apps_in(channel) for channel in channels):
                self._telling.tell(app, "file_deleted", event)

    # People and the app itself

    def user_joined(self, user: User) -> None:
        """Somebody new is in the workspace."""
        self._about_user("team_join", user)

    def user_changed(self, user: User, *, status: bool = False) -> None:
        """A profile changed; deactivation is the change of `deleted`.

        The same is sent under a second name, "depending on what event took place"
        (https://api.slack.com/events/user_change). That deactivation counts as a change of the
        profile is believed.
        """
        self._about_user("user_change", user)
        self._about_user("user_status_changed" if status else "user_profile_changed", user)

    def _about_user(self, name: str, user: User) -> None:
        now = self._workspace.clock.now()
        event: Json = {"type": name, "user": user_object(user, self._workspace.id, now)}
        if name != "team_join":
            event["cache_ts"] = user.updated
        for app in self._workspace.active_apps():
            self._telling.tell(app, name, event)

    def dnd_changed(self, user: User) -> None:
        """Somebody's Do Not Disturb hours are others."""
        event = {"type": "dnd_updated_user", "user": user.id, "dnd_status": dnd_object(user)}
        for app in self._workspace.active_apps():
            self._telling.tell(app, "dnd_updated_user", event)

    def home_opened(
        self, app: App, user: str, channel: str, view: Json | None
    ) -> asyncio.Event | None:
        """A person opened the app's Home tab. Returns what is set once the app has been told."""
        event: Json = {"type": "app_home_opened", "user": user, "channel": channel, "tab": "home"}
        if view is not None:
            event["view"] = view
        return self._telling.tell(app, "app_home_opened", event)

    def token_revoked(self, app: App) -> None:
        """The bot's token was revoked."""
        tokens = {"oauth": [], "bot": [app.installation.bot_user_id]}
        event = {"type": "tokens_revoked", "tokens": tokens}
        self._telling.tell(app, "tokens_revoked", event)

    def uninstalled(self, app: App) -> None:
        """The app was removed from the workspace."""
        self.token_revoked(app)
        self._telling.tell(app, "app_uninstalled", {"type": "app_uninstalled"})
