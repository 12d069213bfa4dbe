"""One burst: 200 deliveries fall due at once, the bot is killed among them and started again."""

import asyncio
import os
import random
import socket
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from signal import SIGKILL, SIGTERM
from typing import BinaryIO, get_args

from coaching.catalogue import load_catalogue
from coaching.delivery import Delivery, DeliveryState
from coaching.team import Role, Workspace
from coaching.team_plan import WantedCadence, WantedMember, WantedTeam
from coaching.use_cases.set_up_team import apply_teams
from platforms.slack.manifest import manifest
from sandbox import Control, Person, Sandbox
from sandbox.faults import FaultKind
from scheduler.clock import SystemClock
from storage.migrate import migrate
from storage.store import SqlStore
from tests.today import country_at_work

TEAMS = 4
PEOPLE_IN_A_TEAM = 49
FAULT_RATE = 0.2
SETTLING_SECONDS = 480.0
_now = SystemClock().now
_FINAL = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.DROPPED)


@dataclass(frozen=True)
class Verdict:
    """What a burst came to, told from the workspace's side except for `stuck`.

    `expected` posts, one to each person and one to each channel; `stuck` are those that are in no
    final state when the time is over.
    """

    expected: int
    killed_after: int
    faults: int
    lost: int
    duplicated: int
    stuck: int


@dataclass
class Scene:
    """A workspace full of people, and a database in which their rounds are due."""

    control: Control
    environment: dict[str, str]
    log: BinaryIO
    database: str
    workspace: Workspace
    people: list[Person]
    channels: list[str]
    """One message must reach each of them."""

    @property
    def expected(self) -> int:
        """How many deliveries are due."""
        return len(self.people) + len(self.channels)


