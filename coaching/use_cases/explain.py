"""What a person is asked, why, and when next: told to them when they want to know."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from coaching.cadence import DIGEST, Cadence
from coaching.catalogue import Catalogue
from coaching.errors import NotFound, Refused
from coaching.occasion import Hour, occasions, zones_of
from coaching.ports import UnitOfWork
from coaching.practice import Practice
from coaching.preview import Coming, preview
from coaching.rhythm import in_words
from coaching.team import Member, Role, Team
from coaching.use_cases.see_sitting import rounds_in
from coaching.use_cases.team_purpose import purpose_of
from coaching.use_cases.wish import Seat, today_of, wishes_of

__all__ = ["AHEAD", "Explained", "Reason", "Standing", "reasons_of", "standing_of"]

AHEAD = timedelta(days=35)
"""How far a person's standing looks."""

_A_YEAR = timedelta(days=400)
_ROUND_THE_EARTH = timedelta(days=2)
_GONE = "I can't find these questions any more. `/widelens status` shows what I ask you."
_NOT_YOURS = "These questions were asked of somebody else."


@dataclass(frozen=True, slots=True)
class Reason:
    """A practice that was asked, its rhythms in words, and when it comes next to the person."""

    practice: Practice
    rhythms: tuple[str, ...]
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Explained:
    """A sitting, explained to its person."""

    seat: Seat
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person stands in one of their teams: what is coming to them within `AHEAD`.

    `next_sitting` and `next_digest` are the team's, for its lead and coach.
    """

    seat: Seat
    coming: tuple[Coming, ...]
    next_sitting: datetime | None = None
    next_digest: datetime | None = None

    @property
    def leads(self) -> bool:
        """Whether they lead the team, or coach it."""
        return self.seat.member.role is not Role.LEADER


def reasons_of(uow: UnitOfWork, sitting_id: str, user: str, now: datetime) -> Explained:
    """Why a person is asked what a sitting of theirs asks, also once it is over.

    Raises:
        Refused: it is gone, or somebody else's.
    """
    try:
        sitting = uow.sittings.get(sitting_id)
    except NotFound:
        raise Refused(_GONE) from None
    member = uow.members.get(sitting.member_id)
    if member.user != user:
        raise Refused(_NOT_YOURS)
    team = uow.teams.get(sitting.team_id)
    cadences = [one for one in uow.cadences.where(team_id=team.id) if one.asks(member)]
    people = uow.members.where(team_id=team.id)
    reasons = [
        _reason(one.practice, cadences, team, people, member, now)
        for one in rounds_in(uow, sitting)
    ]
    return Explained(Seat(team, member), tuple(reasons))


def standing_of(uow: UnitOfWork, catalogue: Catalogue, user: str, now: datetime) -> list[Standing]:
    """How a person stands in their teams. Raises Refused where they are in none."""
    seats = wishes_of(uow, user)
    today_of(seats, now)
    return [_standing(uow, catalogue, seat, now) for seat in seats]


def _standing(uow: UnitOfWork, catalogue: Catalogue, seat: Seat, now: datetime) -> Standing:
    team, member = seat.team, seat.member
    cadences = uow.cadences.where(team_id=team.id)
    people = uow.members.where(team_id=team.id, active=True)
    purpose = purpose_of(uow, team.id) is not None
    coming = preview(team, cadences, people, catalogue, member, now, now + AHEAD, purpose=purpose)
    prompts = tuple(one for one in coming if not one.reminder)
    if member.role is Role.LEADER or team.paused:
        return Standing(seat, prompts)
    going = [one for one in cadences if not one.paused]
    digests = [one for one in going if one.practice == DIGEST]
    asking = [one for one in going if one.practice != DIGEST]
    return Standing(
        seat, prompts, _next(asking, team, people, now), _next(digests, team, people, now)
    )


def _reason(
    practice: Practice,
    cadences: Iterable[Cadence],
    team: Team,
    people: list[Member],
    member: Member,
    now: datetime,
) -> Reason:
    asking = [one for one in cadences if one.practice == practice.key and not one.paused]
    lasting = [one for one in asking if "COUNT=1" not in one.rrule.split(";")]
    rhythms = [
        in_words(one.rrule, at)
        for one in lasting
        if (at := one.at or (team.slot.at if team.slot else None)) is not None
    ]
    coming = [] if team.paused or member.asks_for_peace else asking
    return Reason(practice, tuple(dict.fromkeys(rhythms)), _next(coming, team, people, now, member))


def _next(
    cadences: Iterable[Cadence],
    team: Team,
    people: list[Member],
    now: datetime,
    member: Member | None = None,
) -> datetime | None:
    """When (UTC) the first of them comes next: to a member, or on the team's clock."""
    zones = zones_of(people)
    found = (
        hour.moment_for(member) if member else hour.due_at
        for cadence in cadences
        for hour in _hours(cadence, team, now, zones)
    )
    return min((moment for moment in found if moment > now), default=None)


def _hours(
    cadence: Cadence, team: Team, now: datetime, zones: frozenset[ZoneInfo]
) -> Iterator[Hour]:
    """The hours that are under way for some of the people, and the next."""
    coming = occasions(cadence, team, now - _ROUND_THE_EARTH, zones)
    for one in takewhile(lambda one: one.hour.begins_at < now + _A_YEAR, coming):
        if one.comes:
            yield one.hour
            if one.hour.begins_at > now:
                return
