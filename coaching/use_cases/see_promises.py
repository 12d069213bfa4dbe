"""The register of promises: one's own, and of the team what lead and coach were shown anyway."""

from dataclasses import dataclass

from coaching.permissions import Action, allowed
from coaching.ports import UnitOfWork
from coaching.promise import Promise
from coaching.round import RoundState
from coaching.team import Team
from coaching.use_cases.choose_team import demand_places

__all__ = ["MOST_SETTLED", "OfTeam", "PromisesView", "open_promises", "see_promises"]

MOST_SETTLED = 5
"""How many that are settled, the latest first, are shown beside the open ones."""


@dataclass(frozen=True, slots=True)
class OfTeam:
    """Somebody's promise, as the team may see it: an outcome only where it was shared."""

    user: str
    promise: Promise


@dataclass(frozen=True, slots=True)
class PromisesView:
    """One's own, open and settled; and of each team that one leads or coaches the others'."""

    open: tuple[tuple[Team, Promise], ...]
    settled: tuple[tuple[Team, Promise], ...]
    teams: tuple[tuple[Team, tuple[OfTeam, ...]], ...]


def see_promises(uow: UnitOfWork, user: str) -> PromisesView:
    """The promises that are for this person to see. Raises Refused: they are on no team."""
    places = demand_places(uow, user)
    open_: list[tuple[Team, Promise]] = []
    settled: list[tuple[Team, Promise]] = []
    for place in places:
        for one in uow.promises.where(member_id=place.member.id):
            there = open_ if _is_open(one) else settled
            there.append((place.team, one))
    steered = [place.team for place in places if allowed(place.member, Action.STEER)]
    latest = sorted(settled, key=lambda pair: pair[1].settled_at or pair[1].made_at, reverse=True)
    return PromisesView(
        open=tuple(sorted(open_, key=lambda pair: pair[1].by)),
        settled=tuple(latest[:MOST_SETTLED]),
        teams=tuple((team, tuple(_of_team(uow, team, user))) for team in steered),
    )


def open_promises(uow: UnitOfWork, user: str) -> list[Promise]:
    """What a person promised and has not settled, the nearest day first."""
    members = uow.members.where(user=user, active=True)
    own = uow.promises.where(member_id=[one.id for one in members], outcome=None)
    return sorted((one for one in own if _is_open(one)), key=lambda one: one.by)


def _is_open(one: Promise) -> bool:
    return one.outcome is None and one.withdrawn_at is None


def _of_team(uow: UnitOfWork, team: Team, but: str) -> list[OfTeam]:
    """Of others: whose words the team has read, and that are open or were shared."""
    promises = [one for one in uow.promises.where(team_id=team.id) if one.withdrawn_at is None]
    shown = {
        one.id
        for one in uow.rounds.where(id=list({one.round_id for one in promises}))
        if one.state is RoundState.CLOSED and one.practice.visibility.named
    }
    users = {one.id: one.user for one in uow.members.where(team_id=team.id, active=True)}
    told = [
        OfTeam(users[one.member_id], one)
        for one in promises
        if one.round_id in shown and users.get(one.member_id, but) != but
        if one.outcome is None or one.shared
    ]
    return sorted(told, key=lambda one: (one.promise.outcome is not None, one.promise.by))
