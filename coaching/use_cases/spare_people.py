"""Sparing people: is what is about to be said to somebody, unasked, within what they bear?"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from coaching.breakdown import Breakdown
from coaching.calendar import Calendar
from coaching.delivery import Addressee, Delivery, DeliveryKind, DeliveryState
from coaching.load import SAY, WEEK, Burden, Drop, Due, Load, Say, Verdict, Wait, decide
from coaching.overheard import Overheard
from coaching.ports import UnitOfWork
from coaching.reminding import reminder_at
from coaching.round import Sitting
from coaching.team import Member, Team
from coaching.use_cases.excuse import OPTED_OUT
from coaching.use_cases.follow_through import AGAIN, first_said_at
from coaching.use_cases.follow_up import Entry, asked_about, asked_of, comes_weekly
from coaching.use_cases.foresee_prompts import coming_prompts
from coaching.use_cases.keep_voice import YOURS
from coaching.use_cases.pacing import was_asked_before
from coaching.use_cases.snooze import is_put_off
from coaching.use_cases.welcome import welcomed_by
from coaching.wishes import AT_ITS_HOUR, CIVIL_HOUR, Timing, Wishes

__all__ = ["BURDENS", "burden_of", "spare"]

_GONE = "left the team"
_TEAM_PAUSED = "the team is paused"
_PRACTICE_PAUSED = "the practice is paused"
_NEVER_ASKED = "the prompt was never said"
_SETTLED = "settled in the meantime"
_NO_REMINDERS = "no reminders, as the person wanted"
_EVERY_SECOND = "every second sitting, as the person wanted"
_LATE = timedelta(hours=12)
_A_DAY = timedelta(days=1)
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
    if team.paused and delivery.kind is DeliveryKind.FOLLOW_UP and burden is Burden.PROMISE:
        return Wait(now + _A_DAY, _TEAM_PAUSED)  # what they took on is theirs when it goes on
    verdict = _ended(uow, delivery, burden) or decide(
        burden,
        _wishes(uow, delivery, burden, member, team),
        _load(uow, delivery, burden, team.budget, now),
        now,
        _timing(uow, delivery, burden, member, team),
    )
    if isinstance(verdict, Say):
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


def _of_reminder(_uow: UnitOfWork, delivery: Delivery) -> Burden | None:
    """Who put it off asked for what comes in its place."""
    return None if is_put_off(delivery) else Burden.REMINDER


def _of_follow_up(_uow: UnitOfWork, delivery: Delivery) -> Burden | None:
    """What nobody has any more needs somebody to look, and who asks for help comes first of all.

    That something is theirs now can wait for room: on its day they are asked about it anyway.
    """
    entry, _ = asked_of(delivery)
    if entry is Entry.VOICE and asked_about(delivery) == YOURS:
        return Burden.REPORT
    return Burden.NOTE if entry is Entry.UNOWNED else Burden.PROMISE


def _of_welcome(_uow: UnitOfWork, delivery: Delivery) -> Burden | None:
    """Who put themselves on it asked for it; others need to know before they are asked anything."""
    return None if welcomed_by(delivery) == delivery.addressee_id else Burden.NOTE


def _always(burden: Burden | None) -> Callable[[UnitOfWork, Delivery], Burden | None]:
    return lambda _uow, _delivery: burden


BURDENS: dict[DeliveryKind, Callable[[UnitOfWork, Delivery], Burden | None]] = {
    DeliveryKind.PROMPT: _always(Burden.PROMPT),
    DeliveryKind.REMINDER: _of_reminder,
    DeliveryKind.PROGRESS: _always(None),
    DeliveryKind.SUMMARY: _always(Burden.REPORT),  # to a person: what was written, to lead or coach
    DeliveryKind.DIGEST: _always(None),
    DeliveryKind.DIGEST_SECTION: _always(None),
    DeliveryKind.BREAKDOWN: _of_card,
    DeliveryKind.FOLLOW_UP: _of_follow_up,
    DeliveryKind.REVEAL: _always(Burden.PROMISE),  # the lead brings it to an end
    DeliveryKind.PURPOSE: _always(None),  # to a channel alone
    DeliveryKind.ARRIVAL: _always(None),  # to a channel alone
    DeliveryKind.WELCOME: _of_welcome,
    DeliveryKind.LISTENING: _always(None),  # to a channel alone
    DeliveryKind.OFFER: _always(Burden.NUDGE),
    DeliveryKind.COACH_NOTE: _always(Burden.NOTE),
    DeliveryKind.HINT: _always(None),  # who wrote to the bot waits for it
}
"""For every kind, what it is to a person to whom it is posted."""


def _ended(uow: UnitOfWork, delivery: Delivery, burden: Burden) -> Drop | None:
    """Whether something ended it that its words would not tell."""
    if burden is Burden.REMINDER and (prompt := _prompt_of(uow, delivery.subject)) is not None:
        never = prompt.state in {DeliveryState.DROPPED, DeliveryState.FAILED}
        return Drop(_NEVER_ASKED) if never else None
    if burden is Burden.NUDGE and delivery.kind is DeliveryKind.BREAKDOWN:
        told = uow.breakdowns.get(delivery.subject)
        return Drop(_SETTLED) if told.settled_at and told.settled_at > told.logged_at else None
    return None


def _wishes(
    uow: UnitOfWork, delivery: Delivery, burden: Burden, member: Member, team: Team
) -> Wishes:
    never = OPTED_OUT if member.asks_for_peace else ""
    asks = burden is not Burden.NOTE  # what has to be mended has to be in a blackout, too
    if not never and asks and team.paused:
        never = _TEAM_PAUSED
    if not never and delivery.kind in _SITTINGS:
        never = _spared_by_wish(uow, delivery, burden, member)
    if not never and delivery.kind in _SITTINGS and _all_paused(uow, delivery.subject):
        never = _PRACTICE_PAUSED
    return Wishes(
        zone=_zone(member, team),
        quiet=team.quiet_hours,
        away=member.absences,
        calendar=Calendar(team.country, team.blackout if asks else ()),
        paused_until=member.asked_from,
        never=never,
    )


def _spared_by_wish(uow: UnitOfWork, delivery: Delivery, burden: Burden, member: Member) -> str:
    if burden is Burden.REMINDER and member.chosen.no_reminders:
        return _NO_REMINDERS
    if burden is Burden.PROMPT and member.chosen.every_second:
        sitting: Sitting = uow.sittings.get(delivery.subject)
        return _EVERY_SECOND if was_asked_before(uow, member, sitting.due_at) else ""
    return ""


def _zone(member: Member, team: Team) -> ZoneInfo:
    return ZoneInfo(member.timezone or team.timezone)


def _all_paused(uow: UnitOfWork, sitting_id: str) -> bool:
    """Whether every round of the sitting is of a practice that is paused by now."""
    seats = uow.participations.where(sitting_id=sitting_id)
    rounds = uow.rounds.where(id=[seat.round_id for seat in seats])
    cadences = uow.cadences.where(id=[one.cadence_id for one in rounds if one.cadence_id])
    return bool(rounds) and sum(one.paused for one in cadences) == len(rounds)


def _load(uow: UnitOfWork, delivery: Delivery, burden: Burden, budget: int, now: datetime) -> Load:
    charged = [
        one
        for one in uow.deliveries.charged_since(delivery.addressee_id, now - WEEK)
        if one.charged_at
    ]
    nudges = [one.charged_at for one in charged if burden_of(uow, one) is Burden.NUDGE]
    followed = [one for one in charged if comes_weekly(one)]
    return Load(
        budget,
        spent=tuple(one.charged_at for one in charged if one.charged_at),
        nudged_at=max((at for at in nudges if at), default=None),
        ahead=tuple(_ahead(uow, delivery, burden, now, followed)),
        followed_at=_of_another(followed, delivery) if comes_weekly(delivery) else None,
    )


def _of_another(followed: Sequence[Delivery], delivery: Delivery) -> datetime | None:
    """When they were last asked what came of something else than this is about."""
    others = (one.charged_at for one in followed if one.subject != delivery.subject)
    return max(filter(None, others), default=None)


def _ahead(
    uow: UnitOfWork,
    delivery: Delivery,
    burden: Burden,
    now: datetime,
    followed: Sequence[Delivery],
) -> Iterator[datetime]:
    """When something is due for which this leaves room: of what comes once a week, the first."""
    user = delivery.addressee_id
    this = Due(burden, now, late=_is_late(uow, delivery, now))
    kept = ""
    for one in sorted(uow.deliveries.queued_for(user), key=lambda one: one.due_at):
        other, at = burden_of(uow, one) if one.id != delivery.id else None, one.due_at
        if other and comes_weekly(one):
            last = _of_another(followed, one)
            at = max(at, last + WEEK) if last else at
            kept = kept or one.subject
            other = other if kept == one.subject else None
        if other and this.leaves_room_for(Due(other, at, _is_late(uow, one, at))):
            yield at
    if this.leaves_room_for(Due(Burden.PROMPT, now)):
        coming = coming_prompts(uow, user, now, now + WEEK)
        yield from (at for at in coming if this.leaves_room_for(Due(Burden.PROMPT, at)))


def _is_late(uow: UnitOfWork, delivery: Delivery, moment: datetime) -> bool:
    """Whether `moment` is so long after the hour of a prompt that it is another day's."""
    if delivery.kind is not DeliveryKind.PROMPT:
        return False
    sitting: Sitting = uow.sittings.get(delivery.subject)
    return moment - sitting.due_at > _LATE


