"""`widelens digest`: a digest of a team as text, and rule by rule how its facts were chosen."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bot.databases import prepare
from bot.errors import OperatorError
from coaching.digest import Digest
from coaching.ports import UnitOfWork
from coaching.team import Team
from conversation.compose.digest import in_channel
from conversation.plain import as_plain
from insights.digest import Why
from storage import SqlDueBoard, SqlStore

__all__ = ["explained", "show_digest"]


async def show_digest(
    database_url: str, team: str, week: date | None, *, explain: bool = False
) -> list[str]:
    """The digest of the week (Monday to Sunday) that `week` lies in, as lines; else the latest.

    It reads as it stands in the channel: what a discreet team wrote is not in it. People are named
    by their ids. `team` is a team's name or its channel.

    Raises:
        OperatorError: there is no such team, or none of its digests is of that week.
    """
    await asyncio.to_thread(prepare, database_url)
    store = SqlStore(database_url)
    try:
        for workspace_id in await SqlDueBoard(store).workspaces():
            found = await store.read(workspace_id, lambda uow: _look(uow, team, week, explain))
            if found is not None:
                return found
    finally:
        await store.close()
    raise OperatorError(f"there is no team {team!r}; give its name, or its channel's id")


def _look(uow: UnitOfWork, named: str, week: date | None, explain: bool) -> list[str] | None:
    team = uow.teams.one(channel=named) or uow.teams.one(name=named)
    if team is None:
        return None
    written = _of_week(team, uow.digests.where(team_id=team.id), week)
    lines = [f"{team.name}, {written.occasion}"]
    if written.facts is None:
        lines.append(f"Nothing was posted: {written.reason}.")
    for message in in_channel(uow, written):
        lines += as_plain(message.blocks, {})
    if explain:
        lines += ["", *explained(written)]
    return lines


def _of_week(team: Team, digests: Sequence[Digest], week: date | None) -> Digest:
    """The latest of those asked for. Raises OperatorError."""
    if not digests:
        raise OperatorError(f"{team.name} has had no digest yet")
    if week is None:
        return digests[-1]
    monday = week - timedelta(days=week.weekday())
    for one in reversed(digests):
        if monday <= date.fromisoformat(one.occasion) < monday + timedelta(weeks=1):
            return one
    known = ", ".join(one.occasion for one in digests[-_SHOWN:])
    raise OperatorError(f"{team.name} has no digest of the week of {monday}; its latest: {known}")


_SHOWN = 5


def explained(written: Digest) -> Iterator[str]:
    """Rule by rule: what it chose and why, and what it left out."""
    if written.facts is None:
        yield "No rule found anything new, so nothing was said."
        return
    if not written.facts.why:
        yield "This digest is older than its explanations: how it was chosen was not kept."
    for one in written.facts.why:
        yield from _rule(one)


def _rule(why: Why) -> Iterator[str]:
    chose = why.chose or "nothing"
    yield f"{why.rule}: {chose}{f' ({why.because})' if why.because else ''}"
    for left in why.left:
        yield f"  not {left.key}: {left.because}"
