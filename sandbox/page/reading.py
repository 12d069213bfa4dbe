"""What each person has read, place by place and thread by thread: the unread marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile

from sandbox.core import Core
from sandbox.records import Channel, Message

__all__ = ["Reading"]


class Reading:
    """Who has read how far. One's own messages count as read."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._read: dict[tuple[str, str], float] = {}
        self._threads: dict[tuple[str, str, str], float] = {}
        self._all_read = 0.0

    def up_to(self, user: str, channel: str) -> float:
        """The `ts`, as a number, of the last message that the person has read there; or 0."""
        return self._read.get((user, channel), 0.0)

    def read(self, user: str, channel: str, ts: str) -> None:
        """The person has read as far as `ts`; the feed hears of it where that is further.

        Who has read the last message of a place's main list knows of the replies since as well.
        """
        reached = float(ts)
        newer = self._core.messages.newest_first(channel)
        since = list(takewhile(lambda message: float(message.ts) > float(ts), newer))
        if since and all(map(_is_aside, since)):
            reached = float(since[0].ts)
        if reached > self.up_to(user, channel):
            self._read[user, channel] = reached
            self._core.workspace.feed.add("read", user=user, channel=channel, ts=ts, thread_ts=None)

    def read_thread(self, user: str, channel: str, root: str, ts: str) -> None:
        """The person has read the thread below `root` as far as `ts`; the feed hears of it."""
        if float(ts) > self._up_to_in_thread(user, channel, root):
            self._threads[user, channel, root] = float(ts)
            self._core.workspace.feed.add("read", user=user, channel=channel, ts=ts, thread_ts=root)

    def all_read(self) -> None:
        """Everybody has read everything so far."""
        self._all_read = float(self._core.workspace.clock.next_ts())
        for channel in self._core.workspace.channels.values():
            for user in channel.members:
                self._read[user, channel.id] = self._all_read

    def unread(self, user: str, channel: Channel) -> list[Message]:
        """What the person has not read in the main list yet, oldest first."""
        whispered = self._core.messages.ephemerals(user, channel.id)
        read = self.up_to(user, channel.id)
        found = [m for m in whispered if float(m.ts) > read]
        found += [m for m in self._news(user, channel) if not _is_aside(m)]
        return sorted(found, key=lambda message: float(message.ts))

    def unread_aside(self, user: str, channel: Channel) -> list[Message]:
        """Replies since the person was last there, in threads that they have a part in."""
        replies = [m for m in self._news(user, channel) if _is_aside(m)]
        theirs = {root for root in map(_root_of, replies) if self._has_a_part(user, channel, root)}
        return [
            reply
            for reply in replies
            if _root_of(reply) in theirs
            and float(reply.ts) > self._up_to_in_thread(user, channel.id, _root_of(reply))
        ]

    def unread_replies(self, user: str, channel: str, root: str) -> list[Message]:
        """What the person has not read in a thread yet, whosever it is; newest first."""
        read = self._up_to_in_thread(user, channel, root)
        replies: Iterable[Message] = reversed(self._core.messages.replies_to(channel, root))
        newer = takewhile(lambda reply: float(reply.ts) > read, replies)
        return [reply for reply in newer if reply.user != user]

    def _news(self, user: str, channel: Channel) -> Iterator[Message]:
        """What others have said there since, replies included, newest first."""
        read = self.up_to(user, channel.id)
        stored = self._core.messages.newest_first(channel.id)
        newer = takewhile(lambda message: float(message.ts) > read, stored)
        return (message for message in newer if message.user != user)

    def _up_to_in_thread(self, user: str, channel: str, root: str) -> float:
        return max(self._all_read, self._threads.get((user, channel, root), 0.0))

    def _has_a_part(self, user: str, channel: Channel, root: str) -> bool:
        """Whether somebody began a thread, wrote in it, or is mentioned in it."""
        first = self._core.messages.find(channel.id, root)
        thread = [first] if first else []
        thread += self._core.messages.replies_to(channel.id, root)
        return any(one.user == user or f"<@{user}>" in one.text for one in thread)


def _is_aside(message: Message) -> bool:
    """Whether it stands in its thread alone."""
    return message.is_reply and not message.broadcast


def _root_of(reply: Message) -> str:
    return str(reply.thread_ts)
