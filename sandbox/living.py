"""What people do in the workspace by themselves: come, go, talk, change their status."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox.core import Core
from sandbox.errors import NotPossible, SlackError
from sandbox.records import Channel, Json, Message, User

_SENTENCES = {
    "already_reacted": "You have reacted with :{name}: already.",
    "no_reaction": "You have not reacted with :{name}:.",
    "invalid_name": "There is no emoji :{name}:.",
    "too_many_reactions": "You can't put more emoji on this message.",
    "too_many_emoji": "There is no room for another emoji on this message.",
}


class Living:
    """Acts that the app hears of as events, if at all."""

    def __init__(self, core: Core) -> None:
        self._core = core

    # People

    def add_person(self, name: str, tz: str = "UTC", **traits: Any) -> Json:
        """Add a person; returns id and name."""
        user = self._core.workspace.add_person(name, tz, **traits)
        self._core.events.user_joined(user)
        return {"id": user.id, "name": user.name}

    def deactivate(self, user: str) -> None:
        """Deactivate a person: `user_change` with `deleted`, and out of every channel.

        That no member_left_channel comes with it is believed, not documented.
        """
        person = self._person(user)
        person.deleted = True
        for channel in self._core.workspace.channels.values():
            if not channel.is_direct and user in channel.members:
                channel.members.remove(user)
        self._changed(person)

    def status(self, user: str, text: str = "", emoji: str = "", until: int = 0) -> None:
        """Set a person's status; `until` is when it expires, in seconds since the epoch."""
        person = self._person(user)
        person.status_text, person.status_emoji, person.status_expiration = text, emoji, until
        self._changed(person, status=True)

    def do_not_disturb(self, user: str, start: int | None = None, end: int | None = None) -> None:
        """Set (or clear) a person's next Do Not Disturb hours."""
        person = self._person(user)
        person.dnd = (start, end) if start is not None and end is not None else None
        self._core.events.dnd_changed(person)
        self._core.workspace.feed.add("dnd_changed", user=person.id)

    def _changed(self, person: User, *, status: bool = False) -> None:
        person.updated = int(self._core.workspace.clock.seconds())
        self._core.events.user_changed(person, status=status)
        self._core.workspace.feed.add("person_changed", user=person.id, deleted=person.deleted)

    # Channels

    def add_channel(
        self, name: str, members: list[str], private: bool = False, with_app: bool = False
    ) -> str:
        """Create a channel; with the app, the first member invites it once it exists."""
        channel = self._core.workspace.add_channel(name, members, private=private)
        self._core.events.channel_created(channel)
        if with_app:
            self.add_app(channel.id)
        return channel.id

    def add_app(self, channel: str, app: str | None = None, inviter: str | None = None) -> None:
        """Invite the app to a channel."""
        place = self._core.workspace.channel(channel)
        bot = self._core.workspace.the_app(app).installation.bot_user_id
        self._join(place, bot, inviter or place.creator)

    def remove_app(self, channel: str, app: str | None = None) -> None:
        """Remove the app from a channel."""
        bot = self._core.workspace.the_app(app).installation.bot_user_id
        self._leave(self._core.workspace.channel(channel), bot)

    def joins(self, user: str, channel: str, inviter: str | None = None) -> None:
        """A person joins a channel (into a private one, by invitation)."""
        self._join(self._core.workspace.channel(channel), self._person(user).id, inviter)

    def leaves(self, user: str, channel: str) -> None:
        """A person leaves a channel."""
        self._leave(self._core.workspace.channel(channel), self._person(user).id)

    def rename_channel(self, channel: str, name: str) -> None:
        """Rename a channel."""
        place = self._core.workspace.channel(channel)
        place.name = name
        self._core.events.channel_renamed(place)
        self._core.workspace.feed.add("channel_changed", channel=place.id)

    def archive_channel(self, channel: str, user: str | None = None) -> None:
        """Archive a channel."""
        place = self._core.workspace.channel(channel)
        place.archived = True
        self._core.events.channel_archived(place, user or place.creator)
        self._core.workspace.feed.add("channel_changed", channel=place.id)

    def unarchive_channel(self, channel: str, user: str | None = None) -> None:
        """Take a channel out of the archive. That its members stay in it is believed."""
        place = self._core.workspace.channel(channel)
        place.archived = False
        self._core.events.channel_unarchived(place, user or place.creator)
        self._core.workspace.feed.add("channel_changed", channel=place.id)

    def delete_channel(self, channel: str, user: str | None = None) -> None:
        """Delete a channel, with all that was said in it."""
        place = self._core.workspace.channel(channel)
        self._core.events.channel_deleted(place, user or place.creator)
        del self._core.workspace.channels[place.id]
        self._core.workspace.feed.add("channel_changed", channel=place.id)

    def uninstall(self, app: str | None = None) -> None:
        """Remove the app from the workspace; its tokens stop working at once."""
        the_app = self._core.workspace.the_app(app)
        self._core.events.uninstalled(the_app)
        self._core.workspace.withdraw(the_app)

    def _join(self, place: Channel, user: str, inviter: str | None) -> None:
        if user in place.members:
            return
        place.members.append(user)
        self._core.events.member_joined(place, user, inviter)
        self._core.workspace.feed.add("joined", channel=place.id, user=user)

    def _leave(self, place: Channel, user: str) -> None:
        if user not in place.members:
            raise NotPossible(f"{user} is not in {place.name}")
        if place.is_direct:
            raise NotPossible("direct messages are not left")
        apps = self._core.events.apps_in(place)
        place.members.remove(user)
        self._core.events.member_left(place, user, apps)
        self._core.workspace.feed.add("left", channel=place.id, user=user)

    # Talking

    def say(
        self, user: str, text: str, channel: str | None = None, thread_ts: str | None = None
    ) -> Json:
        """Write in a channel, or to the app in the direct message with it."""
        person = self._person(user)
        place = self._writable(person, channel)
        message = self._core.messages.post(place, person.id, text, thread_ts=thread_ts)
        return self._core.messages.seen(message)

    def _writable(self, person: User, channel: str | None) -> Channel:
        workspace = self._core.workspace
        if channel is None:
            app = workspace.the_app()
            if not app.messages_tab or app.messages_tab_read_only:
                raise NotPossible("Sending messages to this app has been turned off.")
            place = workspace.open_dm(app, person.id)
        else:
            place = workspace.channel(channel)
        if person.id not in place.members:
            raise NotPossible(f"{person.name} is not in {place.name}")
        if place.archived:
            raise NotPossible(f"{place.name} is archived")
        return place

    def edit(self, user: str, channel: str, ts: str, text: str) -> Json:
        """Edit a message of one's own."""
        message = self._own(user, channel, ts)
        self._core.messages.change(message, user, text=text)
        return self._core.messages.seen(message)

    def delete(self, user: str, channel: str, ts: str) -> None:
        """Delete a message of one's own."""
        self._core.messages.delete(self._own(user, channel, ts))

    def react(self, user: str, channel: str, ts: str, name: str) -> None:
        """Put an emoji on a message, by its name."""
        self._reacting(self._core.reactions.add, user, channel, ts, name)

    def unreact(self, user: str, channel: str, ts: str, name: str) -> None:
        """Take one's emoji back from a message."""
        self._reacting(self._core.reactions.remove, user, channel, ts, name)

    def _reacting(
        self, act: Callable[[Message, str, str], None], user: str, channel: str, ts: str, name: str
    ) -> None:
        person, place = self._person(user), self._core.workspace.channel(channel)
        message = self._core.messages.find(place.id, ts)
        if message is None or person.id not in place.members:
            raise LookupError(f"{person.name} sees no message {ts} in {channel}")
        if place.archived:
            raise NotPossible(f"{place.name} is archived")
        try:
            act(message, person.id, name)
        except SlackError as refusal:
            raise NotPossible(_SENTENCES[refusal.code].format(name=name)) from None

    def upload(
        self,
        user: str,
        channel: str | None,
        name: str,
        content: bytes,
        mimetype: str = "",
        thread_ts: str | None = None,
        text: str = "",
    ) -> Json:
        """Share a file, with or without words; into the DM with the app where no channel is given.

        `mimetype` where it is known better than from the name.
        """
        place = self._writable(self._person(user), channel)
        files = self._core.files
        file = files.reserve(user, name, len(content))
        files.fill(file, content, mimetype)
        file.complete = True
        message = self._core.messages.post(
            place, user, text, thread_ts=thread_ts, files=[files.shown(file, place)]
        )
        files.shared(file, place, message.ts)
        return self._core.messages.seen(message)

    def _own(self, user: str, channel: str, ts: str) -> Any:
        message = self._core.messages.find(self._core.workspace.channel(channel).id, ts)
        if message is None or message.user != self._person(user).id:
            raise NotPossible("people can change only their own messages")
        return message

    # The App Home

    async def opens_home(self, user: str, app: str | None = None, wait: float = 0.0) -> Json | None:
        """Open the app's Home tab: the view published by the time the app has been told.

        An app may publish a moment after it has acknowledged; `wait` seconds are given to it.
        """
        person = self._person(user)
        the_app = self._core.workspace.the_app(app)
        if not the_app.home_tab:
            raise NotPossible("the app has no Home tab")
        modals, feed = self._core.modals, self._core.workspace.feed
        before = modals.home(the_app, person.id)
        hash_before = before.hash if before else None
        channel = self._core.workspace.open_dm(the_app, person.id)
        shown = modals.shown(before) if before else None
        feed.add("home_opened", user=person.id)
        seq = feed.seq
        told = self._core.events.home_opened(the_app, person.id, channel.id, shown)
        if told is not None:
            await told.wait()
        home = modals.home(the_app, person.id)
        while wait and (home.hash if home else None) == hash_before:
            news = await feed.wait(seq, wait)
            if not news:
                break
            seq = news[-1]["seq"]
            home = modals.home(the_app, person.id)
        return modals.shown(home) if home else None

    def _person(self, user: str) -> User:
        person = self._core.workspace.person(user)
        if person.deleted:
            raise NotPossible(f"{person.name} is deactivated")
        return person
