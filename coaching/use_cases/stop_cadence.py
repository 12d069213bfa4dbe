"""Stopping what a team is asked on a cadence of its own, for good: its lead's and coach's."""

from dataclasses import dataclass
from datetime import datetime

from coaching.cadence import DIGEST
from coaching.catalogue import Catalogue
from coaching.errors import Refused
from coaching.pack import load_packs
from coaching.ports import UnitOfWork
from coaching.round import RoundState
from coaching.team import Team
from coaching.use_cases.edit_cadence import named, own_cadence
from coaching.use_cases.set_cadences import set_own
from coaching.use_cases.steer_cadence import steered_team

__all__ = ["Stopping", "before_stop", "stop_cadence"]

_DIGEST_STAYS = "A team always has its digest. You can pause it: then nothing of it comes."


@dataclass(frozen=True, slots=True)
class Stopping:
    """What stopping comes to: whether a round is `open`, and the pack that asks it again, or ""."""

    team: Team
    name: str
    open: bool
    pack: str
    paused: bool


def before_stop(
    uow: UnitOfWork, catalogue: Catalogue, user: str, team_id: str, cadence_id: str
) -> Stopping:
    """What stopping would come to.

    Raises:
        Refused: it is not theirs to decide, it is gone, or it can't be stopped.
    """
    team = steered_team(uow, user, team_id)
    there = own_cadence(uow, team, cadence_id)
    if there.practice == DIGEST:
        raise Refused(_DIGEST_STAYS)
    pack = load_packs().get(team.pack)
    turns = list(pack.cadences(team.pack_since)) if pack and team.slot and team.pack_since else []
    again = pack.name if pack and there.practice in {one.practice for one in turns} else ""
    still_open = uow.rounds.one(cadence_id=there.id, state=RoundState.OPEN) is not None
    return Stopping(team, named(catalogue, there.practice), still_open, again, there.paused)


def stop_cadence(
    uow: UnitOfWork,
    catalogue: Catalogue,
    user: str,
    team_id: str,
    cadence_id: str,
    now: datetime,
) -> Stopping:
    """Ask it no more, on a cadence of the team's own. What is open takes answers until it closes.

    Raises:
        Refused: as `before_stop`.
    """
    uow.deliveries.take_turn()
    stopping = before_stop(uow, catalogue, user, team_id, cadence_id)
    there = own_cadence(uow, stopping.team, cadence_id)
    set_own(uow, stopping.team, there, None, catalogue, now)
    return stopping
