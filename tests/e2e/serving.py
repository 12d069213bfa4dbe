"""`widelens serve` as an operator runs it: a process of its own, against the sandbox as Slack."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import time, timedelta
from pathlib import Path
from signal import SIGKILL

from coaching.catalogue import load_catalogue
from coaching.team import Role
from coaching.team_plan import WantedCadence, WantedMember, WantedTeam
from coaching.use_cases.set_up_team import apply_teams
from platforms.slack import manifest
from sandbox import Control, Person, Sandbox
from scheduler.clock import SystemClock
from storage import SqlStore, migrate
from tests.acknowledged import ACKNOWLEDGED
from tests.today import country_at_work

WORKSPACE = "slack:T0SANDBOX"
PATIENCE = 20.0
"""Seconds after which what should have happened has not."""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@dataclass
class Bot:
    """The process, and what it has logged so far."""

    process: asyncio.subprocess.Process
    log: list[str] = field(default_factory=list)

    async def logs(self, words: str) -> str:
        """Read on until a line has these words; that line."""
        assert self.process.stderr is not None
        async with asyncio.timeout(PATIENCE):
            async for raw in self.process.stderr:
                self.log.append(raw.decode().rstrip())
                if words in self.log[-1]:
                    return self.log[-1]
        raise AssertionError(f"the log ended without {words!r}: {self.log}")

    async def ends(self, seconds: float = PATIENCE) -> int:
        """Wait for its end, reading what it still logs; the exit code."""
        assert self.process.stderr is not None
        async with asyncio.timeout(seconds):
            rest = await self.process.stderr.read()
            self.log += rest.decode().splitlines()
            return await self.process.wait()


@asynccontextmanager
async def running(environment: Mapping[str, str], *arguments: str) -> AsyncIterator[Bot]:
    """`widelens` with these arguments, and nothing else in its environment."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", *arguments),
        env={"PATH": os.defpath, **environment},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    bot = Bot(process)
    try:
        yield bot
    finally:
        if process.returncode is None:
            process.send_signal(SIGKILL)
            await process.wait()


@dataclass
class Scene:
    """A sandbox with a team in it, and a database in which its round is due."""

    control: Control
    amara: Person
    bo: Person
    channel: str
    environment: dict[str, str]
    database_url: str

    async def store(self) -> SqlStore:
        return await asyncio.to_thread(SqlStore.open, self.database_url)


@asynccontextmanager
async def team_with_a_round_due(folder: Path, *, http: bool) -> AsyncIterator[Scene]:
    """The round fell due an hour ago, while nothing was running."""
    port = free_port()
    sandbox = Sandbox(redelivery_delays=(0, 0, 0))
    async with sandbox.serve(), Control(sandbox.url, sandbox.control_token) as control:
        url = f"http://127.0.0.1:{port}/slack/events" if http else None
        installed = await control.install(manifest(url))
        amara, bo = [await control.add_person(name) for name in ("Amara Osei", "Bo Lind")]
        channel = await control.add_channel("leadership", [amara, bo], with_app=True)
        database_url = f"sqlite:///{folder}/widelens.db"
        await _make_due(database_url, _team(amara, bo, channel))
        environment = {
            "DATABASE_URL": database_url,
            "SLACK_API_URL": sandbox.api_url,
            "SLACK_BOT_TOKEN": installed.bot_token,
            "SLACK_SIGNING_SECRET" if http else "SLACK_APP_TOKEN": (
                installed.signing_secret if http else installed.app_token
            ),
            "PORT": str(port),
        }
        yield Scene(control, amara, bo, channel, environment, database_url)
        ACKNOWLEDGED.add(await control.events())
        assert await control.mistakes() == []


def _team(lead: Person, leader: Person, channel: str) -> WantedTeam:
    due = SystemClock().now() - timedelta(hours=1)
    every_day = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"
    return WantedTeam(
        name="Northwind",
        channel=channel,
        timezone="UTC",
        country=country_at_work(due.date()),
        members=(WantedMember(lead.id, Role.LEAD), WantedMember(leader.id, Role.LEADER)),
        cadences=(WantedCadence("early_wins", every_day, time(due.hour, due.minute)),),
        quiet_hours=None,
    )


async def _make_due(database_url: str, team: WantedTeam) -> None:
    await asyncio.to_thread(migrate, database_url)
    then = SystemClock().now() - timedelta(hours=2)
    store = SqlStore(database_url)
    try:
        await store.run(WORKSPACE, lambda uow: apply_teams(uow, [team], load_catalogue(), then))
    finally:
        await store.close()
