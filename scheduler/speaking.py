"""Saying what is due in one workspace: claim and compose, send, record."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from coaching.delivery import Delivery
from coaching.errors import StoreUnavailable
from coaching.ports import UnitOfWork
from conversation.messages import Message
from conversation.platform import (
    ChatPlatform,
    ConversationRef,
    Dropped,
    Later,
    MessageRef,
    Outcome,
    Resting,
    Retry,
    Unknown,
)
from scheduler.alarm import Alarm
from scheduler.limits import Method
from scheduler.means import Means, landed
from scheduler.mishaps import contained
from scheduler.outcomes import NotBegun, keep, set_alarms

__all__ = ["Speaker"]


@dataclass(frozen=True, slots=True)
class _Parcel:
    """A delivery under a lease, and what to say; or what becomes of it instead.

    An update is said `instead_of` a message, a post in a thread `beneath` one.
    """

    delivery: Delivery
    said: Message | Dropped | Retry
    instead_of: MessageRef | None
    beneath: MessageRef | None

    @property
    def method(self) -> Method:
        return Method.UPDATE if self.instead_of else Method.POST


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says what is due in one workspace, a batch at a time."""

    workspace_id: str
    platform: ChatPlatform
    means: Means

    async def say_batch(self, alarm: Alarm) -> bool:
        """Say one batch; False where nothing is due that may be said now.

        While the workspace's posts rest nothing is claimed, updates neither: a rest is short, and
        a claim can't tell them apart. Updates that rest are put back one by one, so posts go on.
        """
        limits = self.means.limits
        if not limits.rests(self.workspace_id, Method.POST):
            began = self.means.monotonic()
            now, resting = self.means.clock.now(), limits.resting(self.workspace_id)
            claim = partial(self._claim, now, resting)
            claimed, parcels = await self.means.store.run(self.workspace_id, claim)
            if parcels:
                await self._deliver(parcels, began, alarm)
            if claimed:
                return True
        freed = limits.frees_in(self.workspace_id)
        if freed is not None:
            alarm.set_in(freed)
        return False

    def _claim(
        self, now: datetime, resting: list[str], uow: UnitOfWork
    ) -> tuple[int, list[_Parcel]]:
        """Claim and compose in one transaction, so that what is said is as the records stand.

        How many were claimed, and those of them that do not wait. Batches of a workspace take
        turns, so that what one counts for a person the next one sees.
        """
        patience = self.means.patience
        uow.deliveries.take_turn()
        claimed = uow.deliveries.claim(now, patience.batch, patience.lease, resting)
        parcels = [self._parcel(uow, delivery, now) for delivery in claimed]
        return len(claimed), [parcel for parcel in parcels if parcel is not None]

    def _parcel(self, uow: UnitOfWork, delivery: Delivery, now: datetime) -> _Parcel | None:
        said: Message | Dropped | Retry = Retry("composing failed")
        with contained("composing a message", but=(StoreUnavailable,)):
            composed = self.means.compose(uow, delivery, now)
            if isinstance(composed, Later):
                uow.deliveries.put_off(delivery, composed.until)
                return None
            said = composed if isinstance(composed, Message) else Dropped(composed)
        instead_of = _where(uow, delivery.update_of)
        beneath = None if instead_of else _where(uow, delivery.thread_of)
        return _Parcel(delivery, said, instead_of, beneath)

    async def _deliver(self, parcels: Sequence[_Parcel], began: float, alarm: Alarm) -> None:
        """Send outside of any transaction, then record the whole batch in one."""
        outcomes = await self._send_all(parcels, began)
        now = self.means.clock.now()
        kept = [self.means.rules.sent(delivery, outcome, now) for delivery, outcome in outcomes]
        await self.means.store.run(self.workspace_id, lambda uow: keep(uow, kept, now))
        set_alarms(alarm, kept)

    async def _send_all(
        self, parcels: Sequence[_Parcel], began: float
    ) -> list[tuple[Delivery, Outcome | NotBegun]]:
        """Send: conversations side by side, within each one after the other, in order."""
        conversations: dict[str, list[_Parcel]] = defaultdict(list)
        for parcel in parcels:
            conversations[parcel.delivery.addressee_id].append(parcel)
        outcomes: list[tuple[Delivery, Outcome | NotBegun]] = []
        gate = asyncio.Semaphore(self.means.patience.at_once)

        async def say_in_turn(conversation: Sequence[_Parcel]) -> None:
            for parcel in conversation:
                async with gate:
                    outcomes.append((parcel.delivery, await self._send(parcel, began)))

        async with asyncio.TaskGroup() as group:
            for conversation in conversations.values():
                group.create_task(say_in_turn(conversation))
        return outcomes

    async def _send(self, parcel: _Parcel, began: float) -> Outcome | NotBegun:
        delivery, said, method = parcel.delivery, parcel.said, parcel.method
        limits = self.means.limits
        if not isinstance(said, Message):
            return said
        if self.means.lease_is_short(began):
            return NotBegun()
        if wait := limits.take(self.workspace_id, delivery.addressee_id, method):
            # A post is kept from being claimed by the limits themselves, an update only by a rest.
            return NotBegun(timedelta(seconds=wait) if method is Method.UPDATE else None)
        outcome = await self._call(parcel, said)
        if isinstance(outcome, Resting):
            conversation = None if outcome.everywhere else delivery.addressee_id
            limits.rest(self.workspace_id, conversation, method, outcome.rest)
        return outcome

    async def _call(self, parcel: _Parcel, message: Message) -> Outcome:
        delivery, unanswered = parcel.delivery, Unknown("no answer")
        if parcel.instead_of is not None:
            update = self.platform.update(parcel.instead_of, message, delivery.id)
            return await self.means.ask(update, unanswered)
        to = ConversationRef(delivery.addressee, delivery.addressee_id)
        post = self.platform.post(to, message, delivery.id, parcel.beneath)
        return await self.means.ask(post, unanswered)


def _where(uow: UnitOfWork, post_id: str | None) -> MessageRef | None:
    return landed(uow.deliveries.get(post_id)) if post_id is not None else None
