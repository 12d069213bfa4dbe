"""Sittings that nobody waits for: the person let them pass, or was never asked."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from coaching.delivery import Delivery, DeliveryKind, DeliveryState
from coaching.errors import Refused
from coaching.ports import UnitOfWork
from coaching.round import Sitting, SittingState
from coaching.team import Member
from coaching.use_cases.close_rounds import say_progress
from coaching.use_cases.saying import say_anew
from coaching.use_cases.see_sitting import LEFT_TEAM, see_sitting

__all__ = [
    "AWAY",
    "BY_THEMSELVES",
    "OPTED_OUT",
    "PAUSED",
    "excuse_never_asked",
    "excuse_who_left",
    "leave_in_peace",
    "opt_out",
    "skip_sitting",
    "take_up_again",
]

BY_THEMSELVES = "skipped by the person"
AWAY = "away"
PAUSED = "paused"
OPTED_OUT = "opted out"
"""Why sittings pass that their person need not meet."""

_CLOSED = "This round has closed, so there is nothing to skip any more. Nobody waits for it."
_ANSWERED = "You have answered these questions already. Edit changes what you wrote."
_ASKING = (DeliveryKind.PROMPT, DeliveryKind.REMINDER)
_NEVER_SAID = frozenset({DeliveryState.DROPPED, DeliveryState.FAILED})


def skip_sitting(uow: UnitOfWork, sitting_id: str, user: str, now: datetime) -> None:
    """A person lets their sitting pass: it is neither answered nor missed, nor reminded of.

    They may still answer while a round of it is open. Skipping twice is the same as once.

    Raises:
        Refused: it is not theirs, has closed, or is answered.
    """
    sitting = see_sitting(uow, sitting_id, user).sitting
    if sitting.closes_at <= now:
        raise Refused(_CLOSED)
    if sitting.state is SittingState.ANSWERED:
        raise Refused(_ANSWERED)
    if sitting.state is SittingState.OPEN:
        _excuse(uow, [sitting], BY_THEMSELVES, now)


def opt_out(uow: UnitOfWork, member: Member, now: datetime) -> None:
    """Somebody wants to be asked no more: what is open for them passes, at once."""
    there = uow.sittings.where(member_id=member.id, state=SittingState.OPEN)
    _excuse(uow, there, OPTED_OUT, now)


def leave_in_peace(uow: UnitOfWork, members: Iterable[Member], reason: str, now: datetime) -> None:
    """What these people have been asked, or were to be by now, passes: they need not meet it."""
    there = uow.sittings.where(member_id=[one.id for one in members], state=SittingState.OPEN)
    _excuse(uow, [one for one in there if one.due_at <= now < one.closes_at], reason, now)


def take_up_again(uow: UnitOfWork, members: Iterable[Member], reason: str, now: datetime) -> None:
    """What passed for that reason is open again as far as they were asked; it is not repeated."""
    there = uow.sittings.where(
        member_id=[one.id for one in members], state=SittingState.SKIPPED, reason=reason
    )
    again = [one for one in there if one.closes_at > now and _was_said(uow, one)]
    for sitting in again:
        uow.sittings.save(replace(sitting, state=SittingState.OPEN, reason=""))
        for kind in _ASKING:
            say_anew(uow, kind, sitting.id, now)
    _tell(uow, again, now)


def _was_said(uow: UnitOfWork, sitting: Sitting) -> bool:
    said = uow.deliveries.one(subject=sitting.id, kind=DeliveryKind.PROMPT, update_of=None)
    return said is not None and said.state is DeliveryState.SENT


def excuse_who_left(uow: UnitOfWork, member: Member, now: datetime) -> None:
    """Somebody is a leader of the team no more: what is open for them ends, for good.

    It counts nowhere, also should they come back while its round is still open.
    """
    there = uow.sittings.where(member_id=member.id, state=[SittingState.OPEN, SittingState.SKIPPED])
    _excuse(uow, [one for one in there if one.closes_at > now], LEFT_TEAM, now)


def excuse_never_asked(uow: UnitOfWork, outcomes: Iterable[Delivery], now: datetime) -> None:
    """Let pass the sittings whose prompts, among these deliveries, ended without being said."""
    reasons = {
        one.subject: one.reason
        for one in outcomes
        if one.kind is DeliveryKind.PROMPT and one.update_of is None and one.state in _NEVER_SAID
    }
    if not reasons:
        return
    still_open = uow.sittings.where(id=list(reasons), state=SittingState.OPEN)
    for sitting in still_open:
        _let_pass(uow, sitting, f"never asked: {reasons[sitting.id]}")
    _tell(uow, still_open, now)


def _excuse(uow: UnitOfWork, sittings: Collection[Sitting], reason: str, now: datetime) -> None:
    for sitting in sittings:
        _let_pass(uow, sitting, reason)
        for kind in _ASKING:
            say_anew(uow, kind, sitting.id, now)
    _tell(uow, sittings, now)


def _let_pass(uow: UnitOfWork, sitting: Sitting, reason: str) -> None:
    uow.sittings.save(replace(sitting, state=SittingState.SKIPPED, reason=reason))
    uow.deliveries.drop_pending(sitting.id, _ASKING, reason)


def _tell(uow: UnitOfWork, sittings: Collection[Sitting], now: datetime) -> None:
    """Have the lines in the channel count anew: after all else, as they are many people's."""
    seats = uow.participations.where(sitting_id=[sitting.id for sitting in sittings])
    say_progress(uow, uow.rounds.where(id=[seat.round_id for seat in seats]), now)
