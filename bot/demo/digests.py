"""All digests of a run, parent and thread, with how their facts were chosen: to be read."""

from collections.abc import Iterator, Mapping

from bot.demo.stage import Stage
from bot.digesting import explained
from coaching.digest import Digest
from coaching.ports import UnitOfWork
from coaching.team import Team
from conversation.compose.digest import in_channel
from conversation.compose.phrases import day
from conversation.plain import as_plain

__all__ = ["digests_of"]

_INDENT = "    "


async def digests_of(stage: Stage) -> str:
    """Team by team and week by week: each with a heading, and beneath it how its facts were chosen.

    What was not written says why.
    """
    names = {person.id: person.name for person in stage.people.values()}

    def look(uow: UnitOfWork) -> str:
        return "\n".join(_lines(uow, names))

    return await stage.bot.store.read(stage.bot.workspace.id, look) + "\n"


def _lines(uow: UnitOfWork, names: Mapping[str, str]) -> Iterator[str]:
    for team in sorted(uow.teams.where(), key=lambda one: one.name):
        for written in uow.digests.where(team_id=team.id):
            yield from _digest(uow, team, written, names)


def _digest(
    uow: UnitOfWork, team: Team, written: Digest, names: Mapping[str, str]
) -> Iterator[str]:
    yield f"{team.name}, {day(written.written_at.date())} {written.written_at.year}"
    yield ""
    if written.facts is None:
        yield f"{_INDENT}Nothing was posted: {written.reason}."
    for number, message in enumerate(in_channel(uow, written)):
        if number:
            yield ""
        for line in as_plain(message.blocks, names):
            yield f"{_INDENT}{line}".rstrip()
    yield ""
    for line in explained(written):
        yield f"{_INDENT}-- {line}"
    yield ""
