"""Reminding the owner of an invitation: four weeks, seven days and two days before the session.

After the session they are asked once whether the guest came. Nothing is said after the answer that
ends it, nor for a day that the session was moved away from.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from coaching.calendar import Calendar
from coaching.delivery import Delivery, DeliveryKind, DeliveryState
from coaching.invite import Invite, InviteState, Session, reminded_on, reminder_day
from coaching.ports import UnitOfWork
from coaching.team import Team
from coaching.use_cases.follow_up import Entry, ask_on, asked_about, asked_of, stop_following_up

__all__ = ["Told", "is_due", "remind", "stop_reminding", "tell_once", "today_of"]

_NEVER_SAID = (DeliveryState.PENDING, DeliveryState.DROPPED)
_AFTER = timedelta(days=1)


class Told(StrEnum):
    """What an owner is told of besides the reminders, which go by the days before the session."""

    CAME = "came"
    """Asks whether the guest came."""
    YOURS = "yours"
    """The invitation is theirs now: its owner has left, or it was given to them."""
    OFF = "off"
    """It is not to go out any more."""


def today_of(team: Team, now: datetime) -> date:
    """The day on the team's clock."""
    return now.astimezone(ZoneInfo(team.timezone)).date()


def remind(uow: UnitOfWork, invite: Invite, now: datetime, *, at_once: bool = True) -> None:
    """Have its owner reminded as the invitation and its session stand now, and not otherwise.

    `at_once`: also of the newest reminder whose day has passed. What is accepted is asked about
    after the session alone.
    """
    _forget_unsaid(uow, invite)
    session = uow.sessions.get(invite.session_id)
    if invite.state.ended or session.cancelled_at is not None:
        return
    team = uow.teams.get(invite.team_id)
    today = today_of(team, now)
    said = _said(uow, invite)
    coming = reminded_on(session.on, today, _calendar(team), said)
    for before, on in coming.items():
        if invite.state is not InviteState.ACCEPTED and (at_once or on >= today):
            ask_on(uow, team, invite.owner, Entry.INVITE, invite.id, on, now, str(before))
    after = session.on + _AFTER
    ask_on(uow, team, invite.owner, Entry.INVITE, invite.id, after, now, Told.CAME)


def stop_reminding(uow: UnitOfWork, invite: Invite, reason: str) -> None:
    """Nothing more is asked about it. Before what was said is said anew, which this drops, too."""
    stop_following_up(uow, invite.id, reason)


def tell_once(uow: UnitOfWork, invite: Invite, told: Told, now: datetime) -> None:
    """Have its owner told what has become of it."""
    team = uow.teams.get(invite.team_id)
    ask_on(uow, team, invite.owner, Entry.INVITE, invite.id, today_of(team, now), now, told)


def is_due(uow: UnitOfWork, delivery: Delivery, invite: Invite, now: datetime) -> str:
    """Why what was to be said of an invitation is not to be said any more; "" where it is."""
    session, team = uow.sessions.get(invite.session_id), uow.teams.get(invite.team_id)
    about, (_, on) = asked_about(delivery), asked_of(delivery)
    if about == Told.OFF:
        return "" if invite.state is InviteState.CANCELLED else "it is to go out again"
    if invite.state.ended:
        return "an answer has ended it"
    if delivery.addressee_id != invite.owner:
        return "somebody else asks them"
    today = today_of(team, now)
    if about == Told.YOURS:
        return "" if today < session.on else "the session has been"
    if about == Told.CAME:
        return "" if on == session.on + _AFTER else "the session was moved"
    return _reminder_due(session, int(about), on, today, _calendar(team), invite)


def _reminder_due(
    session: Session, before: int, on: date, today: date, calendar: Calendar, invite: Invite
) -> str:
    if invite.state is InviteState.ACCEPTED:
        return "accepted already"
    if on != reminder_day(session.on, before, calendar):
        return "the session was moved"
    return "" if today < session.on else "the session has come"


def _calendar(team: Team) -> Calendar:
    return Calendar(team.country, ())


def _forget_unsaid(uow: UnitOfWork, invite: Invite) -> None:
    """Take back what has not been said, so that the same day may be asked about anew."""
    about = uow.deliveries.where(kind=DeliveryKind.FOLLOW_UP, subject=invite.id, update_of=None)
    for one in about:
        if one.state in _NEVER_SAID and asked_about(one) not in {Told.OFF, Told.YOURS}:
            uow.deliveries.remove(one.id)


def _said(uow: UnitOfWork, invite: Invite) -> set[int]:
    """How many days before the session its owner was reminded already."""
    about = uow.deliveries.where(
        kind=DeliveryKind.FOLLOW_UP,
        subject=invite.id,
        addressee_id=invite.owner,
        update_of=None,
    )
    days = [asked_about(one) for one in about if one.state is not DeliveryState.DROPPED]
    return {int(one) for one in days if one.isdecimal()}
