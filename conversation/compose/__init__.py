"""Records into words. What a delivery says is composed as it is sent, so it is never stale."""

from collections.abc import Callable
from datetime import datetime

from coaching.delivery import Delivery, DeliveryKind
from coaching.load import Drop, Wait
from coaching.ports import UnitOfWork
from coaching.use_cases.spare_people import spare
from conversation.compose import breakdown, coach, digest, prompt, summary
from conversation.messages import Message
from conversation.platform import Later

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


def compose(uow: UnitOfWork, delivery: Delivery, now: datetime) -> Message | str | Later:
    """What a delivery says as the records stand; or, as a `str`, why it is not said any more.

    A delivery that is claimed and would reach somebody unasked may have to wait; if not, it takes
    its place in their budget. Nobody is asked to bear what has nothing to say.
    """
    said = _COMPOSERS[delivery.kind](uow, delivery, now)
    if isinstance(said, str):
        return said
    match spare(uow, delivery, now):
        case Wait(until):
            return Later(until)
        case Drop(reason):
            return reason
        case _:
            return said
