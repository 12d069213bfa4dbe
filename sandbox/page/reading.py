"""What each person has read, place by place: the unread marks, kept on the server."""

from __future__ import annotations

from collections.abc import Iterable

from sandbox.core import Core
from sandbox.records import Channel, Message

__all__ = ["Reading"]


class Reading:
    """Who has read how far. One's own messages count as read; replies in threads don't count."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._read: dict[tuple[str, str], float] = {}

    def up_to(self, user: str, channel: str) -> float:
        """The `ts`, as a number, of the last message that the person has read there; or 0."""
        return self._read.get((user, channel), 0.0)

    def read(self, user: str, channel: str, ts: str) -> None:
        """The person has read as far as `ts`; the feed hears of it where that is further."""
        if float(ts) > self.up_to(user, channel):
            self._read[user, channel] = float(ts)
            self._core.workspace.feed.add("read", user=user, channel=channel, ts=ts)

    def all_read(self) -> None:
        """Everybody has read everything so far."""
        now = self._core.workspace.clock.next_ts()
        for channel in self._core.workspace.channels.values():
            for user in channel.members:
                self._read[user, channel.id] = float(now)

    def unread(self, user: str, channel: Channel) -> list[Message]:
        """What the person has not read there yet, oldest first."""
        read = self.up_to(user, channel.id)
        whispered = self._core.messages.ephemerals(user, channel.id)
        stored: Iterable[Message] = self._core.messages.newest_first(channel.id)
        found = [m for m in whispered if float(m.ts) > read]
        for message in stored:
            if float(message.ts) <= read:
                break
            if message.user != user and (message.broadcast or not message.is_reply):
                found.append(message)
        return sorted(found, key=lambda message: float(message.ts))