def _timing(
    uow: UnitOfWork, delivery: Delivery, burden: Burden, member: Member, team: Team
) -> Timing:
    """The hour of what belongs to a sitting is the sitting's; anything else comes at the team's.

    A breakdown that nobody has settled a week later is for the digest, which brings it up anyway;
    an offer is for the hours after what it is about.
    """
    zone = _zone(member, team)
    if delivery.kind in _SITTINGS:
        sitting: Sitting = uow.sittings.get(delivery.subject)
        asked_at = _asked_at(uow, sitting)
        if burden is Burden.REMINDER:
            not_before = reminder_at(asked_at, zone, Calendar(team.country, team.blackout))
            hour = asked_at.astimezone(zone).time()
            return Timing(hour, not_before=not_before, until=sitting.closes_at)
        due = sitting.due_at.astimezone(zone)
        return Timing(due.time(), weekday=due.weekday(), until=sitting.closes_at)
    until = None
    hour = team.slot.at if team.slot else CIVIL_HOUR
    if delivery.kind is DeliveryKind.FOLLOW_UP:
        return Timing(hour, not_before=_a_week_on(uow, delivery))
    if delivery.kind is DeliveryKind.OFFER:
        until = Overheard.of(delivery).until
    elif burden is Burden.NUDGE:
        told: Breakdown = uow.breakdowns.get(delivery.subject)
        until = told.logged_at + WEEK
    return Timing(hour, until=until)


def _a_week_on(uow: UnitOfWork, delivery: Delivery) -> datetime | None:
    """Before when somebody is not asked a second time what came of something."""
    if asked_about(delivery) != AGAIN:
        return None
    _, on = asked_of(delivery)
    said_at = first_said_at(uow, delivery.subject, delivery.addressee_id, on)
    return said_at + WEEK if said_at else None


def _asked_at(uow: UnitOfWork, sitting: Sitting) -> datetime:
    """When somebody was asked, or will be: at their hour, if it was within minutes of it."""
    prompt = _prompt_of(uow, sitting.id)
    if prompt is None:
        return sitting.due_at
    said_at = prompt.charged_at
    return said_at if said_at and said_at > prompt.due_at + AT_ITS_HOUR else prompt.due_at


def _prompt_of(uow: UnitOfWork, sitting_id: str) -> Delivery | None:
    return uow.deliveries.one(subject=sitting_id, kind=DeliveryKind.PROMPT, update_of=None)
