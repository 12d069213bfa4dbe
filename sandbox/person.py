"""A simulated person: what somebody at a Slack client can see and do."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.meeting import Meeting
from sandbox.seen import SeenMessage


@dataclass(frozen=True)
class Person(Meeting):
    """Somebody in the workspace. All acts go over HTTP to the sandbox."""

    # Seeing

    async def dms(self) -> list[SeenMessage]:
        """The direct message with the app, oldest first."""
        return await self._sees(None)

    async def sees(self, channel: str) -> list[SeenMessage]:
        """A channel with its threads, oldest first, ephemeral messages to this person among it."""
        return await self._sees(channel)

    async def waits_for(
        self,
        matches: Callable[[SeenMessage], object] = lambda message: True,
        *,
        channel: str | None = None,
        seconds: float = 5.0,
    ) -> SeenMessage:
        """The newest message that matches, in the DM or a channel; TimeoutError after `seconds`."""
        async with asyncio.timeout(seconds):
            seq = await self._control.seq()
            while True:
                for message in reversed(await self._sees(channel)):
                    if matches(message):
                        return message
                seq = await self._control.news(seq)

    async def opens_home(self, *, wait: float | None = None) -> dict[str, Any] | None:
        """Open the app's Home tab; the published view, or None."""
        view: dict[str, Any] | None = await self._do("opens_home", wait=self._wait(wait))
        return view

    # Living in the workspace

    async def say(
        self, channel: str | None, text: str, thread_ts: str | None = None
    ) -> SeenMessage:
        """Write in a channel, or (None) to the app in the DM."""
        data = await self._do("say", channel=channel, text=text, thread_ts=thread_ts)
        return SeenMessage.of(data)

    async def edit(self, message: SeenMessage, text: str) -> SeenMessage:
        """Edit a message of one's own."""
        data = await self._do("edit", channel=message.channel, ts=message.ts, text=text)
        return SeenMessage.of(data)

    async def delete(self, message: SeenMessage) -> None:
        """Delete a message of one's own."""
        await self._do("delete", channel=message.channel, ts=message.ts)

    async def reacts(self, message: SeenMessage, name: str) -> None:
        """Put an emoji on a message, by its name (`tada`)."""
        await self._do("react", channel=message.channel, ts=message.ts, name=name)

    async def unreacts(self, message: SeenMessage, name: str) -> None:
        """Take one's emoji back."""
        await self._do("unreact", channel=message.channel, ts=message.ts, name=name)

    async def uploads(
        self,
        channel: str | None,
        name: str,
        content: bytes,
        *,
        text: str = "",
        mimetype: str = "",
        thread_ts: str | None = None,
    ) -> SeenMessage:
        """Share a file in a channel, or (None) with the app in the DM; `text` is said with it."""
        data = await self._do(
            "upload",
            channel=channel,
            name=name,
            content=base64.b64encode(content).decode(),
            text=text,
            mimetype=mimetype,
            thread_ts=thread_ts,
        )
        return SeenMessage.of(data)

    async def allows(self, authorize_url: str) -> str:
        """Allow an app at the address it sends people to; where the browser then goes."""
        return str(await self._do("allow_install", url=authorize_url))

    async def refuses(self, authorize_url: str) -> str:
        """Refuse an app at the address it sends people to; where the browser then goes."""
        return str(await self._do("refuse_install", url=authorize_url))

    async def joins(self, channel: str, inviter: Person | None = None) -> None:
        """Join a channel; `inviter` is who took them there."""
        await self._do("joins", channel=channel, inviter=inviter.id if inviter else None)

    async def leaves(self, channel: str) -> None:
        """Leave a channel."""
        await self._do("leaves", channel=channel)

    async def deactivated(self) -> None:
        """Have the account deactivated by an administrator."""
        await self._do("deactivate")

    async def status(self, text: str = "", emoji: str = "", until: datetime | None = None) -> None:
        """Set (or clear) the status, with the time at which it expires."""
        await self._do(
            "status", text=text, emoji=emoji, until=int(until.timestamp()) if until else 0
        )

    async def do_not_disturb(
        self, start: datetime | None = None, end: datetime | None = None
    ) -> None:
        """Set (or clear) the next Do Not Disturb hours."""
        await self._do(
            "do_not_disturb",
            start=int(start.timestamp()) if start else None,
            end=int(end.timestamp()) if end else None,
        )

    async def _sees(self, channel: str | None) -> list[SeenMessage]:
        found = await self._do("sees", channel=channel)
        return [SeenMessage.of(message) for message in found]
