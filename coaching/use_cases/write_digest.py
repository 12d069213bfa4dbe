"""Writing a team's digest: the week's facts, chosen by rule, and what is to be posted of them."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coaching.cadence import DIGEST
from coaching.catalogue import Catalogue
from coaching.delivery import DeliveryKind
from coaching.digest import Digest
from coaching.identifiers import new_id
from coaching.ports import UnitOfWork
from coaching.team import Team
from coaching.use_cases.digest_facts import facts_of
from coaching.use_cases.saying import say_in_channel
from insights.digest import Facts

__all__ = ["skip_digest", "write_digest"]

_WEEK = timedelta(days=7)
_NOT_AGAIN_FOR = timedelta(weeks=4)
_NOTHING_CHANGED = "nothing changed"


def write_digest(
    uow: UnitOfWork, team: Team, catalogue: Catalogue, occasion: str, now: datetime
) -> None:
    """Write the digest of the time since the last one and queue it, if anything changed."""
    earlier = uow.digests.where(team_id=team.id)
    since = max(_written_up_to(earlier) or _begun(uow, team, now), now - 2 * _WEEK)
    told = _told_lately(earlier, now)
    facts = facts_of(uow, team, catalogue, since, now, told)
    digest = _digest(uow, team, occasion, since, now, facts, "" if facts else _NOTHING_CHANGED)
    if not uow.digests.add(digest) or facts is None:
        return
    parent = say_in_channel(uow, team, DeliveryKind.DIGEST, digest.id, now)
    for section in facts.sections:
        kind = DeliveryKind.DIGEST_SECTION
        say_in_channel(uow, team, kind, digest.id, now, detail=section, beneath=parent)


def skip_digest(uow: UnitOfWork, team: Team, occasion: str, now: datetime, reason: str) -> None:
    """Put on record that this digest was not written, and why."""
    earlier = uow.digests.where(team_id=team.id)
    since = earlier[-1].since if earlier else now - _WEEK
    uow.digests.add(_digest(uow, team, occasion, since, now, None, reason))


def _digest(
    uow: UnitOfWork,
    team: Team,
    occasion: str,
    since: datetime,
    now: datetime,
    facts: Facts | None,
    reason: str,
) -> Digest:
    return Digest(
        id=new_id(),
        workspace_id=uow.workspace_id,
        team_id=team.id,
        occasion=occasion,
        since=since,
        written_at=now,
        facts=facts,
        reason=reason,
    )


def _begun(uow: UnitOfWork, team: Team, now: datetime) -> datetime:
    """When the time of a team's first digest begins: a week ago, or when it began to have them."""
    cadence = uow.cadences.one(team_id=team.id, practice=DIGEST)
    if cadence is None:
        return now - _WEEK
    first = datetime.combine(cadence.starts_on, time(), ZoneInfo(team.timezone))
    return max(now - _WEEK, min(first.astimezone(UTC), now))


def _written_up_to(digests: Iterable[Digest]) -> datetime | None:
    """Up to when a digest has told what there was; one that was skipped told nothing."""
    written = (one for one in digests if one.facts or one.reason == _NOTHING_CHANGED)
    return max((one.written_at for one in written), default=None)


def _told_lately(digests: Iterable[Digest], now: datetime) -> frozenset[str]:
    recent = [digest for digest in digests if digest.written_at > now - _NOT_AGAIN_FOR]
    return frozenset().union(*(digest.facts.said for digest in recent if digest.facts))
