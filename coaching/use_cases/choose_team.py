"""Which of a person's teams something is for, where they begin it themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from coaching.errors import Refused
from coaching.ports import UnitOfWork
from coaching.team import Member, Team

__all__ = ["Place", "by_name", "chosen_place", "demand_places", "place_in"]

_NOWHERE = "You are on no team that I work with. A team's lead can add you."
_CHOOSE = "Choose the team that it is for."


@dataclass(frozen=True, slots=True)
class Place:
    """A person's place in one of their teams."""

    member: Member
    team: Team


def demand_places(uow: UnitOfWork, user: str) -> list[Place]:
    """The teams that a person is on now, the oldest place first. Raises Refused: there is none."""
    members = uow.members.where(user=user, active=True)
    if not members:
        raise Refused(_NOWHERE)
    return [Place(member, uow.teams.get(member.team_id)) for member in members]


def place_in(places: Sequence[Place], channel: str) -> Place | None:
    """Where it is known without asking: the team whose channel it is, or the only one."""
    here = [place for place in places if place.team.channel == channel]
    known = here or (places if len(places) == 1 else ())
    return known[0] if known else None


def by_name(places: Sequence[Place]) -> dict[str, Place]:
    """The places by what one chooses them by: the team's name, made different where two are one."""
    named: dict[str, Place] = {}
    for place in places:
        name = plain = " ".join(place.team.name.split())
        count = 1
        while name in named:
            count += 1
            name = f"{plain} ({count})"
        named[name] = place
    return named


def chosen_place(uow: UnitOfWork, user: str, name: str, field: str) -> Place:
    """The place that was chosen by name in `field`. Raises Refused."""
    place = by_name(demand_places(uow, user)).get(name)
    if place is None:
        raise Refused(_CHOOSE, {field: _CHOOSE})
    return place
