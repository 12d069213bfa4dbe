"""Records into words. What a delivery says is composed as it is sent, so it is never stale."""

from collections.abc import Callable
from datetime import datetime

from coaching.delivery import Delivery, DeliveryKind, DeliveryState
from coaching.load import SAY, Drop, Verdict, Wait
from coaching.ports import UnitOfWork
from coaching.use_cases.reach_channel import wait_for_channel
from coaching.use_cases.snooze import is_put_off, spare_who_put_off
from coaching.use_cases.spare_people import spare
from conversation.compose import (
    arrival,
    breakdown,
    coach,
    digest,
    follow_ups,
    listening,
    prompt,
    replies,
    reveals,
    summary,
)
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
    DeliveryKind.ARRIVAL: arrival.arrival,
    DeliveryKind.WELCOME: arrival.welcome,
    DeliveryKind.LISTENING: listening.announced,
    DeliveryKind.OFFER: listening.offer,
    DeliveryKind.COACH_NOTE: coach.note,
    DeliveryKind.FOLLOW_UP: follow_ups.follow_up,
    DeliveryKind.REVEAL: reveals.reveal,
    DeliveryKind.PURPOSE: reveals.posted,
    DeliveryKind.HINT: replies.hint,
}


def compose(uow: UnitOfWork, delivery: Delivery, now: datetime) -> Message | str | Later:
    """What a delivery says as the records stand; or, as a `str`, why it is not said any more.

    A delivery that is claimed and would reach somebody unasked may have to wait; if not, it takes
    its place in their budget. Nobody is asked to bear what has nothing to say, nor for a team whose
    channel can't be reached.
    """
    said = _COMPOSERS[delivery.kind](uow, delivery, now)
    if isinstance(said, str):
        return said
    match _may_be_said(uow, delivery, now):
        case Wait(until):
            return Later(until)
        case Drop(reason):
            return reason
        case _:
            return said


def _may_be_said(uow: UnitOfWork, delivery: Delivery, now: datetime) -> Verdict:
    verdict = wait_for_channel(uow, delivery, now)
    if verdict is not SAY:
        return verdict
    claimed = delivery.state is DeliveryState.SENDING and delivery.update_of is None
    if claimed and is_put_off(delivery):
        return spare_who_put_off(uow, delivery, now)
    return spare(uow, delivery, now)
