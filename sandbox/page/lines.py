"""Messages as HTML, one under the other."""

from __future__ import annotations

import zlib
from datetime import timedelta
from typing import Any

from markupsafe import Markup

from sandbox.core import Core
from sandbox.emoji import emoji
from sandbox.page.drawing.blocks import blocks
from sandbox.page.drawing.dates import clock_of, day_of
from sandbox.page.drawing.eyes import Eyes
from sandbox.page.drawing.mrkdwn import mrkdwn
from sandbox.page.reading import Reading
from sandbox.page.rendering import template
from sandbox.people import People
from sandbox.records import Json, Message

__all__ = ["Lines"]

_TOGETHER_SECONDS = 300.0
_FACES = 6


class Lines:
    """Draws messages for whoever looks."""

    def __init__(self, core: Core, people: People, reading: Reading) -> None:
        self._core = core
        self._people = people
        self._reading = reading

    def divider(self, eyes: Eyes, message: Message, above: Message | None) -> Markup:
        """The day, where a message is the first of it."""
        day = eyes.local(float(message.ts)).date()
        if above is not None and eyes.local(float(above.ts)).date() == day:
            return Markup()
        # Not "today": the clock moves on, and the page stays open.
        words = f"{day:%A}, {day.day} {day:%B}"
        if day.year != eyes.local(self._core.workspace.clock.seconds()).year:
            words += f" {day.year}"
        return Markup('<h2 class="day" data-day="{}"><span>{}</span></h2>').format(day, words)

    def new_since(self, eyes: Eyes, read: float) -> Markup:
        """What stands before the first message that is new to the person, who read up to `read`."""
        at = eyes.local(read)
        words = f"New since {at:%A}, {at.day} {at:%B}, {at:%H:%M}"
        return Markup('<p class="new-since" id="new"><span>{}</span></p>').format(words)

    def line(
        self, eyes: Eyes, message: Message, above: Message | None, *, aside: bool = False
    ) -> Markup:
        """One message, under `above`; `aside`, in its thread."""
        within = f"{'t' if aside else 'm'}-{message.ts}"
        author = eyes.workspace.users.get(message.user)
        name = author.name if author else message.user
        drawn = template("message.html").render(
            message=message,
            within=within,
            aside=aside,
            author=name,
            initials=_initials(name),
            face=zlib.crc32(message.user.encode()) % _FACES + 1,
            is_app=message.app_id is not None,
            own=message.user == eyes.viewer.id,
            together=_together(message, above) and not self._new_day(eyes, message, above),
            at=eyes.local(float(message.ts)),
            clock=clock_of(message.ts, eyes),
            day=day_of(message.ts, eyes),
            body=self._body(eyes, message, within),
            attachments=[self._attachment(eyes, one, within) for one in message.attachments],
            reactions=_reactions(eyes, message),
            replies=self._replies(eyes, message) if not aside else None,
            viewer=eyes.viewer.id,
            shortcuts=self._shortcuts() if not message.ephemeral_to else [],
        )
        return Markup(drawn)

    def _body(self, eyes: Eyes, message: Message, within: str) -> Markup:
        if message.blocks:
            state = self._people.chosen(eyes.viewer.id, message.channel, message.ts)
            return blocks(message.blocks, eyes, state, within=within, text=message.text)
        return mrkdwn(message.text, eyes) if message.text else Markup()

    def _attachment(self, eyes: Eyes, attachment: Json, within: str) -> Markup:
        if attachment.get("blocks"):
            return blocks(attachment["blocks"], eyes, None, within=f"{within}-a")
        words = attachment.get("text") or attachment.get("fallback") or ""
        return mrkdwn(str(words), eyes)

    def _replies(self, eyes: Eyes, message: Message) -> Json | None:
        if message.is_reply or message.ephemeral_to:
            return None
        replies = self._core.messages.replies_to(message.channel, message.ts)
        if not replies:
            return None
        count = "1 reply" if len(replies) == 1 else f"{len(replies)} replies"
        at = eyes.local(float(replies[-1].ts))
        unread = self._reading.unread_replies(eyes.viewer.id, message.channel, message.ts)
        return {
            "count": count,
            "unread": len(unread),
            "last": self._when(eyes, replies[-1].ts),
            "at": f"{at:%Y-%m-%dT%H:%M}",
        }

    def _shortcuts(self) -> list[tuple[str, Json]]:
        return [
            (app.name, shortcut)
            for app in self._core.workspace.active_apps()
            for shortcut in app.shortcuts
            if shortcut["type"] == "message"
        ]

    def _when(self, eyes: Eyes, ts: str) -> str:
        """How one says when that was: `today 09:12`, `Tuesday 09:12`, `3 November 09:12`."""
        at = eyes.local(float(ts))
        today = eyes.local(self._core.workspace.clock.seconds()).date()
        ago = today - at.date()
        if ago == timedelta():
            day = "today"
        elif ago == timedelta(days=1):
            day = "yesterday"
        elif timedelta() < ago < timedelta(days=7):
            day = f"{at:%A}"
        else:
            day = f"{at.day} {at:%B}"
        return f"{day} {at:%H:%M}"

    @staticmethod
    def _new_day(eyes: Eyes, message: Message, above: Message | None) -> bool:
        if above is None:
            return True
        return eyes.local(float(above.ts)).date() != eyes.local(float(message.ts)).date()


def _together(message: Message, above: Message | None) -> bool:
    """Whether it goes on where the same author left off."""
    return (
        above is not None
        and above.user == message.user
        and not (above.ephemeral_to or message.ephemeral_to)
        and not message.broadcast
        and float(message.ts) - float(above.ts) < _TOGETHER_SECONDS
    )


def _reactions(eyes: Eyes, message: Message) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "face": emoji(name) or f":{name}:",
            "count": len(who),
            "mine": eyes.viewer.id in who,
            "who": ", ".join("you" if one == eyes.viewer.id else eyes.person(one) for one in who),
        }
        for name, who in message.reactions.items()
        if who
    ]


def _initials(name: str) -> str:
    words = name.split()
    return "".join(
        word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)
    ).upper()
