"""Pausing what a team is asked, letting it go on, and asking it at once: its lead's and coach's.

What is paused here stays so when the operator's plan is applied again, unless the plan itself says
`paused` of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from coaching.cadence import Cadence
from coaching.calendar import Calendar
from coaching.catalogue import Catalogue
from coaching.errors import NotFound, Refused
from coaching.identifiers import new_id
from coaching.permissions import Action, demand
from coaching.ports import UnitOfWork
from coaching.practice import Practice
from coaching.round import Round, RoundState
from coaching.team import Team
from coaching.use_cases.open_rounds import open_round, whom
from coaching.use_cases.see_rhythm import WHOLE_TEAM, Rhythm, rhythms_of
from coaching.use_cases.team_purpose import lacking

__all__ = ["Steered", "ask_at_once", "ask_now", "refuse_in_peace", "set_paused", "steered_team"]

_NO_TEAM = "You are not on this team, so this is for others to decide."
_GONE = "This is no longer asked in your team: it was changed meanwhile. What stands here is new."
NO_PURPOSE = (
    "There is no sentence to hold up yet. `/widelens purpose` has the way to one: *Restate it now*."
)
_OVERTAKEN = "asked by hand before there was room"


@dataclass(frozen=True, slots=True)
class Steered:
    """What was changed: the team, and the name of what of it; "" where it is all of the team.

    `opened` are the rounds that were opened.
    """

    team: Team
    name: str
    opened: tuple[Round, ...] = ()


def set_paused(
    uow: UnitOfWork,
    catalogue: Catalogue,
    user: str,
    team_id: str,
    key: str,
    now: datetime,
    *,
    paused: bool,
) -> Steered:
    """Pause a team (`WHOLE_TEAM`) or one of its rhythms, or let it go on. Twice is as once.

    Raises:
        Refused: it is not theirs to decide, or no longer there.
    """
    team = steered_team(uow, user, team_id)
    if key == WHOLE_TEAM:
        changed = replace(team, paused=paused)
        uow.teams.save(changed)
        return Steered(changed, "")
    rhythm = _rhythm(uow, catalogue, team, key, now)
    for cadence in rhythm.cadences:
        uow.cadences.save(replace(cadence, paused=paused))
    return Steered(team, rhythm.name)


def ask_now(
    uow: UnitOfWork, catalogue: Catalogue, user: str, team_id: str, key: str, now: datetime
) -> Steered:
    """Open a round at once, of each practice that would come next of a rhythm.

    Those whom it is for are asked as their hours and their budget allow. It comes again on its day.

    Raises:
        Refused: it is not theirs to decide, is paused, or open; or nobody can be asked.
    """
    team = steered_team(uow, user, team_id)
    rhythm = _rhythm(uow, catalogue, team, key, now)
    refuse_in_peace(team, rhythm.name, now, paused=rhythm.paused)
    wanted = [one for one in rhythm.practices if not lacking(uow, team, one[1])]
    if rhythm.practices and not wanted:
        raise Refused(NO_PURPOSE)
    ready = [one for one in wanted if whom(uow, team, one[1], one[0])]
    if not ready:
        raise Refused(f"There is nobody to ask for {rhythm.name} at the moment.")
    standing = _open(uow, team, [practice.key for _, practice in ready])
    ready = [one for one in ready if one[1].key not in {there.practice_key for there in standing}]
    opened = [ask_at_once(uow, team, cadence, practice, now) for cadence, practice in ready]
    kept = tuple(one for one in opened if one is not None)
    if not kept:
        raise Refused(
            f"{rhythm.name} is open already. Once that round has closed, you can ask again."
        )
    return Steered(team, rhythm.name, kept)


def steered_team(uow: UnitOfWork, user: str, team_id: str) -> Team:
    """A team that `user` steers. Raises Refused where it is not theirs to decide, or gone."""
    member = uow.members.one(team_id=team_id, user=user)
    if member is None:
        raise Refused(_NO_TEAM)
    demand(member, Action.STEER)
    try:
        return uow.teams.get(team_id)
    except NotFound:
        raise Refused(_GONE) from None


def _rhythm(uow: UnitOfWork, catalogue: Catalogue, team: Team, key: str, now: datetime) -> Rhythm:
    for rhythm in rhythms_of(uow, catalogue, team, now):
        if rhythm.key == key:
            return rhythm
    raise Refused(_GONE)


def refuse_in_peace(team: Team, name: str, now: datetime, *, paused: bool) -> None:
    """Raise Refused where a team, or what is to be asked, is paused or in days of its own peace."""
    if team.paused or paused:
        what = team.name if team.paused else name
        raise Refused(f"{what} is paused. Let it go on first; then I can ask.")
    today = now.astimezone(ZoneInfo(team.timezone)).date()
    if Calendar(team.country, team.blackout).is_blackout(today):
        raise Refused(f"These are days on which {team.name} is asked nothing, so I don't.")


def _open(uow: UnitOfWork, team: Team, practices: Sequence[str]) -> list[Round]:
    rounds = uow.rounds.where(team_id=team.id, practice_key=practices, state=RoundState.OPEN)
    return [one for one in rounds if one.cadence_id]  # others are a person's own, of one breakdown


def ask_at_once(
    uow: UnitOfWork, team: Team, cadence: Cadence, practice: Practice, now: datetime
) -> Round | None:
    """The round that is now open; None where somebody else opened it in the same minute."""
    local = now.astimezone(ZoneInfo(team.timezone))
    practice = practice.opened_in(local.year, discreet=team.discreet)
    round_ = Round(
        id=new_id(),
        workspace_id=uow.workspace_id,
        team_id=team.id,
        cadence_id=cadence.id,
        practice_key=practice.key,
        occasion=f"{local:%Y-%m-%dT%H:%M}",
        practice=practice,
        state=RoundState.OPEN,
        due_at=now,
        opened_at=now,
        closes_at=None,
    )
    if not uow.rounds.add(round_):
        return None
    for waiting in uow.rounds.where(cadence_id=cadence.id, state=RoundState.WAITING):
        skipped = replace(waiting, state=RoundState.SKIPPED, waits_until=None, reason=_OVERTAKEN)
        uow.rounds.save(skipped)
    seats = [(member, now) for member in whom(uow, team, practice, cadence)]
    open_round(uow, team, round_, seats, now, now)
    return uow.rounds.get(round_.id)
