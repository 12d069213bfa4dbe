"""What it takes to speak for a workspace: one bundle, handed to those who do."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from coaching.delivery import Delivery
from coaching.ports import Clock, Store, UnitOfWork
from conversation.messages import Message
from conversation.platform import Later, MessageRef
from scheduler.limits import Limits
from scheduler.mishaps import contained
from scheduler.outcomes import Rules
from scheduler.patience import Patience

__all__ = ["Compose", "Means", "landed"]

T = TypeVar("T")


class Compose(Protocol):
    """Says a delivery in words, from the records as they stand. Runs within a transaction."""

    def __call__(
        self, uow: UnitOfWork, delivery: Delivery, now: datetime, /
    ) -> Message | str | Later:
        """What to say; or, in a short sentence, why it need not be said any more; or when it may.

        Asked of one claimed delivery after the other, within the transaction of the claim. What it
        gives words to is sent, so what must be counted it has counted.
        """
        ...


@dataclass(frozen=True, slots=True)
class Means:
    """Ports, rules and limits. `monotonic` gives seconds."""

    store: Store
    clock: Clock
    compose: Compose
    limits: Limits
    rules: Rules
    monotonic: Callable[[], float]

    @property
    def patience(self) -> Patience:
        """How long is waited, and how much is done at a time."""
        return self.rules.patience

    def lease_is_short(self, began: float) -> bool:
        """Whether what was claimed at `began` can't surely be asked and recorded any more."""
        return self.monotonic() - began > self.patience.begin_within.total_seconds()

    async def ask(self, call: Awaitable[T], otherwise: T, within: timedelta | None = None) -> T:
        """What the platform answers; `otherwise` where it takes too long or has a fault."""
        within = within or self.patience.send_timeout
        with contained("a call of the platform"):
            try:
                async with asyncio.timeout(within.total_seconds()):
                    return await call
            except TimeoutError:
                return otherwise
        return otherwise


def landed(post: Delivery) -> MessageRef:
    """Where a post that was sent stands.

    Raises:
        ValueError: it does not say.
    """
    if post.channel is None or post.message is None:
        raise ValueError("a post that was sent does not say where it stands")
    return MessageRef(post.channel, post.message)
