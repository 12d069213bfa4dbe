"""A team's purpose, seen by one of its people: the sentence that holds, and what waits."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from coaching.catalogue import Catalogue
from coaching.permissions import Action, allowed
from coaching.ports import UnitOfWork
from coaching.purpose import Purpose
from coaching.team import Member, Team
from coaching.use_cases.asked_next import AskedNext, asked_next
from coaching.use_cases.be_discreet import demand_reader
from coaching.use_cases.choose_team import Place
from coaching.use_cases.restate_purpose import restatement
from coaching.use_cases.team_purpose import (
    PurposeStand,
    Unsettled,
    Ways,
    closed_at,
    may_settle,
    unsettled_of,
    versions_of,
)

__all__ = ["PurposeView", "Version", "history_of", "purpose_stand", "see_purpose"]

_PRACTICES = ("purpose_whole", "purpose")
"""What asks for the sentence, and what asks whether it still holds."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version, who settled it (a platform id), and on which days it held on the team's clock.

    `until` is None for the one that holds.
    """

    purpose: Purpose
    by: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class PurposeView:
    """The version that holds, and what waits to be settled; None where there is none."""

    place: Place
    current: Version | None
    unsettled: Unsettled | None
    on: date | None
    """The day on which the round closed that waits."""
    ways: Ways
    next: AskedNext


def see_purpose(uow: UnitOfWork, catalogue: Catalogue, place: Place, now: datetime) -> PurposeView:
    """The purpose of a team of the person's own; of a round that is open nothing."""
    team, zone = place.team, ZoneInfo(place.team.timezone)
    current = next(iter(_versions(uow, team)), None)
    unsettled = unsettled_of(uow, team.id)
    on = closed_at(unsettled.round).astimezone(zone).date() if unsettled else None
    coming = asked_next(uow, catalogue, team, place.member, _PRACTICES, now)
    ways = _ways(uow, catalogue, place.member)
    return PurposeView(place, current, unsettled, on, ways, coming)


def purpose_stand(uow: UnitOfWork, catalogue: Catalogue, member: Member) -> PurposeStand:
    """How the purpose of a member's team stands, for them."""
    current = next(iter(versions_of(uow, member.team_id)), None)
    return PurposeStand(
        sentence=current.sentence if current else "",
        number=current.number if current else 0,
        waits=unsettled_of(uow, member.team_id) is not None,
        ways=_ways(uow, catalogue, member),
    )


def _ways(uow: UnitOfWork, catalogue: Catalogue, member: Member) -> Ways:
    restates = allowed(member, Action.STEER) and restatement(catalogue) is not None
    return Ways(may_settle(uow, member), restates)


def history_of(uow: UnitOfWork, user: str, team_id: str) -> tuple[Team, list[Version]]:
    """All versions, the newest first. Raises Refused where the person is not on the team."""
    team = demand_reader(uow, team_id, user)
    return team, _versions(uow, team)


def _versions(uow: UnitOfWork, team: Team) -> list[Version]:
    users = {one.id: one.user for one in uow.members.where(team_id=team.id)}
    zone = ZoneInfo(team.timezone)
    told: list[Version] = []
    until: date | None = None
    for one in versions_of(uow, team.id):
        since = one.settled_at.astimezone(zone).date()
        told.append(Version(one, users[one.settled_by], since, until))
        until = since
    return told
