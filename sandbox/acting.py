"""What every act of a person has in common: who acts, and what came of it."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, dataclass, field
from typing import Any

from sandbox.core import Core
from sandbox.delivery import Receipt
from sandbox.errors import NotPossible
from sandbox.payloads import Payloads
from sandbox.records import App, Json, ResponseUrl, User

# Believed: the words of Slack's own client, as people who saw them report; no page lists them.
TROUBLE = "We had some trouble connecting. Try again?"
NOT_CONFIGURED = "This app is not configured to handle interactive responses."


@dataclass
class Outcome:
    """What came of an act, as plain data (see `sandbox.Outcome` for the meaning)."""

    accepted: bool = True
    view: Json | None = None
    errors: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    said: list[Json] = field(default_factory=list)
    status: int | None = None
    latency_ms: float = 0.0
    problem: str | None = None


class Acts:
    """Acts that the app is told of and answers."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._payloads = Payloads(core)

    def acting(self, user_id: str) -> User:
        """The person who acts; NotPossible for one who is deactivated."""
        user = self._core.workspace.person(user_id)
        if user.deleted:
            raise NotPossible(f"{user.name} is deactivated")
        return user

    def top(self, user: User) -> tuple[str, str] | None:
        """Which view the person looks at, and in which state of it."""
        view = self._core.modals.top(user.id)
        return (view.id, view.hash) if view else None

    async def interact(
        self, app: App, user: User, payload: Json, record: ResponseUrl | None, wait: float
    ) -> Json:
        """Send an interaction that asks for nothing but an acknowledgement."""
        before = self.top(user)
        if not app.interactivity:
            return asdict(Outcome(accepted=False, problem=NOT_CONFIGURED))
        receipt, milliseconds = await self._core.delivery.interact(app, "interactive", payload)
        return await self.finished(outcome_of(receipt, milliseconds), user, before, record, wait)

    async def finished(
        self,
        outcome: Outcome,
        user: User,
        before: tuple[str, str] | None,
        record: ResponseUrl | None,
        wait: float,
    ) -> Json:
        """Fill in what the person now sees, waiting up to `wait` seconds for something to see.

        An app may acknowledge first and open its modal a moment later; a person simply sees the
        modal.
        """
        feed, loop = self._core.workspace.feed, asyncio.get_running_loop()
        until = loop.time() + wait
        while (
            outcome.accepted
            and self.top(user) == before
            and not (record and record.posted)
            and loop.time() < until
        ):
            await feed.wait(feed.seq, until - loop.time())
        view = self._core.modals.top(user.id)
        if view is not None and self.top(user) != before:
            outcome.view = self._core.modals.shown(view)
        if record is not None:
            outcome.said = [self._core.messages.seen(message) for message in record.posted]
        return asdict(outcome)

    def note(self, kind: str, user: User, what: str, **more: Any) -> None:
        """Tell the feed what the person did."""
        self._core.workspace.feed.add(kind, user=user.id, what=what, **more)


def outcome_of(receipt: Receipt, milliseconds: float) -> Outcome:
    """The outcome of an act, before what the person sees of it is known."""
    return Outcome(
        accepted=receipt.accepted,
        status=receipt.status,
        latency_ms=milliseconds,
        problem=None if receipt.accepted else TROUBLE,
    )
