"""When a team is asked something next, and whether its lead or coach can bring it up now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from coaching.catalogue import Catalogue
from coaching.occasion import coming_occasions, zones_of
from coaching.permissions import Action, allowed
from coaching.ports import UnitOfWork
from coaching.team import Member, Team
from coaching.use_cases.team_purpose import lacking

__all__ = ["AskedNext", "asked_next"]


@dataclass(frozen=True, slots=True)
class AskedNext:
    """When one of these practices comes next.

    `practice` is its name and `at` (UTC) the team's own hour; "" and None where none is to come.
    `now` is the name of the one that the person can ask for at once, from their home; "" without.
    """

    practice: str = ""
    at: datetime | None = None
    now: str = ""


def asked_next(
    uow: UnitOfWork,
    catalogue: Catalogue,
    team: Team,
    member: Member,
    practices: Collection[str],
    now: datetime,
) -> AskedNext:
    """Of these practices, by key, in the order in which they would rather be brought up."""
    if team.paused:
        return AskedNext()
    here = uow.cadences.where(team_id=team.id, practice=list(practices), paused=False)
    known = [
        one
        for one in here
        if one.practice in catalogue and not lacking(uow, team, catalogue[one.practice])
    ]
    zones = zones_of(uow.members.where(team_id=team.id, active=True))
    coming: list[tuple[datetime, str]] = []
    for cadence in known:
        if cadence.next_due_at is not None:
            found = coming_occasions(cadence, team, now, zones)
            at = next((one.hour.due_at for one in found if one.comes), None)
            coming += [(at, catalogue[cadence.practice].name)] if at else []
    own = {one.practice for one in known if not one.origin} if _steers(member) else set()
    by_hand = next((catalogue[key].name for key in practices if key in own), "")
    first, name = min(coming, default=(None, ""))
    return AskedNext(name, first, by_hand)


def _steers(member: Member) -> bool:
    return allowed(member, Action.STEER)
