"""The stage: a sandbox with a scene's teams in it, the real bot, and one time for both."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.assembly import Widelens, assemble
from bot.demo.company import SCENE
from bot.demo.deeds import (
    Act,
    AnswerAnything,
    JoinTeam,
    LeaveTeam,
    Reply,
    ShareDoubt,
    VisitHome,
)
from bot.demo.leader import Leader
from bot.demo.ledger import Ledger
from bot.demo.operator import Operator
from bot.demo.paper import View
from bot.demo.people import Manner, Scene
from bot.demo.vocabulary import Sentences
from bot.errors import OperatorError
from bot.settings import Settings
from coaching.ports import DueBoard, UnitOfWork
from coaching.round import RoundState
from coaching.use_cases.keep_anonymous import is_anonymous
from platforms.slack import manifest
from sandbox import Control, Installation, Person, Sandbox, SeenMessage
from scheduler.clock import MovableClock, monotonic
from scheduler.limits import UNPACED
from storage import SqlDueBoard

__all__ = ["Stage", "open_stage"]


@dataclass(slots=True)
class Stage:
    """Everything that is there, and how time passes in it.

    `after_step` is awaited whenever something may have been said or done, `after_act` after
    somebody's act, when all that it brought has arrived.
    """

    scene: Scene
    sandbox: Sandbox
    control: Control
    bot: Widelens
    board: DueBoard
    clock: MovableClock
    operator: Operator
    frozen: bool
    ledger: Ledger = field(default_factory=Ledger)
    witnessed: list[tuple[str, SeenMessage, View]] = field(default_factory=list)
    """Who pressed something, in which message, and the form that opened."""
    acted: list[Act] = field(default_factory=list)
    """What was done so far."""
    after_step: Callable[[], Awaitable[None]] | None = None
    after_act: Callable[[], Awaitable[None]] | None = None
    _sentences: dict[str, Sentences] = field(init=False)

    def __post_init__(self) -> None:
        teams = self.scene.teams if self.scene.pack else ()
        self._sentences = {team.key: Sentences(team.key, part=0) for team in teams}

    @property
    def channel(self) -> str:
        """The first team's channel."""
        return self.operator.channels[self.scene.team("").key]

    @property
    def people(self) -> dict[str, Person]:
        """Everybody, by their keys."""
        return dict(self.operator.people)

    def leader(self, key: str, team: str = "") -> Leader:
        """The leader with this key, at their client, as one of a team."""
        one = self.scene.team(team)
        return Leader(
            person=self.operator.people[key],
            channel=self.operator.channels[one.key],
            users={key: person.id for key, person in self.operator.people.items()},
            colleagues=self.operator.leaders(one.key),
            sentences=self._sentences.get(one.key),
            catalogue=self.bot.catalogue,
            ledger=self.ledger,
            now=lambda: self.clock.now().astimezone(one.zone),
            witness=lambda who, message, view: self.witnessed.append((who, message, view)),
        )

    def now(self) -> datetime:
        """The present moment on the first team's wall."""
        return self.clock.now().astimezone(self.scene.team("").zone)

    async def move_to(self, moment: datetime) -> None:
        """Let time pass until `moment`, never past anything that is due on the way."""
        while (due := await self.board.next_due(self.clock.now())) and due <= moment:
            await self._step(due)
        await self._step(moment)

    async def play(self, acts: Iterable[Act]) -> None:
        """Have what is planned done, each act at its time."""
        for act in acts:
            await self.move_to(act.at)
            self.acted.append(replace(act, at=self.clock.now()))
            await self.leader(act.who, act.team).do(act.deed)
            await self._take_note(act)
            await self.settle()
            await self._see_senders(act)
            if isinstance(act.deed, Reply):
                await self.leader(act.who, act.team).look_up(act.deed)
            if self.after_act is not None:
                await self.after_act()

    async def settle(self) -> None:
        """Wait until all has arrived and everything due is said."""
        await self.control.settled()
        await self.bot.engine.settle()
        if self.after_step is not None:
            await self.after_step()

    async def _take_note(self, act: Act) -> None:
        """What the operator does when somebody comes or goes."""
        team = self.scene.team(act.team).key
        match act.deed:
            case JoinTeam():
                await self.operator.take_in(team, act.who)
            case LeaveTeam():
                self.operator.let_go(team, act.who)

    async def _see_senders(self, act: Act) -> None:
        """Look who has sent a form of a round without names: once it has closed, nothing tells."""
        if isinstance(act.deed, AnswerAnything | ShareDoubt | VisitHome):
            work = self.bot.store.read(self.bot.workspace.id, _senders)
            self.ledger.senders |= await work

    async def _step(self, moment: datetime) -> None:
        # The workspace first: what the bot says at a moment must not look older than it.
        if moment > self.clock.now():
            await self.control.set_clock(moment, frozen=self.frozen)
            self.clock.advance(max(timedelta(), moment - self.clock.now()))
        await self.settle()


