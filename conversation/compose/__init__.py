"""Records into words. What a delivery says is composed as it is sent, so it is never stale."""

from collections.abc import Callable
from datetime import datetime

from coaching.delivery import Delivery, DeliveryKind
from coaching.ports import UnitOfWork
from conversation.compose import breakdown, coach, digest, prompt, summary
from conversation.messages import Message

__all__ = ["compose"]

_COMPOSERS: dict[DeliveryKind, Callable[[UnitOfWork, Delivery, datetime], Message | str]] = {
    DeliveryKind.PROMPT: prompt.prompt,
    DeliveryKind.REMINDER: prompt.reminder,
    DeliveryKind.PROGRESS: summary.progress,
    DeliveryKind.SUMMARY: summary.summary,
    DeliveryKind.DIGEST: digest.digest,
    DeliveryKind.DIGEST_SECTION: digest.section,
    DeliveryKind.BREAKDOWN: breakdown.card,
    DeliveryKind.COACH_NOTE: coach.note,
}


def compose(uow: UnitOfWork, delivery: Delivery, now: datetime) -> Message | str:
    """What a delivery says as the records stand; or, as a `str`, why it is not said any more."""
    return _COMPOSERS[delivery.kind](uow, delivery, now)
