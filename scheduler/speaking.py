"""Saying what is due in one workspace: claim and compose, send, record."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from coaching.delivery import Addressee, Delivery
from coaching.errors import StoreUnavailable
from coaching.ports import UnitOfWork
from coaching.use_cases.reach_channel import asks_for_team
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
    Sent,
    Unknown,
    Unpinned,
)
from scheduler.alarm import Alarm
from scheduler.limits import Method
from scheduler.means import Means, landed
from scheduler.mishaps import contained
from scheduler.outcomes import NotBegun, keep, set_alarms

__all__ = ["Speaker"]

_PIN_WITHIN = timedelta(seconds=3)
"""So that what was sent is recorded while its lease lasts."""


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
        """Send: conversations side by side, within each one after the other, in order.

        Who is asked something for a team waits until what goes to the team's channel is said: if
        that takes nothing any more, nothing is begun, and what is claimed next knows of it.
        """
        outcomes: list[tuple[Delivery, Outcome | NotBegun]] = []
        gate = asyncio.Semaphore(self.means.patience.at_once)

        async def say_in_turn(conversation: Sequence[_Parcel], lost: Collection[str]) -> None:
            for parcel in conversation:
                async with gate:
                    held = parcel.delivery.team_id in lost and asks_for_team(parcel.delivery)
                    outcome = NotBegun() if held else await self._send(parcel, began)
                    outcomes.append((parcel.delivery, outcome))

        for conversations in _channels_first(parcels):
            lost = {delivery.team_id for delivery, outcome in outcomes if _shut(delivery, outcome)}
            async with asyncio.TaskGroup() as group:
                for conversation in conversations:
                    group.create_task(say_in_turn(conversation, lost))
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
            return await self._pinned(await self.means.ask(update, unanswered), parcel, message)
        to = ConversationRef(delivery.addressee, delivery.addressee_id)
        post = self.platform.post(to, message, delivery.id, parcel.beneath)
        return await self._pinned(await self.means.ask(post, unanswered), parcel, message)

    async def _pinned(self, outcome: Outcome, parcel: _Parcel, message: Message) -> Outcome:
        """Have what is said pinned, or no longer; where that can't be, it is said all the same.

        What may yet be pinned is said anew, which is the same as once, and so tried again.
        """
        if not isinstance(outcome, Sent) or message.pinned is None:
            return outcome
        pin = self.platform.pin if message.pinned else self.platform.unpin
        match await self.means.ask(pin(outcome.at), Retry("no answer"), _PIN_WITHIN):
            case Retry(reason):
                again = Sent(outcome.at, pin_later=True)
                return Retry(reason) if parcel.instead_of else again
            case Unpinned(reason):
                return Sent(outcome.at, unpinned=reason)
            case None:
                return outcome


def _channels_first(parcels: Sequence[_Parcel]) -> tuple[list[list[_Parcel]], list[list[_Parcel]]]:
    """The conversations; then those in which a person is asked for a team of the first."""
    conversations: dict[str, list[_Parcel]] = defaultdict(list)
    for parcel in parcels:
        conversations[parcel.delivery.addressee_id].append(parcel)
    posts = (one.delivery for one in parcels if not one.delivery.update_of)
    said_to = {one.team_id for one in posts if one.addressee is Addressee.CHANNEL}
    first: list[list[_Parcel]] = []
    then: list[list[_Parcel]] = []
    for conversation in conversations.values():
        waits = (
            one.delivery.team_id in said_to and asks_for_team(one.delivery) for one in conversation
        )
        (then if any(waits) else first).append(conversation)
    return first, then


def _shut(delivery: Delivery, outcome: Outcome | NotBegun) -> bool:
    in_channel = delivery.addressee is Addressee.CHANNEL and delivery.update_of is None
    return in_channel and isinstance(outcome, Dropped) and outcome.shut


def _where(uow: UnitOfWork, post_id: str | None) -> MessageRef | None:
    return landed(uow.deliveries.get(post_id)) if post_id is not None else None