def _senders(uow: UnitOfWork) -> set[tuple[str, str]]:
    rounds = [one for one in uow.rounds.where(state=RoundState.OPEN) if is_anonymous(one)]
    return {(who, one.id) for one in rounds for who in uow.anonymous.senders(one.id)}


@asynccontextmanager
async def open_stage(scene: Scene = SCENE, *, frozen: bool, port: int = 0) -> AsyncIterator[Stage]:
    """The scene as it starts, with the bot started. At the end nothing of it is left.

    `frozen`: time stands still unless it is moved, and nothing happens by itself; otherwise time
    runs on between moves, and the scheduler wakes up as it does in service.

    Raises:
        OperatorError: the port is another's.
    """
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="widelens-demo-")))
        # A busy machine may take longer than the three seconds that Slack gives.
        sandbox = Sandbox(name=scene.workspace, ack_seconds=15.0, redelivery_delays=(0, 0, 0))
        await stack.enter_async_context(_served(sandbox, port))
        control = await stack.enter_async_context(Control(sandbox.url, sandbox.control_token))
        clock = MovableClock(scene.starts_at, None if frozen else monotonic)
        await control.set_clock(scene.starts_at, frozen=frozen)
        settings = _settings(folder, sandbox, await control.install(manifest()))
        channels, people = await _fill(control, scene)
        operator = Operator(
            scene=scene,
            workspace=sandbox.core.workspace.id,
            channels=channels,
            people=people,
            settings=settings,
            file=folder / "teams.yaml",
            clock=clock,
        )
        await operator.set_up()
        bot = await stack.enter_async_context(
            assemble(settings, clock=clock, pace=UNPACED, wakeups=not frozen)
        )
        await control.connected()
        for channel in channels.values():
            await control.add_app(channel)
        board = SqlDueBoard(bot.store)
        yield Stage(scene, sandbox, control, bot, board, clock, operator, frozen)


async def _fill(control: Control, scene: Scene) -> tuple[dict[str, str], dict[str, Person]]:
    """Put the teams' channels and people into the workspace."""
    zones = {one.key: team.zone_of(one) for team in scene.teams for one in (*team.cast, team.coach)}
    people = {
        one.key: await control.add_person(one.name, tz=zones[one.key].key)
        for one in scene.everybody
    }
    channels = {}
    for team in scene.teams:
        there = [one for one in (*team.cast, team.coach) if one.manner is not Manner.JOINING]
        members = [people[one.key] for one in there]
        channels[team.key] = await control.add_channel(team.channel, members)
    return channels, people


@asynccontextmanager
async def _served(sandbox: Sandbox, port: int) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(sandbox.serve(port))
        except OSError as error:
            said = error.strerror or error
            raise OperatorError(f"port {port} can't be had ({said}); choose another") from None
        yield


def _settings(folder: Path, sandbox: Sandbox, app: Installation) -> Settings:
    return Settings(
        database_url=f"sqlite:///{folder / 'widelens.db'}",
        slack_bot_token=app.bot_token,
        slack_app_token=app.app_token,
        slack_signing_secret=app.signing_secret,
        slack_api_url=sandbox.api_url,
    )
