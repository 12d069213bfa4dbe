"""*Ask me tomorrow*: a sitting is put off, and nothing of it is said before the moment chosen.

What comes then is in the reminder's place. The person asked for it, so it counts in no budget; but
it keeps to their hours and days like everything else.
"""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from coaching.calendar import Calendar
from coaching.delivery import Delivery, DeliveryKind, DeliveryState
from coaching.errors import Refused
from coaching.load import SAY, Drop, Verdict, Wait
from coaching.ports import UnitOfWork
from coaching.recurrence import on_wall
from coaching.reminding import reminder_at
from coaching.round import Sitting, SittingState
from coaching.team import Member, Team
from coaching.use_cases.saying import say_anew, say_to
from coaching.use_cases.see_sitting import rounds_in, see_sitting
from coaching.wishes import Timing, Wishes, shut_until

__all__ = [
    "asked_again_at",
    "is_put_off",
    "quiet_until",
    "snooze_sitting",
    "spare_who_put_off",
    "was_put_off",
]

_PUT_OFF = "put off"
"""Begins the detail of a reminder that a person asked for; its day follows."""

_BY_THEMSELVES = "put off by the person"
_CLOSED = "This round has closed, so I ask nothing more about it. The next one will come."
_ANSWERED = "You have answered these questions already, so I don't ask again."
_SKIPPED = "You let these questions pass, so I don't ask again. They can still be answered."
_CLOSES_BEFORE = (
    "This closes before I could ask you again, so I can't put it off. Until then you can answer it"
    " or let it pass."
)


def snooze_sitting(uow: UnitOfWork, sitting_id: str, user: str, now: datetime) -> None:
    """A person wants to be asked again on their next working day, and left alone until then.

    It is neither skipped nor answered. While it is quiet, asking for it again changes nothing.

    Raises:
        Refused: it is not theirs, is over, or closes before that day.
    """
    view = see_sitting(uow, sitting_id, user)
    sitting = view.sitting
    if sitting.closes_at <= now:
        raise Refused(_CLOSED)
    if sitting.state is not SittingState.OPEN:
        raise Refused(_ANSWERED if sitting.state is SittingState.ANSWERED else _SKIPPED)
    if quiet_until(uow, sitting_id, now) is not None:
        return
    moment = asked_again_at(sitting, view.member, view.team, now)
    if moment is None:
        raise Refused(_CLOSES_BEFORE)
    day = moment.astimezone(_zone(view.member, view.team)).date()
    uow.deliveries.drop_pending(sitting_id, [DeliveryKind.REMINDER], _BY_THEMSELVES)
    detail = f"{_PUT_OFF}:{day.isoformat()}"
    say_to(uow, view.member, DeliveryKind.REMINDER, sitting_id, moment, detail=detail)
    say_anew(uow, DeliveryKind.PROMPT, sitting_id, now)
    say_anew(uow, DeliveryKind.REMINDER, sitting_id, now)


def asked_again_at(sitting: Sitting, member: Member, team: Team, now: datetime) -> datetime | None:
    """When (UTC) a sitting that is put off now would come again; None where it closes before.

    On the person's next working day, at the hour of the sitting on their own clock: so that
    *tomorrow* is tomorrow also for who puts it off in the evening.
    """
    wishes, hour = _wishes(member, team), _hour(sitting, member, team)
    today = now.astimezone(wishes.zone).date()
    days = Calendar(team.country, team.blackout)
    moment = reminder_at(on_wall(today, hour, wishes.zone), wishes.zone, days)
    while moment < sitting.closes_at:
        shut = shut_until(wishes, Timing(hour), moment)
        if shut is None:
            return moment
        moment, _ = shut
    return None


def quiet_until(uow: UnitOfWork, sitting_id: str, now: datetime) -> datetime | None:
    """Until when (UTC) the person wants to hear nothing of the sitting; None where they may."""
    waiting = (one.due_at for one in _asked_for(uow, sitting_id) if _waits(one))
    return max((due_at for due_at in waiting if due_at > now), default=None)


def is_put_off(delivery: Delivery) -> bool:
    """Whether it is a reminder that the person asked for."""
    return delivery.kind is DeliveryKind.REMINDER and delivery.detail.startswith(_PUT_OFF)


def was_put_off(uow: UnitOfWork, sitting_id: str) -> bool:
    """Whether the person ever put the sitting off: no reminder comes then but those asked for."""
    return bool(_asked_for(uow, sitting_id))


def spare_who_put_off(uow: UnitOfWork, delivery: Delivery, now: datetime) -> Verdict:
    """Whether what a person asked to be asked again may be said now: in no budget, in its hours."""
    sitting = uow.sittings.get(delivery.subject)
    member, team = uow.members.get(sitting.member_id), uow.teams.get(sitting.team_id)
    if not member.active:
        return Drop("left the team")
    if member.asks_for_peace:
        return Drop("opted out")
    if team.paused or _is_paused(uow, sitting):
        return Drop("paused")
    shut = shut_until(_wishes(member, team), Timing(_hour(sitting, member, team)), now)
    if shut is None:
        return SAY
    until, reason = shut
    return Drop(reason) if until >= sitting.closes_at else Wait(until, reason)


def _is_paused(uow: UnitOfWork, sitting: Sitting) -> bool:
    """Whether every practice of the sitting is paused by now."""
    ids = [one.cadence_id for one in rounds_in(uow, sitting) if one.cadence_id]
    cadences = uow.cadences.where(id=ids)
    return bool(cadences) and all(cadence.paused for cadence in cadences)


def _wishes(member: Member, team: Team) -> Wishes:
    return Wishes(
        zone=_zone(member, team),
        quiet=team.quiet_hours,
        away=member.absences,
        calendar=Calendar(team.country, team.blackout),
        paused_until=member.asked_from,
    )


def _hour(sitting: Sitting, member: Member, team: Team) -> time:
    """The hour at which the sitting was to come, on the person's clock."""
    return sitting.due_at.astimezone(_zone(member, team)).time()


def _zone(member: Member, team: Team) -> ZoneInfo:
    return ZoneInfo(member.timezone or team.timezone)


def _asked_for(uow: UnitOfWork, sitting_id: str) -> list[Delivery]:
    there = uow.deliveries.where(subject=sitting_id, kind=DeliveryKind.REMINDER, update_of=None)
    return [one for one in there if is_put_off(one)]


def _waits(delivery: Delivery) -> bool:
    return delivery.state in {DeliveryState.PENDING, DeliveryState.SENDING}
