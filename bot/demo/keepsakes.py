"""One prompt, its form, the channel's line, a summary and a digest, kept as they were shown."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.demo.company import CHANNEL
from bot.demo.paper import as_text, read
from bot.demo.posts import Post, posts
from bot.demo.stage import Stage
from bot.demo.telling import when, wrapped
from coaching.delivery import DeliveryKind

__all__ = ["Keepsakes"]

_TUESDAY = 1
_INDENT = "    "


class Keepsakes:
    """Of the week that begins at `since`."""

    def __init__(self, stage: Stage, since: datetime) -> None:
        self._stage = stage
        self._since = since
        self._line = ""

    async def look(self) -> None:
        """Keep the channel's line as it stands on Tuesday: later it only says that it is closed."""
        now = self._stage.now()
        if now < self._since or now.weekday() != _TUESDAY:
            return
        for post, message in await posts(self._stage):
            if post.kind is DeliveryKind.PROGRESS and when(message["ts"]) >= self._since:
                self._line = _part(
                    f"In #{CHANNEL}, {_day(now)} {now:%H:%M}", read(message["blocks"])
                )

    async def transcript(self) -> str:
        """The whole, as plain text."""
        said = [post for post in await posts(self._stage) if when(post[1]["ts"]) >= self._since]
        parts = [*self._asked(), self._line, *_summary(said), *_digest(said)]
        return "\n\n".join(filter(None, parts)) + "\n"

    def _asked(self) -> Iterator[str]:
        for who, message, view in self._stage.witnessed:
            at = when(message.ts)
            if at >= self._since and at.weekday() == _TUESDAY and "Answer" in message.buttons:
                heading = f"A direct message to {who}, {_day(at)} {at:%H:%M}"
                yield _part(heading, read(message.blocks))
                yield _part("[Answer] opens this form", as_text(view))
                return


def _summary(said: list[Post]) -> Iterator[str]:
    """The last summary of what was heard, shortened by nothing."""
    for post, message in reversed(said):
        if post.kind is DeliveryKind.SUMMARY and when(message["ts"]).weekday() == _TUESDAY + 2:
            yield _message(f"In #{CHANNEL}, beneath that line", message)
            return


def _digest(said: list[Post]) -> Iterator[str]:
    for post, message in said:
        if post.kind is DeliveryKind.DIGEST:
            yield _message(f"In #{CHANNEL}", message)
        if post.kind is DeliveryKind.DIGEST_SECTION:
            yield _message("In its thread", message)


def _message(heading: str, message: Mapping[str, Any]) -> str:
    at = when(message["ts"])
    return _part(f"{heading}, {_day(at)} {at:%H:%M}", read(message["blocks"]))


def _part(heading: str, words: str) -> str:
    return f"{heading}\n\n{wrapped(words, _INDENT)}"


def _day(moment: datetime) -> str:
    return f"{moment:%A} {moment.day} {moment:%B}"
