"""A small team in a sandbox, with the real bot; one time for both, moved by the test."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bot.assembly import Widelens, assemble
from bot.lifecycle import listen, served
from bot.settings import Settings
from coaching.ports import UnitOfWork
from coaching.team import Role, Workspace
from coaching.team_plan import WantedCadence, WantedMember
from coaching.use_cases.set_up_team import apply_teams
from platforms.slack import manifest
from sandbox import Control, Person, Sandbox, SeenMessage
from scheduler.clock import MovableClock
from scheduler.limits import UNPACED
from storage import SqlStore
from tests.acknowledged import ACKNOWLEDGED
from tests.databases import migrated_file
from tests.integration.coaching.week import MONDAY, PLAN, TUESDAY_NINE, T

__all__ = ["THURSDAY_FIVE", "THURSDAY_NINE", "TUESDAY_NINE", "Stage", "on_stage"]

THURSDAY_NINE = datetime(2026, 10, 8, 8, tzinfo=UTC)
THURSDAY_FIVE = datetime(2026, 10, 8, 16, tzinfo=UTC)

_HERE_FOR = "Hello, I'm Widelens. I'm here for"
_NAMES = {"U1": "Amara Osei", "U2": "Ben Castell", "U3": "Chiara Neri", "U9": "Dana Whitlock"}


@dataclass
class Stage:
    """The people: Amara leads, Ben and Chiara are leaders, Dana is the coach."""

    sandbox: Sandbox
    control: Control
    bot: Widelens
    clock: MovableClock
    workspace: Workspace
    channel: str
    people: dict[str, Person]

    @property
    def amara(self) -> Person:
        return self.people["U1"]

    @property
    def ben(self) -> Person:
        return self.people["U2"]

    @property
    def chiara(self) -> Person:
        return self.people["U3"]

    @property
    def dana(self) -> Person:
        return self.people["U9"]

    async def until(self, moment: datetime) -> None:
        """Let time pass, and everything be said that is due by then."""
        await self.control.set_clock(moment, frozen=True)
        self.clock.move_to(moment)
        await self.settle()

    async def settle(self) -> None:
        await self.control.settled()
        await self.bot.engine.settle()

    async def records(self, work: Callable[[UnitOfWork], T]) -> T:
        return await self.bot.store.read(self.workspace.id, work)

    async def in_channel(self) -> list[SeenMessage]:
        """What the bot said there; not that it is there for a team that was set up before."""
        said = [one for one in await self.amara.sees(self.channel) if one.app_id]
        return [one for one in said if not one.text.startswith(_HERE_FOR)]

    async def prompt_of(self, person: Person) -> SeenMessage:
        """The newest message in a person's direct messages that has a button."""
        return [one for one in await person.dms() if one.buttons][-1]


@asynccontextmanager
async def on_stage(
    folder: Path,
    *,
    http: bool = False,
    store: SqlStore | None = None,
    database: str = "",
    empty: bool = False,
    practices: str = "",
    cadences: Sequence[WantedCadence] = PLAN.cadences,
) -> AsyncIterator[Stage]:
    """The stage on Monday morning, the team set up, the bot serving over one of its doors.

    `empty`: there is no team yet, the bot is in no channel, and all are in London. `practices` is a
    folder of practice files, `cadences` what the team is asked, and when.
    """
    async with AsyncExitStack() as stack:
        sandbox = Sandbox(workspace_id="T1", redelivery_delays=(0, 0, 0))
        await stack.enter_async_context(sandbox.serve())
        control = await stack.enter_async_context(Control(sandbox.url, sandbox.control_token))
        await control.set_clock(MONDAY, frozen=True)
        listening = stack.enter_context(listen("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/slack/events"
        installed = await control.install(
            manifest(f"https://bot.example{'/slack/events'}" if http else None),
            request_url=url if http else None,
        )
        tz = "Europe/London" if empty else "UTC"
        people = {key: await control.add_person(name, tz) for key, name in _NAMES.items()}
        channel = await control.add_channel("leadership", people.values())
        clock = MovableClock(MONDAY)
        file = folder / "bot.db"
        if not (store or database or file.exists()):
            file.write_bytes(migrated_file())
        settings = Settings(
            database_url=database or f"sqlite:///{file}",
            slack_bot_token=installed.bot_token,
            slack_app_token=installed.app_token,
            slack_signing_secret=installed.signing_secret,
            slack_api_url=sandbox.api_url,
            widelens_practices=practices,
        )
        bot = await stack.enter_async_context(
            assemble(settings, http=http, store=store, clock=clock, pace=UNPACED, wakeups=False)
        )
        if http:
            await stack.enter_async_context(served(bot.web, listening))
        workspace = Workspace.of("slack", "T1")
        members = tuple(WantedMember(people[one.user].id, Role(one.role)) for one in PLAN.members)
        plan = replace(PLAN, channel=channel, members=members, cadences=tuple(cadences))
        if not empty:
            await bot.store.run(
                workspace.id, lambda uow: apply_teams(uow, [plan], bot.catalogue, MONDAY)
            )
        stage = Stage(sandbox, control, bot, clock, workspace, channel, people)
        if not empty:
            await control.add_app(channel)
            await stage.settle()
        yield stage
        ACKNOWLEDGED.add(await control.events())
        assert await control.mistakes() == []
