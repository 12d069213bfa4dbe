"""Where a person can go, and what they see there. Whatever the page shows passes through here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from typing import Literal

from sandbox.core import Core
from sandbox.records import App, Channel, Json, Message, User

__all__ = ["PAGE", "Place", "Places"]

PAGE = 50
"""How many messages are shown at first, and how many are added at a time."""

_LONGEST = 1000
_ABOUT_MESSAGES = frozenset(
    {
        "message_posted",
        "message_updated",
        "message_deleted",
        "ephemeral",
        "reaction_added",
        "reaction_removed",
    }
)


@dataclass(frozen=True)
class Place:
    """A channel, the direct message with an app, or an app's Home tab.

    `at` is how the address names it. A direct message that was never opened has no channel yet.
    """

    kind: Literal["channel", "dm", "home"]
    at: str
    name: str
    channel: Channel | None = None
    app: App | None = None

    @property
    def title(self) -> str:
        """What stands above it."""
        return f"#{self.name}" if self.kind == "channel" else self.name


@dataclass(frozen=True)
class Stretch:
    """Some messages of a place, oldest first, and whether there are older ones."""

    messages: list[Message]
    more: bool


class Places:
    """What there is in the workspace for one person or another."""

    def __init__(self, core: Core) -> None:
        self._core = core

    # Where to go

    def channels(self, user: User) -> list[Place]:
        """The channels the person is in, by name."""
        found = [
            Place("channel", channel.id, channel.name, channel)
            for channel in self._core.workspace.channels.values()
            if channel.kind != "im" and user.id in channel.members
        ]
        return sorted(found, key=lambda place: place.name)

    def direct(self, user: User) -> list[Place]:
        """The direct messages with the apps; those of an app uninstalled only where there is one.

        An app without a Messages tab has none, whatever was said in it.
        """
        found = []
        for app in self._core.workspace.apps.values():
            channel = self._core.workspace.dm(app, user.id)
            if app.messages_tab and (app.active or channel):
                found.append(Place("dm", channel.id if channel else app.id, app.name, channel, app))
        return found

    def homes(self) -> list[Place]:
        """The Home tabs: of the first app at `home`, of any other at `home:` and its id."""
        apps = [app for app in self._core.workspace.active_apps() if app.home_tab]
        return [
            Place("home", "home" if number == 0 else f"home:{app.id}", app.name, app=app)
            for number, app in enumerate(apps)
        ]

    def all_of(self, user: User) -> list[Place]:
        """Everywhere the person can go."""
        return [*self.channels(user), *self.direct(user), *self.homes()]

    def find(self, user: User, at: str) -> Place | None:
        """The place of that address, if the person may see it.

        A direct message is named by the app's id as well, or by somebody else's channel with the
        same app: who acts as another stays with the app, each in their own conversation.
        """
        for place in self.all_of(user):
            if at == place.at or (place.kind == "dm" and place.app and at == place.app.id):
                return place
        other = self._core.workspace.channels.get(at)
        if other is not None and other.kind == "im":
            return next((p for p in self.direct(user) if p.app and p.app.id == other.app_id), None)
        return None

    def opened(self, user: User, place: Place) -> Place:
        """The place, entered: a direct message has its channel from then on."""
        if place.kind != "dm" or place.channel is not None or place.app is None:
            return place
        channel = self._core.workspace.open_dm(place.app, user.id)
        return replace(place, at=channel.id, channel=channel)

    def people(self) -> list[User]:
        """Everybody who can be acted as, in the order in which they came."""
        return [
            user
            for user in self._core.workspace.users.values()
            if user.app_id is None and not user.deleted
        ]

    # What is there

    def messages(
        self,
        user: User,
        channel: Channel,
        *,
        before: str | None = None,
        reaching: str | None = None,
        count: int = PAGE,
    ) -> Stretch:
        """The last `count` messages of a channel's main list (before a `ts`, if given).

        `reaching` a `ts`, there are as many as it takes to hold that message, up to a thousand.
        """
        listed = self._back(user, channel)
        if before is not None:
            listed = (m for m in listed if float(m.ts) < float(before))
        if reaching is not None:
            held = list(islice(listed, _LONGEST))
            wanted = sum(1 for _ in takewhile(lambda m: float(m.ts) >= float(reaching), held))
            listed, count = iter(held), max(count, wanted + 5)
        found = list(islice(listed, count + 1))
        return Stretch(found[:count][::-1], len(found) > count)

    def previous(self, user: User, channel: Channel, ts: str) -> Message | None:
        """The message above this one in the main list."""
        return next((m for m in self._back(user, channel) if float(m.ts) < float(ts)), None)

    def following(self, user: User, channel: Channel, ts: str) -> Message | None:
        """The message below this one (or below where it was) in the main list."""
        newer = list(takewhile(lambda m: float(m.ts) > float(ts), self._back(user, channel)))
        return newer[-1] if newer else None

    def thread(self, user: User, channel: Channel, ts: str) -> list[Message]:
        """A message and its replies, oldest first; nothing where there is no such message."""
        root = self.message(user, channel, ts)
        if root is None or root.is_reply:
            return []
        whispered = [
            m for m in self._core.messages.ephemerals(user.id, channel.id) if m.thread_ts == ts
        ]
        replies = [*self._core.messages.replies_to(channel.id, ts), *whispered]
        return [root, *sorted((m for m in replies if m is not root), key=_moment)]

    def message(self, user: User, channel: Channel, ts: str) -> Message | None:
        """One message, if the person sees it."""
        if user.id not in channel.members:
            return None
        messages = self._core.messages
        return messages.find_ephemeral(channel.id, ts, user.id) or messages.find(channel.id, ts)

    def _back(self, user: User, channel: Channel) -> Iterator[Message]:
        """The main list from its newest back: no replies, but for those sent to the channel too."""
        stored: Iterable[Message] = self._core.messages.newest_first(channel.id)
        whispered = self._core.messages.ephemerals(user.id, channel.id)
        if whispered:
            stored = sorted([*stored, *whispered], key=_moment, reverse=True)
        return (m for m in stored if m.broadcast or not m.is_reply)

    # What of the news is theirs

    def hears(self, user: User, entry: Json) -> bool:
        """Whether an entry of the feed is about a message that the person sees."""
        if entry["kind"] not in _ABOUT_MESSAGES:
            return False
        channel = self._core.workspace.channels.get(entry["channel"])
        if channel is None or user.id not in channel.members:
            return False
        return entry.get("to") in (None, user.id)


def _moment(message: Message) -> float:
    return float(message.ts)
