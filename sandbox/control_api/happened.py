"""Verbs that ask what happened, and what is there now."""

from __future__ import annotations

import base64

from sandbox.core import Core
from sandbox.errors import NotPossible
from sandbox.records import Channel, Json, Message

__all__ = ["Happened"]


class Happened:
    """They change nothing."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def calls(self, method: str | None = None) -> list[Json]:
        """The Web API calls, or those of one method."""
        return [call for call in self._core.calls if method in (None, call["method"])]

    def events(self) -> list[Json]:
        """What was sent to apps, interactions and commands too."""
        return list(self._core.delivery.log)

    def messages(self, channel: str | None = None, with_replies: bool = True) -> list[Json]:
        """All messages, or a channel's, oldest first; ephemeral ones among them."""
        wanted = self._core.workspace.channel(channel).id if channel else None
        found = [
            message
            for message in [*self._core.messages, *self._core.messages.ephemerals()]
            if wanted in (None, message.channel) and (with_replies or not message.is_reply)
        ]
        return self._shown(found)

    def sees(self, user: str, channel: str | None = None) -> list[Json]:
        """What a person sees in a channel, or in the direct message with the app."""
        place = self._place(user, channel)
        if place is None:
            return []
        if user not in place.members:
            raise NotPossible(f"{user} is not in {place.name}")
        messages = self._core.messages
        return self._shown([*messages.of(place.id), *messages.ephemerals(user, place.id)])

    def _place(self, user: str, channel: str | None) -> Channel | None:
        workspace = self._core.workspace
        if channel is not None:
            return workspace.channel(channel)
        return workspace.dm(workspace.the_app(), workspace.person(user).id)

    def _shown(self, messages: list[Message]) -> list[Json]:
        messages.sort(key=lambda message: float(message.ts))
        return [self._core.messages.seen(message) for message in messages]

    def views(self, user: str) -> list[Json]:
        """A person's open modals, the one on top last."""
        stack = self._core.modals.stack(self._core.workspace.person(user).id)
        return [self._core.modals.shown(view) for view in stack]

    def file(self, file: str) -> str:
        """The bytes of a file, in base64."""
        return base64.b64encode(self._core.files.get(file).content).decode()
