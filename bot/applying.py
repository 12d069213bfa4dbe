"""`widelens apply`: the database becomes what a file of teams says. No chat is needed for it."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

from bot.databases import prepare
from bot.files import text_of
from bot.practice_files import catalogue_with
from bot.teams_file import TeamsFile, read_teams_file
from coaching.ports import Clock, UnitOfWork
from coaching.use_cases.set_up_team import apply_teams, teams_left_alone
from storage import SqlStore

__all__ = ["apply"]


async def apply(
    database_url: str, file: Path, clock: Clock, practices: str = "", *, welcomes: bool = False
) -> list[str]:
    """What applying `file` changes, a plain sentence each, for printing.

    `practices`: the folder of the operator's own practice files, or "". `welcomes`: whether who
    comes onto a team by this is told so by the bot, once it runs.

    Raises:
        OperatorError: the file can't be read, or a practice file is wrong.
        DocumentError: what it says is wrong; nothing is changed then.
    """
    catalogue = catalogue_with(practices)
    wanted = read_teams_file(text_of(file), file.name, catalogue)
    await asyncio.to_thread(prepare, database_url)
    store = SqlStore(database_url)
    now = clock.now()

    def work(uow: UnitOfWork) -> list[str]:
        changes = apply_teams(uow, wanted.teams, catalogue, now, welcomes=welcomes)
        return [*(changes or ["Nothing to change."]), *_left_alone(uow, wanted)]

    try:
        return await store.run(wanted.workspace_id, work)
    finally:
        await store.close()


def _left_alone(uow: UnitOfWork, wanted: TeamsFile) -> Iterator[str]:
    for team in teams_left_alone(uow, wanted.teams):
        yield f"{team.name} ({team.channel}) is not in the file and stays as it is."
