"""Who and what is in the workspace: people, channels, installed apps."""

from __future__ import annotations

import itertools
import re
import secrets
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sandbox import tokens
from sandbox.clock import WorkspaceClock, wall_time
from sandbox.errors import NotPossible
from sandbox.feed import Feed
from sandbox.manifest import app_from_manifest
from sandbox.mistakes import Mistakes
from sandbox.records import App, Channel, ChannelKind, User


class Workspace:
    """One workspace. Changes its state and tells nobody; `Events` tells the apps."""

    def __init__(self, workspace_id: str, name: str, wall: Callable[[], float] = wall_time) -> None:
        self.id = workspace_id
        self.name = name
        self.domain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        self.url = ""
        self.wall = wall
        self.clock = WorkspaceClock(wall)
        self.feed = Feed()
        self.mistakes = Mistakes()
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.apps: dict[str, App] = {}
        self._numbers = itertools.count(1)

    def new_id(self, prefix: str) -> str:
        """An id that looks like Slack's: a letter for the kind of thing, then digits."""
        return f"{prefix}0{next(self._numbers):07d}"

    def block_id(self) -> str:
        """An id for a block or action that came without one (Slack's are as short)."""
        return secrets.token_urlsafe(4).replace("-", "x").replace("_", "y")

    # Apps

    def register(self, manifest: dict[str, Any], request_url: str | None = None) -> App:
        """Make an app from its manifest, without installing it."""
        app_id = self.new_id("A")
        app = app_from_manifest(
            manifest,
            app_id=app_id,
            bot_id=self.new_id("B"),
            bot_user_id=self.new_id("U"),
            request_url=request_url,
        )
        self.apps[app_id] = app
        return app

    def install(self, manifest: dict[str, Any], request_url: str | None = None) -> App:
        """Make an app from its manifest and install it with all the scopes it wants."""
        app = self.register(manifest, request_url)
        self.grant(app, app.wants)
        return app

    def grant(self, app: App, scopes: Iterable[str]) -> None:
        """Install an app, or install it again: its ids stay, and scopes only ever come in addition.

        "each scope you request is additive to the scopes you've already been awarded"
        (https://api.slack.com/docs/oauth).
        """
        bot = app.installation.bot_user_id
        if bot not in self.users:
            self.users[bot] = User(bot, app.name, _handle(app.name), app_id=app.id)
        self.users[bot].deleted = False
        app.scopes = tuple(dict.fromkeys((*app.scopes, *scopes)))
        app.active = True
        tokens.issue(app, self.wall())
        self.feed.add("app_installed", app=app.id, name=app.name)

    def withdraw(self, app: App, token: str | None = None) -> None:
        """Take a token back, or all; without any left the bot is deactivated.

        auth.revoke's page: it will "deactivate the bot user and remove its channel memberships".
        """
        tokens.revoke(app, token)
        if app.tokens:
            return
        app.active, app.scopes = False, ()
        bot = app.installation.bot_user_id
        self.users[bot].deleted = True
        for channel in self.channels.values():
            if not channel.is_direct and bot in channel.members:
                channel.members.remove(bot)
        self.feed.add("app_removed", app=app.id)

    def app_by_token(self, token: str) -> App | None:
        """The app whose bot or app-level token this is or was."""
        return next((app for app in self.apps.values() if tokens.owns(app, token)), None)

    def the_app(self, app_id: str | None = None) -> App:
        """The app with that id (LookupError where there is none), else the first installed."""
        if app_id is not None:
            if app_id not in self.apps:
                raise LookupError(f"no app {app_id}")
            return self.apps[app_id]
        for app in self.apps.values():
            if app.active:
                return app
        raise NotPossible("no app is installed")

    def active_apps(self) -> list[App]:
        """The apps that are still installed."""
        return [app for app in self.apps.values() if app.active]

    # People

    def add_person(self, name: str, tz: str = "UTC", **traits: Any) -> User:
        """Add a person; `traits` are further fields of `User`. ValueError for an unknown zone."""
        try:
            ZoneInfo(tz)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"there is no time zone {tz!r}; one is 'Europe/London'") from None
        user = User(self.new_id("U"), name, _handle(name), tz, **traits)
        user.updated = int(self.clock.seconds())
        self.users[user.id] = user
        self.feed.add("person_added", user=user.id, name=name)
        return user

    def person(self, user_id: str) -> User:
        """The person with that id; LookupError where there is none."""
        try:
            return self.users[user_id]
        except KeyError:
            raise LookupError(f"no person {user_id}") from None

    # Channels

    def add_channel(self, name: str, members: Iterable[str], *, private: bool = False) -> Channel:
        """Create a channel with these members."""
        if self.channel_by_name(name) is not None:
            raise NotPossible(f"a channel named {name} exists")
        kind: ChannelKind = "private_channel" if private else "public_channel"
        who = list(dict.fromkeys(members))
        for member in who:
            self.person(member)
        creator = who[0] if who else "USLACKBOT"
        channel = Channel(
            self.new_id("C"), name, kind, creator, int(self.clock.seconds()), members=who
        )
        self.channels[channel.id] = channel
        self.feed.add("channel_added", channel=channel.id, name=name)
        return channel

    def channel(self, channel_id: str) -> Channel:
        """The channel with that id or name; LookupError where there is none."""
        found = self.channels.get(channel_id) or self.channel_by_name(channel_id)
        if found is None:
            raise LookupError(f"no channel {channel_id}")
        return found

    def channel_by_name(self, name: str) -> Channel | None:
        """The channel called `name`, with or without a leading #."""
        wanted = name.removeprefix("#")
        for channel in self.channels.values():
            if not channel.is_direct and channel.name == wanted:
                return channel
        return None

    def dm(self, app: App, user_id: str) -> Channel | None:
        """The direct message between the app and a person, if it was ever opened."""
        for channel in self.channels.values():
            if channel.kind == "im" and channel.user == user_id and channel.app_id == app.id:
                return channel
        return None

    def open_dm(self, app: App, user_id: str) -> Channel:
        """The direct message between the app and a person, opened where need be."""
        existing = self.dm(app, user_id)
        if existing is not None:
            return existing
        bot = app.installation.bot_user_id
        channel = Channel(
            self.new_id("D"),
            "directmessage",
            "im",
            bot,
            int(self.clock.seconds()),
            members=[bot, user_id],
            user=user_id,
            app_id=app.id,
        )
        self.channels[channel.id] = channel
        return channel

    def group_dm(self, members: Sequence[str]) -> Channel | None:
        """The direct message between exactly these members, if it was ever opened."""
        for channel in self.channels.values():
            if channel.kind == "mpim" and set(channel.members) == set(members):
                return channel
        return None

    def open_group_dm(self, members: Sequence[str]) -> Channel:
        """The direct message between these members, the first of whom opens it."""
        existing = self.group_dm(members)
        if existing is not None:
            return existing
        handles = "--".join(self.users[member].handle for member in members)
        channel = Channel(
            self.new_id("G"),
            f"mpdm-{handles}-1",
            "mpim",
            members[0],
            int(self.clock.seconds()),
            members=list(members),
        )
        self.channels[channel.id] = channel
        self.feed.add("channel_added", channel=channel.id, name=channel.name)
        return channel


def _handle(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", ".", name.lower()).strip(".")
