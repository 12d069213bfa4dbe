"""Follow-ups: what came of what somebody took on."""

from collections.abc import Callable, Mapping
from datetime import datetime

from coaching.delivery import Delivery
from coaching.ports import UnitOfWork
from coaching.use_cases.follow_up import Entry, asked_of
from conversation.compose.breakdown_follow_up import breakdown_due, help_wanted, unowned
from conversation.compose.invites import invite
from conversation.compose.promises import promise_due
from conversation.compose.voice_follow_up import voice_follow_up
from conversation.messages import Message

__all__ = ["follow_up"]

_ASKED: Mapping[Entry, Callable[[UnitOfWork, Delivery, datetime], Message | str]] = {
    Entry.BREAKDOWN: breakdown_due,
    Entry.UNOWNED: unowned,
    Entry.HELP: help_wanted,
    Entry.PROMISE: promise_due,
    Entry.VOICE: voice_follow_up,
    Entry.INVITE: invite,
}
"""By the register that the entry stands in."""


def follow_up(uow: UnitOfWork, delivery: Delivery, now: datetime) -> Message | str:
    """What came of it? Said anew, how it stands; a `str` where there is nothing to ask any more."""
    entry, _ = asked_of(delivery)
    return _ASKED[entry](uow, delivery, now)
