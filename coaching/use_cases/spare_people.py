"""Sparing people: is what is about to be said to somebody, unasked, within what they bear?"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from coaching.breakdown import Breakdown
from coaching.cadence import DIGEST
from coaching.delivery import Addressee, Delivery, DeliveryKind, DeliveryState
from coaching.load import SAY, WEEK, Burden, Drop, Load, Say, Verdict, Wishes, decide
from coaching.occasion import occasions
from coaching.ports import UnitOfWork
from coaching.round import Sitting
from coaching.team import Member, Team
from coaching.use_cases.run_round import REMINDER_AFTER

__all__ = ["BURDENS", "burden_of", "spare"]

_GONE = "left the team"
_OPTED_OUT = "opted out"
_TEAM_PAUSED = "the team is paused"
_PRACTICE_PAUSED = "the practice is paused"
_NEVER_ASKED = "the prompt was never said"
_SETTLED = "settled in the meantime"
_MOMENT = timedelta(microseconds=1)
_SITTINGS = (DeliveryKind.PROMPT, DeliveryKind.REMINDER)


def spare(uow: UnitOfWork, delivery: Delivery, now: datetime) -> Verdict:
    """Whether a claimed delivery may be said now; if so, it is charged to the person's budget.

    To be asked in the transaction of the claim, after `Deliveries.take_turn`, of one delivery after
    the other, and last of all before it is sent. What somebody asked for by what they did, what
    goes to a channel, and what is not claimed may always be said.
    """
    burden = burden_of(uow, delivery) if delivery.state is DeliveryState.SENDING else None
    if burden is None:
        return SAY
    user, team = delivery.addressee_id, uow.teams.get(delivery.team_id)
    member = uow.members.one(team_id=team.id, user=user, active=True)
    if member is None:
        return Drop(_GONE)
    verdict = _ended(uow, delivery, burden) or decide(
        burden,
        _wishes(uow, delivery, burden, member, team),
        _load(uow, delivery, burden, team.budget, now),
        now,
        not_before=_not_before(uow, delivery),
        until=_worth_until(uow, delivery, burden),
    )
    if isinstance(verdict, Say) and burden.counts:
        uow.deliveries.charge(delivery, now)
    return verdict


def burden_of(uow: UnitOfWork, delivery: Delivery) -> Burden | None:
    """What a delivery asks of whom it goes to, unasked; None where it is not unasked."""
    if delivery.addressee is not Addressee.PERSON or delivery.update_of is not None:
        return None
    return BURDENS[delivery.kind](uow, delivery)


def _of_card(uow: UnitOfWork, delivery: Delivery) -> Burden | None:
    """Whoever told of a breakdown asked for its card; to whom it was given it is a promise."""
    told = uow.breakdowns.get(delivery.subject)
    if uow.members.get(told.logged_by).user == delivery.addressee_id:
        return None
    settled = told.settled_at is not None and not (
        delivery.charged_at and delivery.charged_at < told.settled_at
    )
    return Burden.PROMISE if settled and told.owner == delivery.addressee_id else Burden.NUDGE


def _always(burden: Burden | None) -> Callable[[UnitOfWork, Delivery], Burden | None]:
    return lambda _uow, _delivery: burden


BURDENS: dict[DeliveryKind, Callable[[UnitOfWork, Delivery], Burden | None]] = {
    DeliveryKind.PROMPT: _always(Burden.PROMPT),
    DeliveryKind.REMINDER: _always(Burden.REMINDER),
    DeliveryKind.PROGRESS: _always(None),
    DeliveryKind.SUMMARY: _always(Burden.REPORT),  # to a person: what was written, to lead or coach
    DeliveryKind.DIGEST: _always(None),
    DeliveryKind.DIGEST_SECTION: _always(None),
    DeliveryKind.BREAKDOWN: _of_card,
    DeliveryKind.COACH_NOTE: _always(Burden.NOTE),
}
"""For every kind, what it is to a person to whom it is posted."""


def _ended(uow: UnitOfWork, delivery: Delivery, burden: Burden) -> Drop | None:
    """Whether something ended it that its words would not tell."""
    if burden is Burden.REMINDER and (prompt := _prompt_of(uow, delivery.subject)) is not None:
        never = prompt.state in {DeliveryState.DROPPED, DeliveryState.FAILED}
        return Drop(_NEVER_ASKED) if never else None
    if burden is Burden.NUDGE:
        told = uow.breakdowns.get(delivery.subject)
        return Drop(_SETTLED) if told.settled_at and told.settled_at > told.logged_at else None
    return None


def _wishes(
    uow: UnitOfWork, delivery: Delivery, burden: Burden, member: Member, team: Team
) -> Wishes:
    never = _OPTED_OUT if member.opted_out else ""
    if not never and burden is not Burden.NOTE and team.paused:
        never = _TEAM_PAUSED
    if not never and delivery.kind in _SITTINGS and _all_paused(uow, delivery.subject):
        never = _PRACTICE_PAUSED
    return Wishes(
        zone=ZoneInfo(member.timezone or team.timezone),
        quiet=team.quiet_hours,
        away=member.away,
        blackout=team.blackout,
        paused_until=member.paused_until,
        never=never,
    )


def _all_paused(uow: UnitOfWork, sitting_id: str) -> bool:
    """Whether every round of the sitting is of a practice that is paused by now."""
    seats = uow.participations.where(sitting_id=sitting_id)
    rounds = uow.rounds.where(id=[seat.round_id for seat in seats])
    cadences = uow.cadences.where(id=[one.cadence_id for one in rounds if one.cadence_id])
    return bool(rounds) and sum(one.paused for one in cadences) == len(rounds)


def _load(uow: UnitOfWork, delivery: Delivery, burden: Burden, budget: int, now: datetime) -> Load:
    if not burden.counts:
        return Load(budget)
    user = delivery.addressee_id
    charged = [one for one in uow.deliveries.charged_since(user, now - WEEK) if one.charged_at]
    nudges = [one.charged_at for one in charged if burden_of(uow, one) is Burden.NUDGE]
    ahead = [
        one.due_at
        for one in uow.deliveries.queued_for(user)
        if one.id != delivery.id
        and one.due_at < now + WEEK
        and (other := burden_of(uow, one)) is not None
        and other.comes_before(burden)
    ]
    if Burden.PROMPT.comes_before(burden):
        ahead += _coming_prompts(uow, user, now)
    return Load(
        budget,
        spent=tuple(one.charged_at for one in charged if one.charged_at),
        nudged_at=max((at for at in nudges if at), default=None),
        ahead=tuple(ahead),
    )


def _coming_prompts(uow: UnitOfWork, user: str, now: datetime) -> Iterator[datetime]:
    """When the calendars of a person's teams will ask them something, within seven days."""
    for member in uow.members.where(user=user, active=True):
        team = uow.teams.get(member.team_id)
        if member.opted_out or team.paused:
            continue
        moments = {
            occasion.due_at
            for cadence in uow.cadences.where(team_id=team.id, paused=False)
            if cadence.practice != DIGEST and cadence.next_due_at is not None
            for occasion in takewhile(
                lambda coming: coming.due_at < now + WEEK,
                occasions(cadence, team, cadence.next_due_at - _MOMENT),
            )
            if occasion.comes
        }
        yield from moments


def _not_before(uow: UnitOfWork, delivery: Delivery) -> datetime | None:
    """A reminder keeps its distance also from a prompt that had to wait."""
    if delivery.kind is not DeliveryKind.REMINDER:
        return None
    prompt = _prompt_of(uow, delivery.subject)
    return prompt.due_at + REMINDER_AFTER if prompt is not None else None


def _worth_until(uow: UnitOfWork, delivery: Delivery, burden: Burden) -> datetime | None:
    """Until when it is worth saying; None: always.

    A breakdown that nobody has settled a week later is for the digest, which brings it up anyway.
    """
    if delivery.kind in _SITTINGS:
        sitting: Sitting = uow.sittings.get(delivery.subject)
        return sitting.closes_at
    if burden is Burden.NUDGE:
        told: Breakdown = uow.breakdowns.get(delivery.subject)
        return told.logged_at + WEEK
    return None


def _prompt_of(uow: UnitOfWork, sitting_id: str) -> Delivery | None:
    return uow.deliveries.one(subject=sitting_id, kind=DeliveryKind.PROMPT, update_of=None)
