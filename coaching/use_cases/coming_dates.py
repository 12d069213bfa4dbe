"""The next dates of a cadence, before it is kept: those on which it will come, and those not."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from coaching.cadence import DIGEST, Cadence
from coaching.occasion import Occasion, coming_occasions, zones_of
from coaching.ports import UnitOfWork
from coaching.team import Team

__all__ = ["SHOWN", "Dates", "coming_dates"]

SHOWN = 5
"""How many dates on which it comes are looked for."""

_LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class Dates:
    """The occurrences that are next, in order, up to the fifth that comes.

    `met` are those, by their own day, that the team was asked already: they do not come again.
    `ends`: nothing follows them.
    """

    occasions: tuple[Occasion, ...]
    met: frozenset[date]
    ends: bool

    def comes(self, occasion: Occasion) -> bool:
        """Whether the team is asked then."""
        return occasion.comes and occasion.day not in self.met

    @property
    def first(self) -> Occasion | None:
        """The first that comes."""
        return next(filter(self.comes, self.occasions), None)


def coming_dates(uow: UnitOfWork, team: Team, cadence: Cadence, now: datetime) -> Dates:
    """What is next of a cadence, kept or not, as the planner will have it."""
    zones = zones_of(uow.members.where(team_id=team.id, active=True))
    coming = coming_occasions(cadence, team, now, zones)
    found: list[Occasion] = []
    met: set[date] = set()
    left = SHOWN
    for occasion in islice(coming, _LOOKED_AT):
        found.append(occasion)
        if _is_met(uow, team, cadence, occasion):
            met.add(occasion.day)
        elif occasion.comes:
            left -= 1
        if not left:
            break
    ends = len(found) < _LOOKED_AT and left > 0
    return Dates(tuple(found), frozenset(met), ends)


def _is_met(uow: UnitOfWork, team: Team, cadence: Cadence, occasion: Occasion) -> bool:
    """Whether it is on record, so that it will not be a second time."""
    day = occasion.day.isoformat()
    if cadence.practice == DIGEST:
        return uow.digests.one(team_id=team.id, occasion=day) is not None
    name = f"{day}/{cadence.id}" if cadence.asked else day
    key = cadence.practice
    return uow.rounds.one(team_id=team.id, practice_key=key, occasion=name) is not None
