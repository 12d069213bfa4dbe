"""`widelens apply`: the database becomes what a file of teams says. No chat is needed for it."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

from bot.databases import prepare
from bot.errors import OperatorError
from bot.teams_file import TeamsFile, read_teams_file
from coaching.catalogue import load_catalogue
from coaching.ports import Clock, UnitOfWork
from coaching.use_cases.set_up_team import apply_teams, teams_left_alone
from storage import SqlStore

__all__ = ["apply"]


async def apply(database_url: str, file: Path, clock: Clock) -> list[str]:
    """What applying `file` changes, a plain sentence each, for printing.

    Raises:
        OperatorError: the file can't be read.
        DocumentError: what it says is wrong; nothing is changed then.
    """
    catalogue = load_catalogue()
    wanted = read_teams_file(_text_of(file), file.name, catalogue)
    await asyncio.to_thread(prepare, database_url)
    store = SqlStore(database_url)
    now = clock.now()

    def work(uow: UnitOfWork) -> list[str]:
        changes = apply_teams(uow, wanted.teams, catalogue, now)
        return [*(changes or ["Nothing to change."]), *_left_alone(uow, wanted)]

    try:
        return await store.run(wanted.workspace_id, work)
    finally:
        await store.close()


def _text_of(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        raise OperatorError(f"{file} is not text in UTF-8; save it as such") from None
    except OSError as error:
        raise OperatorError(f"{file} can't be read: {error.strerror}") from None


def _left_alone(uow: UnitOfWork, wanted: TeamsFile) -> Iterator[str]:
    for team in teams_left_alone(uow, wanted.teams):
        yield f"{team.name} ({team.channel}) is not in the file and stays as it is."
