"""Where a doubt can be shared now, and when it is asked for next. Nothing here is kept.

What is anonymous needs its round: alone, it could be told apart. That somebody wanted to share one
is nobody's to know.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from coaching.occasion import occasions, zones_of
from coaching.ports import UnitOfWork
from coaching.round import RoundState
from coaching.team import Team
from coaching.use_cases.answer_prompt import open_sittings
from coaching.use_cases.choose_team import Place
from coaching.use_cases.keep_anonymous import sent
from coaching.use_cases.see_sitting import SittingView

__all__ = ["DOUBTS", "Waiting", "asked_next", "doubts_open"]

DOUBTS = "doubts"
"""The practice that asks for them."""

_MOMENT = timedelta(microseconds=1)
_LOOK_AHEAD = 60
"""Occurrences: one that is skipped is followed by others."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A team in which a person can share no doubt now.

    `sent`: they have sent the form of the round that is open. `next_on`: the day on which the next
    one opens for them; None where none is to come.
    """

    team: Team
    sent: bool
    next_on: date | None


def doubts_open(
    uow: UnitOfWork, user: str, places: Sequence[Place], now: datetime
) -> list[SittingView]:
    """The person's sittings, in these teams, whose form asks for doubts."""
    teams = {place.team.id for place in places}
    return [
        view
        for view in open_sittings(uow, user, now)
        if view.team.id in teams
        and any(one.round.practice_key == DOUBTS and not one.late for one in view.asked)
    ]


def asked_next(uow: UnitOfWork, places: Sequence[Place], now: datetime) -> list[Waiting]:
    """When each of these teams asks the person next."""
    return [_waiting(uow, place, now) for place in places]


def _waiting(uow: UnitOfWork, place: Place, now: datetime) -> Waiting:
    opened = uow.rounds.where(team_id=place.team.id, practice_key=DOUBTS, state=RoundState.OPEN)
    next_on = min(_days(uow, place, now), default=None)
    return Waiting(place.team, bool(sent(uow, place.member, opened)), next_on)


def _days(uow: UnitOfWork, place: Place, now: datetime) -> Iterator[date]:
    """The next day of each cadence of the practice that asks this person, on their own clock."""
    member, team = place.member, place.team
    if team.paused or member.opted_out or not member.is_asked:
        return
    zone = ZoneInfo(member.timezone or team.timezone)
    zones = zones_of(uow.members.where(team_id=team.id, active=True))
    for cadence in uow.cadences.where(team_id=team.id, practice=DOUBTS, paused=False):
        if cadence.next_due_at is None or not cadence.asks(member):
            continue
        coming = occasions(cadence, team, cadence.next_due_at - _MOMENT, zones)
        for one, _ in zip(coming, range(_LOOK_AHEAD), strict=False):
            if one.comes and one.hour.moment_for(member) > now:
                yield one.hour.moment_for(member).astimezone(zone).date()
                break
