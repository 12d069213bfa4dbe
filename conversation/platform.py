"""The port to a chat platform: posting, saying anew, and finding again what was posted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from coaching.delivery import Addressee
from conversation.messages import Message

__all__ = [
    "ChatPlatform",
    "ConversationRef",
    "Dropped",
    "Later",
    "MessageRef",
    "Outcome",
    "Resting",
    "Retry",
    "Sent",
    "Unknown",
    "Unpinned",
]


@dataclass(frozen=True, slots=True)
class ConversationRef:
    """Where to say something: a person's direct conversation with the bot, or a channel."""

    kind: Addressee
    id: str


@dataclass(frozen=True, slots=True)
class MessageRef:
    """A message on the platform."""

    channel: str
    message: str


@dataclass(frozen=True, slots=True)
class Sent:
    """It is there.

    `unpinned`: why it can't be pinned, or taken off what is; "" where it is as it should be.
    `pin_later`: whether it may yet be.
    """

    at: MessageRef
    unpinned: str = ""
    pin_later: bool = False


@dataclass(frozen=True, slots=True)
class Retry:
    """It is surely not there, and may be tried again."""

    reason: str


@dataclass(frozen=True, slots=True)
class Resting:
    """The platform asks for a rest; it is surely not there.

    `everywhere`: the same call rests for the whole workspace; else only for this conversation.
    """

    rest: timedelta
    everywhere: bool


@dataclass(frozen=True, slots=True)
class Dropped:
    """It is surely not there and will not be. `tell_coach`: a person should mend something.

    `shut`: it is the conversation itself that takes nothing from the bot until then.
    """

    reason: str
    tell_coach: bool = False
    shut: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may be there or not: look for it before anything else."""

    reason: str


@dataclass(frozen=True, slots=True)
class Later:
    """It is not to be said before `until`: the person is to be spared, or has enough for now."""

    until: datetime


Outcome = Sent | Retry | Resting | Dropped | Unknown


@dataclass(frozen=True, slots=True)
class Unpinned:
    """What should be pinned (or no longer) is as it was, and a person should mend it."""

    reason: str


class ChatPlatform(Protocol):
    """A chat platform, for one workspace.

    It never retries by itself, never raises for what the platform or the network does (that is an
    `Outcome`), and never sends words of people unescaped.
    """

    async def post(
        self, to: ConversationRef, message: Message, delivery_id: str, thread: MessageRef | None
    ) -> Outcome:
        """Post once, carrying `delivery_id` (opaque) as metadata; beneath `thread` where given."""
        ...

    async def update(self, at: MessageRef, message: Message, delivery_id: str) -> Outcome:
        """Say a posted message anew. Doing it twice is the same as once, so it is never Unknown."""
        ...

    async def pin(self, at: MessageRef) -> Retry | Unpinned | None:
        """Pin a message in its channel; None: it is pinned. Doing it twice is the same as once."""
        ...

    async def unpin(self, at: MessageRef) -> Retry | Unpinned | None:
        """Take a message off what is pinned there; None: it is not pinned. Twice is as once."""
        ...

    async def find(
        self,
        to: ConversationRef,
        delivery_ids: Collection[str],
        since: datetime,
        thread: MessageRef | None,
    ) -> dict[str, MessageRef] | Retry | Resting | Dropped:
        """Which of these deliveries stand in the conversation (or thread), looking back to `since`.

        A delivery that is absent from the answer is not there.
        """
        ...
