"""How a team's practices stand, for its lead and its coach: when each comes, and how it was met."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from coaching.agenda import agenda
from coaching.cadence import DIGEST, Cadence
from coaching.catalogue import Catalogue
from coaching.occasion import coming_occasions, zones_of
from coaching.pack import load_packs
from coaching.ports import UnitOfWork
from coaching.practice import Practice
from coaching.round import Round, RoundState, SittingState
from coaching.stakeholder import Stakeholder
from coaching.team import Team
from coaching.use_cases.keep_anonymous import is_anonymous
from coaching.use_cases.open_rounds import whom
from coaching.use_cases.see_breakdowns import open_in
from coaching.use_cases.see_voices import open_voices_in
from coaching.use_cases.team_purpose import PurposeStand

__all__ = ["PACK", "WHOLE_TEAM", "Response", "Rhythm", "TeamView", "rhythms_of", "see_team"]

WHOLE_TEAM = "team"
PACK = "pack"
"""What a rhythm is named by, besides a cadence's id: all of a team, and its pack as one."""

_FEWEST = 3
"""Of fewer, how many have answered tells who."""


@dataclass(frozen=True, slots=True)
class Response:
    """How many of those asked have sent a round's form; nobody is named in it."""

    practice: Practice
    answered: int
    asked: int
    still_open: bool


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A cadence of a team's own, or its pack as one.

    `key` names it among the team's; `next_at` (UTC) is when it comes next, with the `practices`
    that come then. None and empty where it never comes again, but for a practice of the team's own,
    which can still be asked. `responses`: to the latest round of each practice of its last time.
    """

    key: str
    name: str
    cadences: tuple[Cadence, ...]
    practices: tuple[tuple[Cadence, Practice], ...]
    next_at: datetime | None
    responses: tuple[Response, ...]

    @property
    def paused(self) -> bool:
        """Whether nothing of it comes at the moment, of its own."""
        return all(cadence.paused for cadence in self.cadences)


@dataclass(frozen=True, slots=True)
class TeamView:
    """A team with all that it is asked.

    `open_voices`: how many of its voices ask for an open decision; `open_breakdowns`: how many are;
    `focus`: whom it has in focus on its map.
    """

    team: Team
    rhythms: tuple[Rhythm, ...]
    open_voices: int = 0
    purpose: PurposeStand | None = None
    open_breakdowns: int = 0
    focus: tuple[Stakeholder, ...] = ()


def see_team(uow: UnitOfWork, catalogue: Catalogue, team: Team, now: datetime) -> TeamView:
    """A team as its lead and its coach see it. Whether somebody may is not asked here."""
    return TeamView(
        team,
        tuple(rhythms_of(uow, catalogue, team, now)),
        open_voices_in(uow, team.id),
        open_breakdowns=len(open_in(uow, team.id)),
        focus=tuple(uow.stakeholders.where(team_id=team.id, in_focus=True)),
    )


def rhythms_of(
    uow: UnitOfWork, catalogue: Catalogue, team: Team, now: datetime
) -> Iterator[Rhythm]:
    """The team's pack, and what it is asked on cadences of its own, the digest last.

    Left out is what asks only somebody who has joined.
    """
    cadences = uow.cadences.where(team_id=team.id)
    coming = _coming(uow, team, cadences, now)
    of_pack = [one for one in cadences if one.origin.startswith(f"{team.pack}/")]
    if team.pack and of_pack:
        yield _pack(uow, catalogue, team, of_pack, coming)
    own = [one for one in cadences if not one.origin]
    for cadence in sorted(own, key=lambda one: one.practice == DIGEST):
        yield _own(uow, catalogue, team, cadence, coming.get(cadence.id))


def _own(
    uow: UnitOfWork, catalogue: Catalogue, team: Team, cadence: Cadence, next_at: datetime | None
) -> Rhythm:
    practice = catalogue.get(cadence.practice)
    rounds = _met(uow, team, [cadence])
    known = practice or (rounds[-1].practice if rounds else None)
    return Rhythm(
        key=cadence.id,
        name=known.name if known else cadence.practice.replace("_", " ").capitalize(),
        cadences=(cadence,),
        practices=((cadence, practice),) if practice else (),
        next_at=next_at,
        responses=tuple(_responses(uow, rounds[-1:])),
    )


def _pack(
    uow: UnitOfWork,
    catalogue: Catalogue,
    team: Team,
    cadences: Sequence[Cadence],
    coming: Mapping[str, datetime],
) -> Rhythm:
    next_at = min((coming[one.id] for one in cadences if one.id in coming), default=None)
    known = [one for one in cadences if one.practice in catalogue]
    together = [one for one in known if next_at and coming.get(one.id) == next_at]
    rounds = _met(uow, team, cadences)
    last = [one for one in rounds if one.due_at == rounds[-1].due_at]
    pack = load_packs().get(team.pack)
    return Rhythm(
        key=PACK,
        name=pack.name if pack else team.pack,
        cadences=tuple(cadences),
        practices=tuple(_with_room(uow, catalogue, team, together)),
        next_at=next_at,
        responses=tuple(_responses(uow, last)),
    )


def _with_room(
    uow: UnitOfWork, catalogue: Catalogue, team: Team, together: Sequence[Cadence]
) -> Iterator[tuple[Cadence, Practice]]:
    """What of it fits into one sitting; the rest would move to the next."""
    wanted = {one.practice: catalogue[one.practice] for one in together}
    asked = {key: [one.id for one in whom(uow, team, wanted[key], None)] for key in wanted}
    fits = agenda(wanted, asked).asked
    first = {one.practice: one for one in reversed(together)}
    return ((first[key], wanted[key]) for key in fits)


def _coming(
    uow: UnitOfWork, team: Team, cadences: Iterable[Cadence], now: datetime
) -> dict[str, datetime]:
    """By cadence: the team's own hour (UTC) of the next occurrence that no holiday prevents.

    Without those that never come again.
    """
    zones = zones_of(uow.members.where(team_id=team.id, active=True))
    found: dict[str, datetime] = {}
    for cadence in cadences:
        if cadence.next_due_at is not None:
            coming = coming_occasions(cadence, team, now, zones)
            hours = (one.hour.due_at for one in coming if one.comes)
            if (first := next(hours, None)) is not None:
                found[cadence.id] = first
    return found


def _met(uow: UnitOfWork, team: Team, cadences: Sequence[Cadence]) -> list[Round]:
    """The rounds of these cadences that opened, oldest first."""
    rounds = uow.rounds.where(
        team_id=team.id,
        cadence_id=[one.id for one in cadences],
        state=[RoundState.OPEN, RoundState.CLOSED],
    )
    return sorted(rounds, key=lambda one: one.opened_at or one.due_at)


def _responses(uow: UnitOfWork, rounds: Sequence[Round]) -> Iterator[Response]:
    """Of what is anonymous there is none, and none where figures would tell who."""
    for round_ in rounds:
        if is_anonymous(round_):
            continue
        asked, sent = _asked(uow, round_)
        answered = sent | {one.member_id for one in uow.answers.where(round_id=round_.id)}
        asked |= answered
        if len(asked) >= _FEWEST:
            still_open = round_.state is RoundState.OPEN
            yield Response(round_.practice, len(answered), len(asked), still_open)


def _asked(uow: UnitOfWork, round_: Round) -> tuple[set[str], set[str]]:
    """Who was asked and is still there, and who of them has sent the form, with or without words.

    Who let it pass, or was never asked, does not count.
    """
    active = {one.id for one in uow.members.where(team_id=round_.team_id, active=True)}
    seats = uow.participations.where(round_id=round_.id)
    sittings = uow.sittings.where(id=[seat.sitting_id for seat in seats])
    there = [
        one for one in sittings if one.state is not SittingState.SKIPPED and one.member_id in active
    ]
    sent = {one.member_id for one in there if one.state is SittingState.ANSWERED}
    return {one.member_id for one in there}, sent
