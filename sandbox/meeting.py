"""How a simulated person meets the app: pressing, filling in, shortcuts, commands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.caller import Caller
from sandbox.seen import Outcome, SeenMessage

ShownView = Mapping[str, Any]
"""A view as apps and people are shown it: a view object of Slack's."""


@dataclass(frozen=True)
class Meeting:
    """Somebody who meets the app.

    `wait` on an act: up to how many seconds to wait for a modal or an answer when the app
    acknowledges before it has shown one. None means the control client's `patience`.
    """

    id: str
    name: str
    _control: Caller = field(repr=False, compare=False)

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
        view: ShownView,
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

    async def seeks(self, view: ShownView, key: str, typed: str) -> list[str]:
        """What a menu offers as one types, where its options are asked of the app."""
        found: list[str] = await self._control.call(
            "seek", user_id=self.id, view_id=view["id"], key=key, typed=typed
        )
        return found

    async def changes(
        self, view: ShownView, key: str, value: Any, *, wait: float | None = None
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
        self, view: ShownView, values: Mapping[str, Any] | None = None, *, wait: float | None = None
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

    async def close(self, view: ShownView) -> Outcome:
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

    # Within

    async def _act(self, verb: str, **arguments: Any) -> Outcome:
        return Outcome.of(await self._control.call(verb, user_id=self.id, **arguments))

    async def _do(self, verb: str, **arguments: Any) -> Any:
        return await self._control.call(verb, user=self.id, **arguments)

    def _wait(self, wait: float | None) -> float:
        return self._control.patience if wait is None else wait


def _plain(value: Any) -> Any:
    """`value` as JSON: a `Person` as the id."""
    if isinstance(value, Meeting):
        return value.id
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
