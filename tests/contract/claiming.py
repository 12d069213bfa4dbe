"""What other processes do in these suites."""

import asyncio
import os
import signal

from coaching.ports import UnitOfWork
from storage import SqlStore
from tests.contract.desk import Desk
from tests.contract.records import HERE, a_team


def claim_everything(url: str) -> list[str]:
    """Claim deliveries until there are none; their ids."""

    async def drain() -> list[str]:
        store = SqlStore(url)
        desk, claimed = Desk(store), []
        while found := await desk.claim(most=5):
            claimed += [each.id for each in found]
        await store.close()
        return claimed

    return asyncio.run(drain())


def keep_and_be_killed(url: str) -> None:
    """Keep one team, and be killed in the middle of keeping another."""

    def die(uow: UnitOfWork) -> None:
        uow.teams.add(a_team(name="not kept"))
        os.kill(os.getpid(), signal.SIGKILL)

    async def work() -> None:
        store = SqlStore(url)
        await store.run(HERE, lambda uow: uow.teams.add(a_team(name="kept")))
        await store.run(HERE, die)

    asyncio.run(work())
