"""Who is on a team's map, by what its people have written in rounds that have closed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from coaching.answer import Answer
from coaching.catalogue import Catalogue
from coaching.ports import UnitOfWork
from coaching.round import Round, RoundState
from coaching.use_cases.asked_next import AskedNext, asked_next
from coaching.use_cases.choose_team import Place

__all__ = ["MapView", "OnMap", "Rated", "see_stakeholders"]

_DRAFT, _MAP = "stakeholder_draft", "stakeholder_map"
_NAMES = ("outside", "inside", "added", "known", "deepen")
_INSIDE, _DEEPEN, _KNOWN = "inside", "deepen", "known"
_RATINGS = ("relationship", "engagement")


@dataclass(frozen=True, slots=True)
class Rated:
    """How somebody (a platform id) rated a relationship and the engagement, 1 to 5."""

    by: str
    on: date
    relationship: int | None
    engagement: int | None


@dataclass(frozen=True, slots=True)
class OnMap:
    """A stakeholder. `inside` is None where nobody has said whether they are of the organisation.

    `named_by` is who named them first; `in_focus`, whether they are to be deepened by the latest
    draft; `rated`, the latest rating.
    """

    name: str
    named_by: str
    inside: bool | None = None
    in_focus: bool = False
    rated: Rated | None = None


@dataclass(frozen=True, slots=True)
class MapView:
    """A team's map: those in focus first, then in the order in which they were named."""

    place: Place
    there: tuple[OnMap, ...]
    next: AskedNext


def see_stakeholders(uow: UnitOfWork, catalogue: Catalogue, place: Place, now: datetime) -> MapView:
    """The map of a team of the person's own; of a round that is open nothing."""
    team, zone = place.team, ZoneInfo(place.team.timezone)
    users = {one.id: one.user for one in uow.members.where(team_id=team.id)}
    known: dict[str, OnMap] = {}
    drafted = ""
    for round_, answer in _told(uow, team.id):
        if _names(answer, _DEEPEN) and round_.id != drafted:
            drafted = round_.id  # a new draft says anew who is in focus
            known = {key: replace(one, in_focus=False) for key, one in known.items()}
        for key in _NAMES:
            for name in _names(answer, key):
                there = known.get(name.casefold()) or OnMap(name, users[answer.member_id])
                known[name.casefold()] = _more_of(there, key, answer, users, zone)
    stand = sorted(known.values(), key=lambda one: not one.in_focus)
    coming = asked_next(uow, catalogue, team, place.member, (_MAP, _DRAFT), now)
    return MapView(place, tuple(stand), coming)


def _told(uow: UnitOfWork, team_id: str) -> Iterator[tuple[Round, Answer]]:
    """What was written with a name to it, oldest first."""
    closed = uow.rounds.where(team_id=team_id, practice_key=[_DRAFT, _MAP], state=RoundState.CLOSED)
    rounds = {one.id: one for one in closed if one.practice.visibility.named}
    answers = uow.answers.where(round_id=list(rounds))
    for answer in sorted(answers, key=lambda one: one.answered_at):
        yield rounds[answer.round_id], answer


def _names(answer: Answer, key: str) -> list[str]:
    given = answer.values.get(key)
    return given if isinstance(given, list) else []


def _more_of(
    there: OnMap, key: str, answer: Answer, users: dict[str, str], zone: ZoneInfo
) -> OnMap:
    """What an answer that names them under `key` says of a stakeholder beyond their name."""
    if key == _DEEPEN:
        return replace(there, in_focus=True)
    if key in {"outside", _INSIDE}:
        return replace(there, inside=key == _INSIDE)
    if key == _KNOWN:
        relationship, engagement = (_figure(answer, one) for one in _RATINGS)
        on = answer.answered_at.astimezone(zone).date()
        return replace(there, rated=Rated(users[answer.member_id], on, relationship, engagement))
    return there


def _figure(answer: Answer, key: str) -> int | None:
    value = answer.values.get(key)
    return value if isinstance(value, int) else None
