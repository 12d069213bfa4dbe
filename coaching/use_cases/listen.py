"""Listening: where a team switched it on, who writes of a breakdown there is offered help with it.

What is read is kept nowhere. Nothing is read before the channel was told.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from coaching.calendar import away_on
from coaching.delivery import Delivery, DeliveryKind, DeliveryState
from coaching.errors import NotFound, Refused
from coaching.load import WEEK
from coaching.overheard import Overheard
from coaching.permissions import Action, demand
from coaching.ports import UnitOfWork
from coaching.practice import Practice
from coaching.team import Member, Team
from coaching.use_cases.choose_team import Place
from coaching.use_cases.learn_from_breakdown import BreakdownView, log_breakdown
from coaching.use_cases.saying import say_anew, say_in_channel, say_to
from coaching.use_cases.wish import Wish, set_pace

__all__ = [
    "OFF",
    "ON",
    "decline",
    "listened_to",
    "log_offered",
    "look_at",
    "never_again",
    "offer_help",
    "set_listening",
    "who_steers",
]

ON, OFF = "on", "off"
"""Begins the detail of what the channel is told; who and when follow, a blank between."""

_GONE = "I can't find what this was about any more. `/widelens breakdown` logs one at any time."
_NOT_YOURS = "This was meant for somebody else."
_NOT_ON_IT = "You are not on this team any more, so there is nothing to log for it."
_NO_TEAM = "You are not on this team, so this is for others to decide."


def listened_to(uow: UnitOfWork, channel: str, user: str, now: datetime) -> Member | None:
    """Whose words in a channel may be read now, for an offer to them; None where nobody's are.

    That is a member of the channel's team, who wants offers, is here, and had none this week; once
    the team switched it on and the channel was told.
    """
    team = uow.teams.one(channel=channel)
    if team is None or not team.listening:
        return None
    member = uow.members.one(team_id=team.id, user=user, active=True)
    if member is None or not _welcomes_offers(member, team, now) or not _was_told(uow, team):
        return None
    lately = uow.deliveries.charged_since(user, now - WEEK) + uow.deliveries.queued_for(user)
    return None if any(one.kind is DeliveryKind.OFFER for one in lately) else member


def offer_help(uow: UnitOfWork, channel: str, message: str, user: str, now: datetime) -> None:
    """Have help offered to who wrote a message, if they are still listened to."""
    member = listened_to(uow, channel, user, now)
    if member is not None:
        heard = Overheard(channel, message, now)
        say_to(uow, member, DeliveryKind.OFFER, heard.subject, now, detail=heard.detail)


def look_at(uow: UnitOfWork, offer_id: str, user: str) -> tuple[Place, Overheard]:
    """Where what was overheard would be logged, and which message it is. Raises Refused."""
    offer, member = _offer(uow, offer_id, user)
    demand(member, Action.LOG_BREAKDOWN)
    return Place(member, uow.teams.get(member.team_id)), Overheard.of(offer)


def log_offered(
    uow: UnitOfWork,
    practice: Practice,
    offer_id: str,
    user: str,
    given: Mapping[str, str],
    now: datetime,
) -> BreakdownView:
    """Log the breakdown that was overheard, as its author tells it; sent twice it is one.

    Raises:
        Refused: it is not theirs, or with a sentence for each question that can't be kept.
    """
    offer, member = _offer(uow, offer_id, user)
    view = log_breakdown(uow, practice, member.id, user, offer.id, given, now)
    say_anew(uow, DeliveryKind.OFFER, offer.subject, now)
    return view


def decline(uow: UnitOfWork, offer_id: str, user: str, now: datetime) -> None:
    """It was no breakdown. Nobody else learns of it. Raises Refused."""
    offer, _ = _offer(uow, offer_id, user)
    say_anew(uow, DeliveryKind.OFFER, offer.subject, now)


def never_again(uow: UnitOfWork, offer_id: str, user: str, now: datetime) -> None:
    """What they write in this team's channel is not read from now on. Raises Refused."""
    offer, member = _offer(uow, offer_id, user)
    set_pace(uow, user, Wish.NO_OFFERS, now, on=True, team_id=member.team_id)
    say_anew(uow, DeliveryKind.OFFER, offer.subject, now)


def who_steers(uow: UnitOfWork, user: str, team_id: str) -> Team:
    """The team, for its lead or coach. Raises Refused for everybody else."""
    member = uow.members.one(team_id=team_id, user=user)
    if member is None:
        raise Refused(_NO_TEAM)
    demand(member, Action.STEER)
    return uow.teams.get(team_id)


def set_listening(uow: UnitOfWork, user: str, team_id: str, now: datetime, *, on: bool) -> Team:
    """Switch listening on or off in a team, and have its channel told. Twice is as once.

    Raises:
        Refused: it is not theirs to decide.
    """
    team = who_steers(uow, user, team_id)
    if team.listening is on:
        return team
    changed = replace(team, listening=on)
    uow.teams.save(changed)
    detail = f"{ON if on else OFF} {user} {now.isoformat()}"
    say_in_channel(uow, changed, DeliveryKind.LISTENING, team.id, now, detail=detail)
    return changed


def _welcomes_offers(member: Member, team: Team, now: datetime) -> bool:
    if team.paused or member.chosen.no_offers or member.asks_for_peace:
        return False
    today = now.astimezone(ZoneInfo(member.timezone or team.timezone)).date()
    is_asked = member.asked_from is None or member.asked_from <= today
    return is_asked and away_on(member.absences, today) is None


def _was_told(uow: UnitOfWork, team: Team) -> bool:
    """Whether what the channel was last told of it stands there."""
    told = uow.deliveries.where(subject=team.id, kind=DeliveryKind.LISTENING, update_of=None)
    latest = max(told, key=lambda one: one.detail.split(" ")[-1], default=None)
    return latest is None or latest.state is DeliveryState.SENT


def _offer(uow: UnitOfWork, offer_id: str, user: str) -> tuple[Delivery, Member]:
    try:
        offer = uow.deliveries.get(offer_id)
    except NotFound:
        raise Refused(_GONE) from None
    if offer.kind is not DeliveryKind.OFFER or offer.addressee_id != user:
        raise Refused(_NOT_YOURS)
    member = uow.members.one(team_id=offer.team_id, user=user, active=True)
    if member is None:
        raise Refused(_NOT_ON_IT)
    return offer, member
