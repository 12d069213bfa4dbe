"""Foreseeing what a person will be asked, so that what matters less leaves room for it."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from coaching.cadence import DIGEST, Cadence
from coaching.occasion import Hour, occasions, zones_of
from coaching.permissions import allowed, answering
from coaching.ports import UnitOfWork
from coaching.round import RoundState
from coaching.team import Member, Team
from coaching.use_cases.pacing import was_asked_before

__all__ = ["coming_prompts"]

_MOMENT = timedelta(microseconds=1)
_MOST_APART = timedelta(hours=26)
"""How far apart two people can be at the same hour of the same day."""


def coming_prompts(uow: UnitOfWork, user: str, now: datetime, until: datetime) -> list[datetime]:
    """When (UTC) the calendars of a person's teams will ask them something, before `until`.

    What has opened already is not among them. A sitting is one, whatever it holds.
    """
    moments = {
        moment
        for member in uow.members.where(user=user, active=True)
        for moment in _of_member(uow, member, until)
    }
    return sorted(moment for moment in moments if now <= moment < until)


def _of_member(uow: UnitOfWork, member: Member, until: datetime) -> Iterable[datetime]:
    coming = _of_team(uow, member, uow.teams.get(member.team_id), until)
    if not member.chosen.every_second:
        return coming
    ordered = sorted(set(coming))
    passes = bool(ordered) and was_asked_before(uow, member, ordered[0])
    return ordered[1 if passes else 0 :: 2]


def _of_team(uow: UnitOfWork, member: Member, team: Team, until: datetime) -> Iterator[datetime]:
    if member.asks_for_peace or team.paused:
        return
    zones = zones_of(uow.members.where(team_id=team.id, active=True))
    for cadence in uow.cadences.where(team_id=team.id, paused=False):
        if cadence.next_due_at is None or not _may_ask(uow, cadence, member):
            continue
        coming = occasions(cadence, team, cadence.next_due_at - _MOMENT, zones)
        for one in takewhile(lambda one: one.hour.begins_at < until + _MOST_APART, coming):
            if one.comes:
                yield one.hour.moment_for(member)
    if team.slot is not None:
        zone = ZoneInfo(team.timezone)
        for waiting in uow.rounds.where(team_id=team.id, state=RoundState.WAITING):
            day = waiting.due_at.astimezone(zone).date()
            yield Hour(day, team.slot.at, zone).moment_for(member)


def _may_ask(uow: UnitOfWork, cadence: Cadence, member: Member) -> bool:
    """Whether it may ask this member. Of a coach it is looked up: most practices ask none."""
    if cadence.practice == DIGEST or not cadence.asks(member):
        return False
    if member.is_asked:
        return True
    rounds = uow.rounds.where(cadence_id=cadence.id)
    return bool(rounds) and allowed(member, answering(rounds[-1].practice.audience))
