"""What happens, told to one person's page as it happens: only what they may see."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator

from sse_starlette import ServerSentEvent

from sandbox.core import Core
from sandbox.page.guide import Guide
from sandbox.page.news import News
from sandbox.page.places import Places
from sandbox.page.showing import Showing
from sandbox.records import Channel, Json, Message, User

__all__ = ["Live"]

_LONGEST_WAIT = 30.0
_FAR_BEHIND = 500
"""Entries of the feed that a page missed from which it is quicker to draw it anew."""
_SIDE = frozenset(
    {
        "message_posted",
        "message_deleted",
        "ephemeral",
        "read",
        "joined",
        "left",
        "channel_added",
        "channel_changed",
        "app_installed",
        "app_removed",
    }
)
_HEAD = ("joined", "left", "channel_changed")
_WRITING = frozenset({"channel_changed", "app_installed", "app_removed"})
_CLOCK = frozenset({"clock_moved", "action_started", "action_ended"})
_GUIDE = frozenset({"step_done", "steps_dismissed", "steps_shown"})
_PEOPLE = frozenset({"person_added", "person_changed"})
_MODALS = ("view_opened", "view_pushed", "view_updated", "view_closed", "submission_refused")


class Live:
    """The stream of events of one page. Each carries its HTML, so nothing is asked for twice."""

    def __init__(
        self, core: Core, places: Places, showing: Showing, guide: Guide, news: News
    ) -> None:
        self._core = core
        self._places = places
        self._showing = showing
        self._guide = guide
        self._news = news

    async def greeting(self, run: str) -> AsyncIterator[ServerSentEvent]:
        """Only `hello`, by which a page can tell whether it is of this run."""
        yield _event("hello", self._core.workspace.feed.seq, {"run": run})

    async def events(self, user: User, after: int, run: str) -> AsyncIterator[ServerSentEvent]:
        """What happens after entry number `after`, until the server stops.

        First comes `hello`, and it alone (`late`) to a page that has missed too much.
        """
        feed = self._core.workspace.feed
        seq = min(after, feed.seq)
        late = feed.seq - seq > _FAR_BEHIND
        yield _event("hello", seq, {"run": run, "late": late})
        while not (feed.closed or late):
            entries = await feed.wait(seq, _LONGEST_WAIT)
            if not entries:
                continue
            at = self._core.workspace.wall() * 1000
            seq = entries[-1]["seq"]
            for name, data in self._told(user, entries):
                yield _event(name, seq, {"seq": seq, "at": at, **data})

    def _told(self, user: User, entries: list[Json]) -> Iterator[tuple[str, Json]]:
        kinds = {entry["kind"] for entry in entries}
        yield from self._messages(user, [e for e in entries if self._places.hears(user, e)])
        own = [entry for entry in entries if entry.get("user") == user.id]
        read = [entry for entry in own if entry["kind"] == "read" and entry["thread_ts"]]
        yield from self._roots(user, {(entry["channel"], entry["thread_ts"]) for entry in read})
        if any(entry["kind"] in _MODALS for entry in own):
            yield "modals", {"html": self._showing.modals(user)}
        if any(entry["kind"] in ("home_published", "view_updated") for entry in own):
            for place in self._places.homes():
                yield "home", {"place": place.at, "html": self._showing.home(user, place)}
        for channel in {e["channel"] for e in entries if e["kind"] in _HEAD}:
            where = self._places.find(user, channel)
            if where is not None and where.kind == "channel":
                yield "head", {"channel": channel, "html": self._showing.head(user, where)}
        if kinds & _WRITING:
            there = self._places.all_of(user)
            closed = [one.channel.id for one in there if one.channel and self._showing.closed(one)]
            yield "closed", {"channels": closed}
        if kinds & _SIDE:
            yield "side", {"html": self._showing.side(user, None)}
        if kinds & _CLOCK:
            yield "clock", {"html": self._showing.clock(user)}
        if "action_ended" in kinds:
            yield "news", {"html": self._news.of(user)}
        if kinds & _PEOPLE:
            yield "people", {"html": self._showing.actors(user)}
        if kinds & _GUIDE:
            yield "guide", {"html": self._guide.draw()}

    # Messages

    def _messages(self, user: User, entries: list[Json]) -> Iterator[tuple[str, Json]]:
        """Each message once, as it is now; and what stands by it and changes with it."""
        posted = {e["ts"] for e in entries if e["kind"] in ("message_posted", "ephemeral")}
        for channel_id, ts in dict.fromkeys((e["channel"], e["ts"]) for e in entries):
            channel = self._core.workspace.channels[channel_id]
            message = self._places.message(user, channel, ts)
            if message is None:
                yield "gone", {"channel": channel_id, "ts": ts}
                following = self._places.following(user, channel, ts)
                if following is not None:
                    yield "message", self._message(user, channel, following, new=False)
            else:
                yield "message", self._message(user, channel, message, new=ts in posted)
        roots = {(e["channel"], e["thread_ts"]) for e in entries if e.get("thread_ts")}
        yield from self._roots(user, roots)

    def _roots(self, user: User, roots: set[tuple[str, str]]) -> Iterator[tuple[str, Json]]:
        """Messages under which something is told of their threads."""
        for channel_id, ts in roots:
            channel = self._core.workspace.channels[channel_id]
            root = self._places.message(user, channel, ts)
            if root is not None:
                yield "message", self._message(user, channel, root, new=False)

    def _message(self, user: User, channel: Channel, message: Message, *, new: bool) -> Json:
        listed = message.broadcast or not message.is_reply
        above = self._places.previous(user, channel, message.ts) if listed else None
        draw = self._showing.line
        return {
            "channel": channel.id,
            "ts": message.ts,
            "thread_ts": message.thread_ts,
            "new": new,
            "own": message.user == user.id,
            "day": self._showing.divider(user, message, above) if listed else "",
            "html": draw(user, message, above) if listed else "",
            "aside": self._aside(user, channel, message),
        }

    def _aside(self, user: User, channel: Channel, message: Message) -> str:
        """It in its thread, beside the place: what starts no thread yet may be open there too."""
        above = None
        if message.is_reply:
            thread = self._places.thread(user, channel, str(message.thread_ts))[1:]
            earlier = [one for one in thread if float(one.ts) < float(message.ts)]
            above = earlier[-1] if earlier else None
        return self._showing.line(user, message, above, aside=True)


def _event(name: str, seq: int, data: Json) -> ServerSentEvent:
    return ServerSentEvent(data=json.dumps(data), event=name, id=str(seq))