async def run_burst(seed: int) -> Verdict:
    """Run one burst; the seed decides which calls go wrong and when the bot is killed."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="widelens-faults-") as folder:
        async with _scene(Path(folder)) as scene:
            await scene.control.set_faults(
                FAULT_RATE, kinds=get_args(FaultKind), seed=seed, delay_seconds=6.0
            )
            killed_after = chance.randrange(1, scene.expected)
            async with _serving(scene) as first:
                await _posts(scene.control, killed_after)
                await asyncio.sleep(chance.random() * 0.05)  # anywhere within a batch
                os.kill(first.pid, SIGKILL)
                await first.wait()
            async with _serving(scene):
                stuck = await _settled(scene)
            return await _judge(scene, killed_after, stuck)


@asynccontextmanager
async def _scene(folder: Path) -> AsyncIterator[Scene]:
    sandbox = Sandbox(workspace_id="T0FAULTS", name="Faults")
    async with sandbox.serve(), Control(sandbox.url, token=sandbox.control_token) as control:
        installation = await control.install(manifest())
        crowds = [await _crowd(control, number) for number in range(TEAMS)]
        channels = [
            await control.add_channel(f"team-{number}", crowd, with_app=True)
            for number, crowd in enumerate(crowds)
        ]
        teams = [_team(*both) for both in zip(channels, crowds, strict=True)]
        database = f"sqlite:///{folder}/widelens.db"
        workspace = Workspace.of("slack", "T0FAULTS")
        await _make_due(database, workspace, teams)
        environment = os.environ | {  # noqa: TID251 - what a child process needs to start
            "DATABASE_URL": database,
            "SLACK_API_URL": sandbox.api_url,
            "SLACK_BOT_TOKEN": installation.bot_token,
            "SLACK_APP_TOKEN": installation.app_token,
            "SLACK_SIGNING_SECRET": installation.signing_secret,
        }
        people = [person for crowd in crowds for person in crowd]
        with (folder / "serve.log").open("wb") as log:
            yield Scene(control, environment, log, database, workspace, people, channels)


async def _crowd(control: Control, number: int) -> list[Person]:
    return [await control.add_person(f"Person {number}-{one}") for one in range(PEOPLE_IN_A_TEAM)]


def _team(channel: str, crowd: list[Person]) -> WantedTeam:
    lead, *leaders = crowd
    due = _now() - timedelta(minutes=30)
    return WantedTeam(
        name=f"Team {channel}",
        channel=channel,
        timezone="UTC",
        country=country_at_work(due.date()),
        members=(
            WantedMember(lead.id, Role.LEAD),
            *(WantedMember(person.id, Role.LEADER) for person in leaders),
        ),
        cadences=(_daily_at(due),),
        quiet_hours=None,
    )


def _daily_at(moment: datetime) -> WantedCadence:
    days = "MO,TU,WE,TH,FR,SA,SU"
    at = time(moment.hour, moment.minute)
    return WantedCadence("early_wins", f"FREQ=WEEKLY;BYDAY={days}", at)


async def _make_due(database: str, workspace: Workspace, teams: list[WantedTeam]) -> None:
    """Set the teams up as of an hour ago: their rounds fell due while nothing was running."""
    migrate(database)
    store = SqlStore.open(database)
    an_hour_ago = _now() - timedelta(hours=1)
    try:
        await store.run(
            workspace.id, lambda uow: apply_teams(uow, teams, load_catalogue(), an_hour_ago)
        )
    finally:
        await store.close()


@asynccontextmanager
async def _serving(scene: Scene) -> AsyncIterator[asyncio.subprocess.Process]:
    """`widelens serve`, started again by a supervisor while a fault keeps it from starting."""
    process = await _start(scene)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(SIGTERM)
            await process.wait()


async def _start(scene: Scene) -> asyncio.subprocess.Process:
    for _attempt in range(20):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "serve",
            env=scene.environment | {"PORT": str(port)},
            stdout=scene.log,
            stderr=scene.log,
        )
        connected = asyncio.create_task(scene.control.connected())
        ended = asyncio.create_task(process.wait())
        await asyncio.wait({connected, ended}, return_when=asyncio.FIRST_COMPLETED)
        ended.cancel()
        if process.returncode is None:
            return process
        connected.cancel()
    raise RuntimeError("widelens serve does not start")


async def _posts(control: Control, count: int) -> None:
    """Wait until the workspace holds that many messages."""
    seen = 0
    async with asyncio.timeout(SETTLING_SECONDS):
        async for entry in control.watch(after=0):
            seen += entry["kind"] == "message_posted"
            if seen >= count:
                return


async def _settled(scene: Scene) -> int:
    """Wait until every delivery that is due has come to an end; how many have not in the time."""
    store = SqlStore.open(scene.database)
    deadline = asyncio.get_running_loop().time() + SETTLING_SECONDS
    try:
        while True:
            now = _now()
            everything: list[Delivery] = await store.read(
                scene.workspace.id, lambda uow: uow.deliveries.where()
            )
            due = [one for one in everything if one.due_at <= now and one.state not in _FINAL]
            late = asyncio.get_running_loop().time() > deadline
            if late or (everything and not due):
                return len(due)
            await asyncio.sleep(0.5)
    finally:
        await store.close()


async def _judge(scene: Scene, killed_after: int, stuck: int) -> Verdict:
    leads = scene.people[::PEOPLE_IN_A_TEAM]
    in_dms = [await person.dms() for person in scene.people]
    in_channels = [await lead.sees(name) for lead, name in zip(leads, scene.channels, strict=True)]
    posted = [
        [message.metadata["event_payload"]["delivery"] for message in place if message.metadata]
        for place in (*in_dms, *in_channels)
    ]
    ids = Counter(one for place in posted for one in place)
    calls = await scene.control.calls()
    return Verdict(
        expected=scene.expected,
        killed_after=killed_after,
        faults=sum(bool(call["fault"]) for call in calls),
        lost=sum(not place for place in posted),
        duplicated=sum(max(0, len(place) - 1) for place in posted)
        + sum(count - 1 for count in ids.values() if count > 1),
        stuck=stuck,
    )
