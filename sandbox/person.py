"""A simulated person: what somebody at a Slack client can see and do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sandbox.seen import Outcome, SeenMessage

if TYPE_CHECKING:
    from sandbox.control import Control

View = Mapping[str, Any]


@dataclass(frozen=True)
class Person:
    """Somebody in the workspace. All acts go over HTTP to the sandbox.

    `wait` on an act: up to how many seconds to wait for a modal or an answer when the app
    acknowledges before it has shown one. None means the control client's `patience`.
    """

    id: str
    name: str
    _control: Control = field(repr=False, compare=False)

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

    # Meeting the app

    async def press(
        self,
        message: SeenMessage,
        label: str | None = None,
        *,
        action_id: str | None = None,
        block_id: str | None = None,
        value: Any = None,
        wait: float | None = None,
    ) -> Outcome:
        """Press the button, or choose the menu option, with that label.

        With `action_id` (and `value` for what is chosen: an option, a user id, an ISO date)
        anything in a message can be worked. LookupError where there is no such thing, or several.
        """
        return await self._act(
            "press",
            channel=message.channel,
            ts=message.ts,
            label=label,
            action_id=action_id,
            block_id=block_id,
            value=_plain(value),
            wait=self._wait(wait),
        )

    async def press_in_view(
        self,
        view: View,
        label: str | None = None,
        *,
        action_id: str | None = None,
        block_id: str | None = None,
        value: Any = None,
        values: Mapping[str, Any] | None = None,
        wait: float | None = None,
    ) -> Outcome:
        """Press or choose in a modal or the Home tab; `values` are typed in before."""
        return await self._act(
            "press_in_view",
            view_id=view["id"],
            label=label,
            action_id=action_id,
            block_id=block_id,
            value=_plain(value),
            values=_plain(values),
            wait=self._wait(wait),
        )

    async def seeks(self, view: View, key: str, typed: str) -> list[str]:
        """What a menu offers as one types, where its options are asked of the app."""
        found: list[str] = await self._control.call(
            "seek", user_id=self.id, view_id=view["id"], key=key, typed=typed
        )
        return found

    async def changes(
        self, view: View, key: str, value: Any, *, wait: float | None = None
    ) -> Outcome:
        """Fill one input of a modal in (named as in `submit`), without submitting it.

        The app hears of it where the input says `dispatch_action`: a text's as by Enter.
        """
        return await self._act(
            "change",
            view_id=view["id"],
            key=key,
            value=_plain(value),
            wait=self._wait(wait),
        )

    async def submit(
        self, view: View, values: Mapping[str, Any] | None = None, *, wait: float | None = None
    ) -> Outcome:
        """Fill in a modal and submit it.

        Keys of `values` are labels, block ids or action ids; values are text, an option's label or
        value, ids, ISO dates, lists of these, or None for nothing. What the app put in at first
        stays unless given.
        """
        return await self._act(
            "submit",
            view_id=view["id"],
            values=_plain(values or {}),
            wait=self._wait(wait),
        )

    async def close(self, view: View) -> Outcome:
        """Close a modal; the app hears of it where the view says `notify_on_close`."""
        return await self._act("close", view_id=view["id"])

    async def shortcut(
        self, name: str, message: SeenMessage | None = None, *, wait: float | None = None
    ) -> Outcome:
        """Use a shortcut, by callback id or name: on a message, else the global one."""
        return await self._act(
            "shortcut",
            name=name,
            channel=message.channel if message else None,
            ts=message.ts if message else None,
            wait=self._wait(wait),
        )

    async def command(
        self,
        command: str,
        text: str = "",
        *,
        channel: str | None = None,
        wait: float | None = None,
    ) -> Outcome:
        """Type a slash command in a channel, or in the DM with the app."""
        return await self._act(
            "command", command=command, text=text, channel=channel, wait=self._wait(wait)
        )

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

    # Within

    async def _sees(self, channel: str | None) -> list[SeenMessage]:
        found = await self._do("sees", channel=channel)
        return [SeenMessage.of(message) for message in found]

    async def _act(self, verb: str, **arguments: Any) -> Outcome:
        return Outcome.of(await self._control.call(verb, user_id=self.id, **arguments))

    async def _do(self, verb: str, **arguments: Any) -> Any:
        return await self._control.call(verb, user=self.id, **arguments)

    def _wait(self, wait: float | None) -> float:
        return self._control.patience if wait is None else wait


def _plain(value: Any) -> Any:
    """`value` as JSON: a `Person` as the id."""
    if isinstance(value, Person):
        return value.id
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
