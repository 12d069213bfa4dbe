"""Follow-ups: what came of what somebody took on."""

from collections.abc import Callable, Mapping
from datetime import datetime

from coaching.delivery import Delivery
from coaching.ports import UnitOfWork
from coaching.use_cases.follow_up import Entry, asked_of
from conversation.messages import Message

__all__ = ["follow_up"]

_ASKED: Mapping[Entry, Callable[[UnitOfWork, Delivery, datetime], Message | str]] = {}
"""By the register that the entry stands in."""


def follow_up(uow: UnitOfWork, delivery: Delivery, now: datetime) -> Message | str:
    """What came of it? Said anew, how it stands; a `str` where there is nothing to ask any more."""
    entry, _ = asked_of(delivery)
    return _ASKED[entry](uow, delivery, now)
