"""What becomes of a delivery after an attempt to send it, or to find it: the rules, in one place.

=====================  =============================================================================
Sent, or found         sent, where it landed
Retry                  pending again, after a rest that doubles with each attempt
Resting                pending again, after the rest that the platform asked for
not begun              pending again, as if nothing had been
Later                  pending again, due when it may be said, as if it had not been claimed: put
                       back in the transaction of the claim, so that it never gets here
Dropped                dropped; where a person should mend something, the coach is told
channel shut           dropped; its team is asked nothing more until the channel takes something
a prompt that ended    dropped or failed: its sitting is skipped, so that it does not count as
                       unanswered
not pinned             sent all the same, and the coach is told; what may yet be, is tried again
Unknown                a post: unknown, and looked for once no request can be under way any more;
                       an update: pending again, for saying it twice is the same as once
absent                 pending again: composing it anew decides whether it is still worth saying
cannot look now        unknown still
can never look         failed: it may have been posted, and nothing is ever posted twice
=====================  =============================================================================

An attempt that fails a day after the first is the last: the delivery then failed. The day begins
with the first attempt, which is when the delivery was due unless nothing was running then: a stop
changes nothing but when.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from coaching.delivery import Addressee, Delivery, DeliveryKind, DeliveryState, update_of
from coaching.ports import UnitOfWork
from coaching.use_cases.excuse import excuse_never_asked
from coaching.use_cases.reach_channel import channel_reached, channel_refused
from coaching.use_cases.tell_coach import note_undelivered, note_unpinned
from conversation.platform import Dropped, MessageRef, Outcome, Resting, Retry, Sent, Unknown
from scheduler.alarm import Alarm
from scheduler.patience import Patience, backoff

__all__ = ["Kept", "NotBegun", "Rules", "keep", "set_alarms"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class NotBegun:
    """It was claimed, and then nothing was asked of the platform. It may have to rest."""

    rest: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A delivery as it is after an attempt, how long it rests, and whether the coach is told.

    `shut`: where it was to be said nothing can be said any more. `unpinned`: why it is not pinned
    that should be; `pin_later`: whether it may yet be, if it is to be at all.
    """

    delivery: Delivery
    rest: timedelta | None = None
    tell_coach: bool = False
    shut: bool = False
    unpinned: str = ""
    pin_later: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """The table above. `random` gives a float from 0 to below 1."""

    patience: Patience
    random: Callable[[], float]

    def sent(self, delivery: Delivery, outcome: Outcome | NotBegun, now: datetime) -> Kept:
        """After an attempt to send."""
        match outcome:
            case Sent(at, unpinned, pin_later):
                return replace(_landed(delivery, at), unpinned=unpinned, pin_later=pin_later)
            case Retry(reason):
                return self.again(delivery, reason, now)
            case Resting(rest):
                return self._pending(delivery, "rate limited", rest, now)
            case NotBegun(rest):
                return Kept(replace(delivery, state=DeliveryState.PENDING), rest)
            case Dropped(reason, tell_coach, shut):
                return Kept(_ended(delivery, DeliveryState.DROPPED, reason), None, tell_coach, shut)
            case Unknown(reason) if delivery.update_of is not None:
                return self.again(delivery, reason, now)
            case Unknown(reason):
                unknown = replace(delivery, state=DeliveryState.UNKNOWN, reason=reason)
                return Kept(unknown, self.patience.look_after)

    def looked(
        self,
        delivery: Delivery,
        answer: dict[str, MessageRef] | Retry | Resting | Dropped,
        now: datetime,
    ) -> Kept:
        """After an attempt to find out whether an unknown post is there."""
        match answer:
            case Dropped(reason, tell_coach, shut):
                return Kept(_ended(delivery, DeliveryState.FAILED, reason), None, tell_coach, shut)
            case Resting(rest):
                return self._unless_too_late(delivery, "rate limited", rest, now)
            case Retry(reason):
                return self._unless_too_late(delivery, reason, self._rest_after(delivery), now)
            case found if delivery.id in found:
                return replace(_landed(delivery, found[delivery.id]), pin_later=True)
            case _:
                return self.again(delivery, "not there", now)

    def again(self, delivery: Delivery, reason: str, now: datetime) -> Kept:
        """Pending again after a rest, or failed where it is too late."""
        return self._pending(delivery, reason, self._rest_after(delivery), now)

    def _rest_after(self, delivery: Delivery) -> timedelta:
        return backoff(delivery.attempts, self.patience, self.random)

    def _pending(self, delivery: Delivery, reason: str, rest: timedelta, now: datetime) -> Kept:
        pending = replace(delivery, state=DeliveryState.PENDING)
        return self._unless_too_late(pending, reason, rest, now)

    def _unless_too_late(
        self, delivery: Delivery, reason: str, rest: timedelta, now: datetime
    ) -> Kept:
        if now - (delivery.tried_at or delivery.due_at) >= self.patience.give_up_after:
            return Kept(_ended(delivery, DeliveryState.FAILED, f"given up: {reason}"))
        return Kept(replace(delivery, reason=reason), rest)


def _landed(delivery: Delivery, at: MessageRef) -> Kept:
    sent = replace(delivery, state=DeliveryState.SENT, channel=at.channel, message=at.message)
    return Kept(replace(sent, reason=""))


def _ended(delivery: Delivery, state: DeliveryState, reason: str) -> Delivery:
    return replace(delivery, state=state, reason=reason)


def keep(uow: UnitOfWork, outcomes: Iterable[Kept], now: datetime) -> None:
    """Record outcomes. Those whose lease another worker took over are left to it."""
    recorded = [one for one in outcomes if uow.deliveries.settle(one.delivery, one.rest)]
    for kept in recorded:
        _say_in_log(kept.delivery)
        if kept.shut and kept.delivery.addressee is Addressee.CHANNEL:
            channel_refused(uow, kept.delivery, now)
        elif kept.tell_coach:
            note_undelivered(uow, kept.delivery, kept.delivery.reason, now)
        elif kept.unpinned:
            _log.info("not pinned: %s (delivery %s)", kept.unpinned, kept.delivery.id)
            note_unpinned(uow, kept.delivery, kept.unpinned, now)
    sent = [one.delivery for one in recorded if one.delivery.state is DeliveryState.SENT]
    for kept in recorded:
        if kept.pin_later and kept.delivery.kind is DeliveryKind.PURPOSE:
            uow.deliveries.queue_update(kept.delivery.id, update_of(kept.delivery, now))
    channel_reached(uow, sent, now)
    excuse_never_asked(uow, [kept.delivery for kept in recorded], now)


def _say_in_log(ended: Delivery) -> None:
    """Say what is not said any more, and why; never words of a person."""
    if ended.state in {DeliveryState.DROPPED, DeliveryState.FAILED}:
        what = f"update of a {ended.kind}" if ended.update_of else ended.kind
        _log.info("%s, %s: %s (delivery %s)", ended.state, what, ended.reason, ended.id)


def set_alarms(alarm: Alarm, outcomes: Iterable[Kept]) -> None:
    """Have what rests tried again when its rest is over. To be called once they are recorded."""
    for kept in outcomes:
        if kept.rest is not None:
            alarm.set_in(kept.rest.total_seconds())
