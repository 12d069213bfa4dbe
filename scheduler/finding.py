"""Settling what is unknown in one workspace: is it there, or not?"""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from coaching.delivery import Delivery
from coaching.ports import UnitOfWork
from conversation.platform import (
    ChatPlatform,
    ConversationRef,
    Dropped,
    MessageRef,
    Resting,
    Retry,
)
from scheduler.alarm import Alarm
from scheduler.limits import Method
from scheduler.means import Means, landed
from scheduler.outcomes import Kept, keep, set_alarms

__all__ = ["Finder"]

_CLOCKS_DIFFER = timedelta(minutes=5)
"""The platform stamps messages with its own clock: looked for from so long before the attempt."""

_Answer = dict[str, MessageRef] | Retry | Resting | Dropped


@dataclass(frozen=True, slots=True)
class _Place:
    """Where unknown deliveries may stand: a conversation, or a thread in it."""

    to: ConversationRef
    thread: MessageRef | None


@dataclass(frozen=True, slots=True)
class Finder:
    """Looks for a workspace's unknown posts, once for each conversation.

    A post that is found was sent, even one whose round has closed meanwhile. One that is absent is
    pending again; composing it then decides whether it is still worth saying, so that those of a
    closed round or sitting are dropped rather than posted late. Where the platform can never tell
    (no way to read back, no permission to), the rule is: it failed, for it must not be said twice.
    """

    workspace_id: str
    platform: ChatPlatform
    means: Means

    async def settle_unknown(self, alarm: Alarm) -> bool:
        """Take over leases that ran out, and settle what may be looked for by now.

        Gives whether anything was looked for.
        """
        limits = self.means.limits
        if limits.rests(self.workspace_id, Method.FIND):
            alarm.set_in(limits.frees_in(self.workspace_id) or 0.0)
            return False
        began = self.means.monotonic()
        now = self.means.clock.now()
        places = await self.means.store.run(self.workspace_id, self._claim)
        if places:
            outcomes = await self._look_in_all(places, began)
            await self.means.store.run(self.workspace_id, lambda uow: keep(uow, outcomes, now))
            if len(outcomes) == self.means.patience.looked_up:
                alarm.set_in(0.0)  # there may be more
            set_alarms(alarm, outcomes)
        return bool(places)

    def _claim(self, uow: UnitOfWork) -> dict[_Place, list[Delivery]]:
        uow.deliveries.expire()
        patience = self.means.patience
        places: dict[_Place, list[Delivery]] = defaultdict(list)
        for delivery in uow.deliveries.claim_unknown(patience.looked_up, patience.lease):
            to = ConversationRef(delivery.addressee, delivery.addressee_id)
            parent = delivery.thread_of
            thread = landed(uow.deliveries.get(parent)) if parent is not None else None
            places[_Place(to, thread)].append(delivery)
        return places

    async def _look_in_all(
        self, places: Mapping[_Place, Sequence[Delivery]], began: float
    ) -> list[Kept]:
        gate = asyncio.Semaphore(self.means.patience.at_once)

        async def look(place: _Place, deliveries: Sequence[Delivery]) -> list[Kept]:
            async with gate:
                return await self._look(place, deliveries, began)

        async with asyncio.TaskGroup() as group:
            looks = [group.create_task(look(place, those)) for place, those in places.items()]
        return [kept for task in looks for kept in task.result()]

    async def _look(
        self, place: _Place, deliveries: Sequence[Delivery], began: float
    ) -> list[Kept]:
        answer: _Answer = Retry("no time left to look")
        if not self.means.lease_is_short(began):
            since = min(each.tried_at or each.due_at for each in deliveries) - _CLOCKS_DIFFER
            ids = [delivery.id for delivery in deliveries]
            find = self.platform.find(place.to, ids, since, place.thread)
            answer = await self.means.ask(find, Retry("no answer"))
        if isinstance(answer, Resting) and answer.everywhere:
            self.means.limits.rest(self.workspace_id, None, Method.FIND, answer.rest)
        now = self.means.clock.now()
        return [self.means.rules.looked(delivery, answer, now) for delivery in deliveries]
