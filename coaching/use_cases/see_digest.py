"""A team's latest digest, looked up by one of its people."""

from dataclasses import dataclass
from datetime import date, datetime

from coaching.digest import Digest
from coaching.ports import UnitOfWork
from coaching.team import Team
from coaching.use_cases.hear_voice import next_digest_on

__all__ = ["LatestDigest", "latest_digest"]


@dataclass(frozen=True, slots=True)
class LatestDigest:
    """What there is to read of a team's digests.

    `digest`: the latest that said something. `silent`: a later one that did not, with its reason.
    `next_on`: the day on which the next is due.
    """

    team: Team
    digest: Digest | None
    silent: Digest | None
    next_on: date | None


def latest_digest(uow: UnitOfWork, team: Team, now: datetime) -> LatestDigest:
    """The latest digest of a team of the person's own."""
    written = [one for one in uow.digests.where(team_id=team.id) if one.written_at <= now]
    telling = [one for one in written if one.facts is not None]
    silent = written[-1] if written and written[-1].facts is None else None
    return LatestDigest(team, telling[-1] if telling else None, silent, next_digest_on(uow, team))
