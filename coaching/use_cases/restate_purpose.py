"""Having a team restate its purpose at once, whether or not it is asked on a rhythm."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from coaching.cadence import Cadence
from coaching.catalogue import Catalogue
from coaching.errors import Refused
from coaching.identifiers import new_id
from coaching.ports import UnitOfWork
from coaching.practice import Feeds, Practice
from coaching.round import RoundState
from coaching.team import Team
from coaching.use_cases.open_rounds import whom
from coaching.use_cases.steer_cadence import (
    Steered,
    ask_at_once,
    refuse_in_peace,
    steered_team,
)

__all__ = ["BY_HAND", "restate_now", "restatement"]

BY_HAND = "by hand"
"""The origin of a cadence that never comes by itself: what is asked by hand hangs on it."""

_WHOLE = "purpose_whole"


def restatement(catalogue: Catalogue) -> Practice | None:
    """The practice in which a team restates its purpose; None where there is none."""
    own = catalogue.get(_WHOLE)
    found = (one for one in catalogue.values() if one.feeds is Feeds.PURPOSE)
    return own if own and own.feeds is Feeds.PURPOSE else next(found, None)


def restate_now(
    uow: UnitOfWork, catalogue: Catalogue, user: str, team_id: str, now: datetime
) -> Steered:
    """Open a restatement for everybody, as `ask_now` opens what it asks.

    Raises:
        Refused: it is not theirs to decide, the team is paused, or one is open; or nobody can be
            asked.
    """
    team = steered_team(uow, user, team_id)
    practice = restatement(catalogue)
    if practice is None:
        raise Refused("I have no questions any more that ask for a purpose.")
    cadence = _cadence(uow, team, practice, now)
    refuse_in_peace(team, practice.name, now, paused=cadence.paused)
    if not whom(uow, team, practice, cadence):
        raise Refused(f"There is nobody to ask for {practice.name} at the moment.")
    here = {"team_id": team.id, "practice_key": practice.key, "state": RoundState.OPEN}
    opened = (
        ask_at_once(uow, team, cadence, practice, now) if not uow.rounds.where(**here) else None
    )
    if opened is None:
        raise Refused(
            f"{practice.name} is open already. Once that round has closed, you can ask again."
        )
    return Steered(team, practice.name, (opened,))


def _cadence(uow: UnitOfWork, team: Team, practice: Practice, now: datetime) -> Cadence:
    """The cadence on which the team is asked it; where there is none, one that never comes."""
    there = uow.cadences.where(team_id=team.id, practice=practice.key)
    if there:
        return min(there, key=lambda one: (bool(one.asked), one.origin != ""))
    today = now.astimezone(ZoneInfo(team.timezone)).date()
    made = Cadence(
        id=new_id(),
        workspace_id=uow.workspace_id,
        team_id=team.id,
        practice=practice.key,
        rrule="FREQ=YEARLY;COUNT=1",
        at=None,
        starts_on=today - timedelta(days=1),
        next_due_at=None,
        origin=BY_HAND,
    )
    uow.cadences.add(made)
    return made
