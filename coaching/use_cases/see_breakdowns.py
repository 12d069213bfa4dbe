"""The register of breakdowns: what is open, and the library of what is closed, to be searched."""

from collections.abc import Sequence
from dataclasses import dataclass

from coaching.breakdown import Breakdown
from coaching.errors import Refused
from coaching.permissions import Action, demand
from coaching.ports import UnitOfWork
from coaching.team import Role, Team

__all__ = [
    "PAGE",
    "BreakdownsView",
    "StillOpen",
    "open_in",
    "see_breakdowns",
    "still_open_for",
]

PAGE = 10
_NOT_MEMBER = "Only this team's members can see its breakdowns. Its lead can add you."
_SEARCHED = ("what", "needed_now", "happened", "assumed", "learning")


@dataclass(frozen=True, slots=True)
class BreakdownsView:
    """A page of a team's open breakdowns, or (`library`) of its closed ones.

    `words` is what was searched for, `page` counts from 0, `found` is how many there are in all.
    """

    team: Team
    library: bool
    words: str
    page: int
    found: int
    shown: tuple[Breakdown, ...]

    @property
    def pages(self) -> int:
        """How many pages there are; one where nothing is found."""
        return max(1, -(-self.found // PAGE))


@dataclass(frozen=True, slots=True)
class StillOpen:
    """A team's open breakdowns, those of the nearest day first, for one member.

    `theirs` are the ids of those that concern them: they own or logged it, or lead the team.
    """

    breakdowns: tuple[Breakdown, ...]
    theirs: frozenset[str]


def see_breakdowns(
    uow: UnitOfWork,
    team_id: str,
    user: str,
    *,
    library: bool = False,
    words: str = "",
    page: int = 0,
) -> BreakdownsView:
    """A page of them: open ones by their day, closed ones the latest first. Raises Refused."""
    member = uow.members.one(team_id=team_id, user=user)
    if member is None:
        raise Refused(_NOT_MEMBER)
    demand(member, Action.READ_TEAM)
    kept = _closed(uow, team_id) if library else open_in(uow, team_id)
    found = [one for one in kept if _has(one, words)]
    page = page if 0 <= page * PAGE < len(found) else 0
    shown = found[page * PAGE : (page + 1) * PAGE]
    team = uow.teams.get(team_id)
    return BreakdownsView(team, library, words, page, len(found), tuple(shown))


def open_in(uow: UnitOfWork, team_id: str) -> list[Breakdown]:
    """A team's open breakdowns: those that nobody has taken first, then by their day."""
    there: Sequence[Breakdown] = uow.breakdowns.where(team_id=team_id, closed_at=None)
    return sorted(there, key=lambda one: one.needed_by.isoformat() if one.needed_by else "")


def still_open_for(uow: UnitOfWork, team_id: str, user: str) -> StillOpen:
    """What a member of the team looks at once a week."""
    there = open_in(uow, team_id)
    member = uow.members.one(team_id=team_id, user=user, active=True)
    if member is None:
        return StillOpen((), frozenset())
    leads = member.role is not Role.LEADER
    theirs = {one.id for one in there if leads or one.owner == user or one.logged_by == member.id}
    return StillOpen(tuple(there), frozenset(theirs))


def _closed(uow: UnitOfWork, team_id: str) -> list[Breakdown]:
    closed = [one for one in uow.breakdowns.where(team_id=team_id) if one.closed_at is not None]
    return sorted(closed, key=lambda one: one.closed_at or one.logged_at, reverse=True)


def _has(one: Breakdown, words: str) -> bool:
    """Whether each of the words stands somewhere in it, in capitals or not."""
    text = " ".join(getattr(one, field) for field in _SEARCHED).casefold()
    return all(word in text for word in words.casefold().split())
