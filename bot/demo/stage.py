"""The stage: a sandbox with the company in it, the real bot, and one time for both."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.applying import apply
from bot.assembly import Widelens, assemble
from bot.demo.company import (
    CAST,
    CHANNEL,
    COACH,
    COMPANY,
    STARTS_AT,
    ZONE,
    teams_yaml,
)
from bot.demo.deeds import Act
from bot.demo.leader import Leader
from bot.demo.ledger import Ledger
from bot.demo.paper import View
from bot.errors import OperatorError
from bot.settings import Settings
from coaching.ports import DueBoard
from platforms.slack import manifest
from sandbox import Control, Installation, Person, Sandbox, SeenMessage
from scheduler.clock import MovableClock, monotonic
from scheduler.limits import UNPACED
from storage import SqlDueBoard

__all__ = ["Stage", "open_stage"]


@dataclass(slots=True)
class Stage:
    """Everything that is there, and how time passes in it.

    `after_step` is awaited whenever something may have been said or done.
    """

    sandbox: Sandbox
    control: Control
    bot: Widelens
    board: DueBoard
    clock: MovableClock
    channel: str
    people: dict[str, Person]
    frozen: bool
    ledger: Ledger = field(default_factory=Ledger)
    witnessed: list[tuple[str, SeenMessage, View]] = field(default_factory=list)
    """Who pressed something, in which message, and the form that opened."""
    after_step: Callable[[], Awaitable[None]] | None = None

    def leader(self, key: str) -> Leader:
        """The leader with this key, at their client."""
        return Leader(
            person=self.people[key],
            channel=self.channel,
            users={key: person.id for key, person in self.people.items()},
            catalogue=self.bot.catalogue,
            ledger=self.ledger,
            now=self.now,
            witness=lambda who, message, view: self.witnessed.append((who, message, view)),
        )

    def now(self) -> datetime:
        """The present moment on the team's wall."""
        return self.clock.now().astimezone(ZONE)

    async def move_to(self, moment: datetime) -> None:
        """Let time pass until `moment`, never past anything that is due on the way."""
        while (due := await self.board.next_due(self.clock.now())) and due <= moment:
            await self._step(due)
        await self._step(moment)

    async def play(self, acts: Iterable[Act]) -> None:
        """Have what is planned done, each act at its time."""
        for act in acts:
            await self.move_to(act.at)
            await self.leader(act.who).do(act.deed)
            await self.settle()

    async def settle(self) -> None:
        """Wait until all has arrived and everything due is said."""
        await self.control.settled()
        await self.bot.engine.settle()
        if self.after_step is not None:
            await self.after_step()

    async def _step(self, moment: datetime) -> None:
        # The workspace first: what the bot says at a moment must not look older than it.
        if moment > self.clock.now():
            await self.control.set_clock(moment, frozen=self.frozen)
            self.clock.advance(max(timedelta(), moment - self.clock.now()))
        await self.settle()


@asynccontextmanager
async def open_stage(*, frozen: bool, port: int = 0) -> AsyncIterator[Stage]:
    """The company at its first morning, with the bot started. At the end nothing of it is left.

    `frozen`: time stands still unless it is moved, and nothing happens by itself; otherwise time
    runs on between moves, and the scheduler wakes up as it does in service.

    Raises:
        OperatorError: the port is another's.
    """
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="widelens-demo-")))
        # A busy machine may take longer than the three seconds that Slack gives.
        sandbox = Sandbox(name=COMPANY, ack_seconds=15.0, redelivery_delays=(0, 0, 0))
        await stack.enter_async_context(_served(sandbox, port))
        control = await stack.enter_async_context(Control(sandbox.url, sandbox.control_token))
        clock = MovableClock(STARTS_AT, None if frozen else monotonic)
        await control.set_clock(STARTS_AT, frozen=frozen)
        app = await control.install(manifest())
        people = {
            one.key: await control.add_person(one.name, tz=ZONE.key) for one in (*CAST, COACH)
        }
        channel = await control.add_channel(CHANNEL, members=people.values(), with_app=True)
        settings = _settings(folder, sandbox, app)
        users = {key: person.id for key, person in people.items()}
        wanted = teams_yaml(sandbox.core.workspace.id, channel, users)
        await _apply(settings, folder / "teams.yaml", wanted, clock)
        bot = await stack.enter_async_context(
            assemble(settings, clock=clock, pace=UNPACED, wakeups=not frozen)
        )
        await control.connected()
        board = SqlDueBoard(bot.store)
        yield Stage(sandbox, control, bot, board, clock, channel, people, frozen)


@asynccontextmanager
async def _served(sandbox: Sandbox, port: int) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(sandbox.serve(port))
        except OSError as error:
            said = error.strerror or error
            raise OperatorError(f"port {port} can't be had ({said}); choose another") from None
        yield


async def _apply(settings: Settings, plan: Path, wanted: str, clock: MovableClock) -> None:
    """Set the team up as an operator does: `widelens apply teams.yaml`."""
    await asyncio.to_thread(plan.write_text, wanted, "utf-8")
    await apply(settings.database_url, plan, clock)


def _settings(folder: Path, sandbox: Sandbox, app: Installation) -> Settings:
    return Settings(
        database_url=f"sqlite:///{folder / 'widelens.db'}",
        slack_bot_token=app.bot_token,
        slack_app_token=app.app_token,
        slack_signing_secret=app.signing_secret,
        slack_api_url=sandbox.api_url,
    )
