"""Bringing to the lead what a round found of the purpose, until a sentence is settled.

They are told once when it closes and once more a week later; after another week the coach is. Then
it rests: who looks the purpose up still finds it.
"""

from datetime import datetime, timedelta

from coaching.answer import Value
from coaching.delivery import DeliveryKind
from coaching.ports import UnitOfWork
from coaching.practice import Feeds
from coaching.round import Round, RoundState
from coaching.team import Member, Role
from coaching.use_cases.saying import say_anew, say_to
from coaching.use_cases.team_purpose import (
    closed_at,
    purpose_of,
    settlers,
    unsettled_of,
)

__all__ = ["AGAIN", "TO_COACH", "bring_late", "end_reveals", "offer_to_settle"]

AGAIN, TO_COACH = "again", "to the coach"
"""The details of what is said later: once more, and to the coach."""

_WEEK = timedelta(days=7)
_REPLACED = "a later round took its place"
_OF_PURPOSE = (Feeds.PURPOSE, Feeds.PURPOSE_CHECK)


def offer_to_settle(uow: UnitOfWork, closed: Round, now: datetime) -> None:
    """Have the lead offered to settle what a round found that has just closed, if anything.

    It takes the place of what waited before, but for a check: a restatement that waits has its
    words. Twice is as once.
    """
    if closed.practice.feeds not in _OF_PURPOSE:
        return
    waiting = unsettled_of(uow, closed.team_id)
    if waiting is None or waiting.round.id != closed.id:
        return
    for round_ in _revealed(uow, closed.team_id):
        if round_.id != closed.id:
            _end(uow, round_, _REPLACED, now)
    theirs = settlers(uow, closed.team_id)
    for member in theirs:
        say_to(uow, member, DeliveryKind.REVEAL, closed.id, now)
        say_to(uow, member, DeliveryKind.REVEAL, closed.id, now + _WEEK, detail=AGAIN)
    for coach in uow.members.where(team_id=closed.team_id, active=True, role=Role.COACH):
        if coach.id not in {one.id for one in theirs}:
            say_to(uow, coach, DeliveryKind.REVEAL, closed.id, now + 2 * _WEEK, detail=TO_COACH)


def bring_late(
    uow: UnitOfWork, round_: Round, _member: Member, _values: dict[str, Value], now: datetime
) -> None:
    """What came after its round had closed stands beside the others, while these wait."""
    if round_.state is not RoundState.CLOSED:
        return
    waiting = unsettled_of(uow, round_.team_id)
    if waiting is not None and waiting.round.id == round_.id:
        offer_to_settle(uow, round_, now)
        say_anew(uow, DeliveryKind.REVEAL, round_.id, now)


def end_reveals(uow: UnitOfWork, team_id: str, reason: str, now: datetime) -> None:
    """Have nothing more said of what waits, as a sentence is settled next; what was, says so."""
    for round_ in _revealed(uow, team_id):
        _end(uow, round_, reason, now)


def _end(uow: UnitOfWork, round_: Round, reason: str, now: datetime) -> None:
    uow.deliveries.drop_pending(round_.id, [DeliveryKind.REVEAL], reason)
    say_anew(uow, DeliveryKind.REVEAL, round_.id, now)


def _revealed(uow: UnitOfWork, team_id: str) -> list[Round]:
    """The rounds of the purpose that have closed since a sentence was last settled."""
    current = purpose_of(uow, team_id)
    return [
        one
        for one in uow.rounds.where(team_id=team_id, state=RoundState.CLOSED)
        if one.practice.feeds in _OF_PURPOSE
        and (current is None or closed_at(one) > current.settled_at)
    ]
