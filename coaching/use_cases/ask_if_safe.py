"""Asking everyone, without names, whether breakdowns are safe to raise: once some were closed."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coaching.cadence import DIGEST, Cadence
from coaching.catalogue import Catalogue
from coaching.identifiers import new_id
from coaching.occasion import coming_occasions, zones_of
from coaching.ports import UnitOfWork
from coaching.round import RoundState
from coaching.team import Team
from coaching.wishes import CIVIL_HOUR

__all__ = ["ON_CLOSE", "SAFE_TO_RAISE", "ask_if_safe"]

SAFE_TO_RAISE = "safe_to_raise"
"""The practice that asks."""

ON_CLOSE = "closed"
"""The origin of the cadence on which it comes: once, after breakdowns were closed."""

_ONCE = "FREQ=DAILY;COUNT=1"
_APART = timedelta(days=28)
_DAY = timedelta(days=1)
_LOOKED_AHEAD = 9
"""Days: a sitting further ahead than a week has begun for nobody."""


def ask_if_safe(uow: UnitOfWork, catalogue: Catalogue, team: Team, now: datetime) -> None:
    """A breakdown was closed: have it asked at the next sitting, four weeks apart at least.

    A team without a slot is asked beside what comes next of all else. Nothing where it is to come
    already, or the team asks it on a rhythm of its own.
    """
    if SAFE_TO_RAISE not in catalogue:
        return
    there = uow.cadences.where(team_id=team.id, practice=SAFE_TO_RAISE)
    if any(one.next_due_at is not None for one in there):
        return
    today = now.astimezone(ZoneInfo(team.timezone)).date()
    day, at = _beside_what_comes(uow, team, _earliest(uow, team, today), now)
    wanted = Cadence(
        id=new_id(),
        workspace_id=team.workspace_id,
        team_id=team.id,
        practice=SAFE_TO_RAISE,
        rrule=_ONCE,
        at=at,
        starts_on=day,
        next_due_at=None,
        origin=ON_CLOSE,
    )
    zones = zones_of(uow.members.where(team_id=team.id, active=True))
    wanted = _placed(wanted, team, now, zones)
    before = next((one for one in there if one.origin == ON_CLOSE), None)
    if before is None:
        uow.cadences.add(wanted)
    else:
        uow.cadences.save(replace(wanted, id=before.id, paused=before.paused))


def _placed(wanted: Cadence, team: Team, now: datetime, zones: frozenset[ZoneInfo]) -> Cadence:
    """The cadence, due at its first hour that nobody has met yet.

    A sitting that moves to the day before a holiday may have begun for those east of the team:
    they would be asked at any hour.
    """
    for days in range(_LOOKED_AHEAD):
        moved = replace(wanted, starts_on=wanted.starts_on + days * _DAY)
        first = next(coming_occasions(moved, team, now, zones), None)
        if first is None or first.hour.begins_at > now:
            return replace(moved, next_due_at=first.hour.begins_at if first else None)
    return wanted


def _earliest(uow: UnitOfWork, team: Team, today: date) -> date:
    asked = uow.rounds.where(
        team_id=team.id,
        practice_key=SAFE_TO_RAISE,
        state=[RoundState.WAITING, RoundState.OPEN, RoundState.CLOSED],
    )
    zone = ZoneInfo(team.timezone)
    last = max((one.due_at.astimezone(zone).date() for one in asked), default=None)
    return max(today + _DAY, last + _APART) if last else today + _DAY


def _beside_what_comes(
    uow: UnitOfWork, team: Team, earliest: date, now: datetime
) -> tuple[date, time | None]:
    """The first day from `earliest` on, and the hour where the team has no slot."""
    if team.slot is not None:
        return earliest, None
    zone = ZoneInfo(team.timezone)
    coming: list[tuple[date, time]] = []
    for cadence in uow.cadences.where(team_id=team.id, paused=False):
        asks = cadence.practice not in {DIGEST, SAFE_TO_RAISE}
        if not asks or cadence.next_due_at is None or cadence.at is None:
            continue
        for one in coming_occasions(cadence, team, now):
            if one.comes and one.hour.due_at.astimezone(zone).date() >= earliest:
                coming.append((one.hour.due_at.astimezone(zone).date(), cadence.at))
                break
    return min(coming, default=(earliest, CIVIL_HOUR))
