"""The application put together: every part is made here, and each can be replaced by keyword."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from starlette.applications import Starlette

from bot.databases import prepare
from bot.practice_files import catalogue_with
from bot.reaching import patiently
from bot.settings import Settings
from bot.web import Readiness, create_web
from coaching.catalogue import Catalogue
from coaching.ports import Clock
from coaching.team import Workspace
from conversation.compose import compose
from conversation.platform import ChatPlatform
from handlers import Services
from handlers.desk import Desk
from insights.reading import WORD_RULES
from platforms.slack import (
    SEND_TIMEOUT,
    Directory,
    SlackPlatform,
    SlackRoster,
    SocketMode,
    create_app,
    create_client,
    create_session,
    identify,
    slack_events_endpoint,
)
from scheduler.clock import SystemClock, monotonic
from scheduler.dispatcher import Dispatcher
from scheduler.engine import Engine
from scheduler.housekeeping import Housekeeper
from scheduler.limits import SLACK_PACE, Limits, Pace
from scheduler.patience import Patience
from scheduler.planner import Planner
from scheduler.queues.in_process import InProcessQueue
from storage import SqlDueBoard, SqlStore

__all__ = ["SLACK_PATIENCE", "Widelens", "assemble"]

SLACK_PATIENCE = Patience(
    send_timeout=3 * SEND_TIMEOUT + timedelta(seconds=1),
    begin_within=timedelta(seconds=10),
    lease=timedelta(seconds=30),
)
"""A call of the platform ends within three of Slack's time-outs, and the lease outlives it."""


@dataclass(frozen=True, slots=True)
class Widelens:
    """The running application, for one workspace. `web` is to be served by whoever assembled it."""

    workspace: Workspace
    store: SqlStore
    clock: Clock
    catalogue: Catalogue
    engine: Engine
    web: Starlette


@asynccontextmanager
async def assemble(
    settings: Settings,
    *,
    http: bool = False,
    store: SqlStore | None = None,
    clock: Clock | None = None,
    catalogue: Catalogue | None = None,
    pace: Pace = SLACK_PACE,
    patience: Patience = SLACK_PATIENCE,
    wakeups: bool = True,
) -> AsyncIterator[Widelens]:
    """Everything, started; at the end it stops in the opposite order, once what is in hand is done.

    It takes Slack's requests over Socket Mode, or through `web` with `http`. `wakeups=False` leaves
    it to the caller to have the engine sweep. A store that is given is closed, too.

    Raises:
        OperatorError: Slack refuses the tokens, the database is not ready, or a practice file of
            the operator's own is wrong.
        WidelensError: the database can't be used.
    """
    clock = clock or SystemClock()
    if catalogue is None:
        catalogue = catalogue_with(settings.widelens_practices)
    async with AsyncExitStack() as stack:
        store = store or await _open_store(settings.database_url)
        stack.push_async_callback(store.close)
        session = create_session()
        stack.push_async_callback(session.close)
        client = create_client(settings.slack_bot_token, settings.slack_api_url, session)
        identity = await patiently(lambda: identify(client))
        directory = Directory(client)
        platform = SlackPlatform(client, directory, identity.site)
        platforms = {identity.workspace.id: platform}
        engine, queue = _create_engine(store, clock, catalogue, platforms, pace, patience)
        engine.start(wakeups=wakeups)
        stack.push_async_callback(engine.stop)
        roster = SlackRoster(client, directory)
        desk = Desk(Services(store, clock, catalogue, queue, roster, WORD_RULES))
        app = create_app(client, settings.slack_signing_secret, desk.respond, identity, directory)
        endpoint = slack_events_endpoint(app, settings.slack_signing_secret) if http else None
        if not http:
            socket = SocketMode(app, settings.slack_app_token)
            stack.push_async_callback(socket.close)
            await patiently(socket.connect)
        readiness = Readiness(
            database_url=settings.database_url,
            board=SqlDueBoard(store),
            clock=clock,
            workspace_id=identity.workspace.id,
        )
        web = create_web(readiness, endpoint)
        yield Widelens(identity.workspace, store, clock, catalogue, engine, web)


async def _open_store(url: str) -> SqlStore:
    await asyncio.to_thread(prepare, url)
    return SqlStore(url)


def _create_engine(
    store: SqlStore,
    clock: Clock,
    catalogue: Catalogue,
    platforms: dict[str, SlackPlatform],
    pace: Pace,
    patience: Patience,
) -> tuple[Engine, InProcessQueue]:
    board = SqlDueBoard(store)

    def platform_of(workspace_id: str) -> ChatPlatform | None:
        return platforms.get(workspace_id)

    dispatcher = Dispatcher(
        store=store,
        board=board,
        clock=clock,
        platform_of=platform_of,
        compose=compose,
        limits=Limits(pace, monotonic),
        patience=patience,
    )
    queue = InProcessQueue(dispatcher.drain)
    planner = Planner(store=store, board=board, clock=clock, catalogue=catalogue, queue=queue)
    housekeeper = Housekeeper(store=store, board=board, clock=clock)
    engine = Engine(
        board=board,
        clock=clock,
        planner=planner,
        dispatcher=dispatcher,
        housekeeper=housekeeper,
        queue=queue,
    )
    return engine, queue
