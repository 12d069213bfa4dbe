"""A chat platform that does as it is told: outcomes are scripted, its memory is honest."""

import asyncio
from collections import Counter, deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from coaching.ports import Clock
from conversation.messages import Message
from conversation.platform import (
    ConversationRef,
    Dropped,
    MessageRef,
    Outcome,
    Resting,
    Retry,
    Sent,
    Unknown,
    Unpinned,
)

__all__ = ["Killed", "Posted", "ScriptedPlatform", "Step"]


class Killed(BaseException):
    """The process ends here: nothing after this point happens."""


class Step(StrEnum):
    """What one call does. What lands stands in the conversation, whatever the caller learns."""

    LANDS = "lands"
    RETRY = "retry"
    RESTING = "resting"
    RESTING_EVERYWHERE = "resting everywhere"
    DROPPED = "dropped"
    DROPPED_TELL_COACH = "dropped, tell the coach"
    UNKNOWN_LANDED = "unknown, landed"
    UNKNOWN_LOST = "unknown, lost"
    FAULT_LANDED = "a fault of the platform's code, landed"
    FAULT_LOST = "a fault of the platform's code, lost"
    SILENT_LANDED = "no answer, landed"
    KILLED_LANDED = "killed, landed"
    KILLED_LOST = "killed, lost"


_LANDING = {
    Step.LANDS,
    Step.UNKNOWN_LANDED,
    Step.FAULT_LANDED,
    Step.SILENT_LANDED,
    Step.KILLED_LANDED,
}


@dataclass(frozen=True, slots=True)
class Posted:
    """A message as it stands in a conversation."""

    delivery_id: str
    to: ConversationRef
    thread: MessageRef | None
    text: str
    at: MessageRef
    posted_at: datetime


class ScriptedPlatform:
    """Implements `conversation.platform.ChatPlatform`. Where a script ends, everything goes well.

    `rest` is what a Resting asks for. Calls wait while `open` is not set.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        sends: Iterable[Step] = (),
        finds: Iterable[Step] = (),
        rest: timedelta = timedelta(),
    ) -> None:
        self.sends = deque(sends)
        self.finds = deque(finds)
        self.posted: list[Posted] = []
        self.updated: list[tuple[MessageRef, str]] = []
        self.looked: list[tuple[ConversationRef, frozenset[str], MessageRef | None]] = []
        self.pins: deque[Retry | Unpinned | None] = deque()
        self.pinned: list[MessageRef] = []
        self.unpinned: list[MessageRef] = []
        self.under_way = 0
        self.most_under_way = 0
        self.calls = 0
        self.called = asyncio.Event()
        self.open = asyncio.Event()
        self.open.set()
        self._clock = clock
        self._rest = rest

    async def post(
        self, to: ConversationRef, message: Message, delivery_id: str, thread: MessageRef | None
    ) -> Outcome:
        step = await self._begin()
        ref = MessageRef(f"D-{to.id}", f"{len(self.posted)}.{delivery_id}")
        if step in _LANDING:
            self.posted.append(
                Posted(delivery_id, to, thread, message.text, ref, self._clock.now())
            )
        return await self._outcome(step, ref)

    async def update(self, at: MessageRef, message: Message, delivery_id: str) -> Outcome:
        step = await self._begin()
        if step in _LANDING:
            self.updated.append((at, message.text))
        return await self._outcome(step, at)

    async def pin(self, at: MessageRef) -> Retry | Unpinned | None:
        self.pinned.append(at)
        await asyncio.sleep(0)
        return self.pins.popleft() if self.pins else None

    async def unpin(self, at: MessageRef) -> Retry | Unpinned | None:
        self.unpinned.append(at)
        await asyncio.sleep(0)
        return self.pins.popleft() if self.pins else None

    async def find(
        self,
        to: ConversationRef,
        delivery_ids: Collection[str],
        since: datetime,
        thread: MessageRef | None,
    ) -> dict[str, MessageRef] | Retry | Resting | Dropped:
        self.looked.append((to, frozenset(delivery_ids), thread))
        await asyncio.sleep(0)
        match self.finds.popleft() if self.finds else Step.LANDS:
            case Step.RETRY:
                return Retry("internal_error")
            case Step.RESTING:
                return Resting(self._rest, everywhere=False)
            case Step.RESTING_EVERYWHERE:
                return Resting(self._rest, everywhere=True)
            case Step.DROPPED:
                return Dropped("missing_scope", tell_coach=True)
            case Step.FAULT_LOST:
                raise KeyError("words of a person")
            case Step.KILLED_LOST:
                raise Killed
        return {
            one.delivery_id: one.at
            for one in self.posted
            if one.delivery_id in delivery_ids
            and (one.to, one.thread) == (to, thread)
            and one.posted_at >= since
        }

    @property
    def times_posted(self) -> Counter[str]:
        """How often each delivery stands there."""
        return Counter(one.delivery_id for one in self.posted)

    @property
    def texts(self) -> list[str]:
        """What was posted, in order."""
        return [one.text for one in self.posted]

    async def _begin(self) -> Step:
        step = self.sends.popleft() if self.sends else Step.LANDS
        self.calls += 1
        self.called.set()
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            await asyncio.sleep(0)
            await self.open.wait()
        finally:
            self.under_way -= 1
        return step

    async def _outcome(self, step: Step, at: MessageRef) -> Outcome:
        await asyncio.sleep(0)
        match step:
            case Step.LANDS:
                return Sent(at)
            case Step.RETRY:
                return Retry("internal_error")
            case Step.RESTING:
                return Resting(self._rest, everywhere=False)
            case Step.RESTING_EVERYWHERE:
                return Resting(self._rest, everywhere=True)
            case Step.DROPPED:
                return Dropped("message_not_found")
            case Step.DROPPED_TELL_COACH:
                return Dropped("is_archived", tell_coach=True)
            case Step.FAULT_LANDED | Step.FAULT_LOST:
                raise KeyError("words of a person")
            case Step.SILENT_LANDED:
                await asyncio.Event().wait()
            case Step.KILLED_LANDED | Step.KILLED_LOST:
                raise Killed
        return Unknown("connection dropped")
