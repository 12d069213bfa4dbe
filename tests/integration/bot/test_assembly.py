"""The application put together, with the sandbox as Slack and a clock that the test moves."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import aiohttp
import pytest
from typing_extensions import override

from bot.assembly import SLACK_PATIENCE, Widelens, assemble
from bot.lifecycle import listen, served
from bot.settings import Settings
from coaching.catalogue import load_catalogue
from coaching.errors import StoreUnavailable
from coaching.ports import UnitOfWork
from coaching.team import Role
from coaching.team_plan import WantedMember
from coaching.use_cases.set_up_team import apply_teams
from platforms.slack import SEND_TIMEOUT, manifest
from sandbox import Control, Outcome, Person, Sandbox
from scheduler.clock import MovableClock
from scheduler.limits import UNPACED
from storage import SqlStore
from tests.integration.coaching.week import MONDAY, PLAN, TUESDAY_NINE

T = TypeVar("T")

WORKSPACE = "slack:T0SANDBOX"
MOVED = "What moved that somebody outside this team would notice?"
HEARD = "Whom beyond us did you hear first-hand, and what did they say?"
ANSWERS = {MOVED: "The first invoice went out", HEARD: "The ward's nurses wait for us"}


class FrailStore(SqlStore):
    """A store whose disk can be full, or slow."""

    full = False
    slow_until: asyncio.Event | None = None

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.reached = asyncio.Event()

    @override
    async def run(self, workspace_id: str, work: Callable[[UnitOfWork], T]) -> T:
        if self.full:
            raise StoreUnavailable("the disk is full")
        if self.slow_until is not None:
            self.reached.set()
            await self.slow_until.wait()
        return await super().run(workspace_id, work)


@dataclass
class Scene:
    control: Control
    bot: Widelens
    store: FrailStore
    clock: MovableClock
    lead: Person
    leader: Person
    channel: str
    stops: Callable[[], Awaitable[None]]
    """Stop the bot; the workspace goes on."""

    async def records(self, of: Callable[[UnitOfWork], T]) -> T:
        return await self.store.read(WORKSPACE, of)

    async def opens(self, person: Person) -> Any:
        """The form behind the newest prompt."""
        prompt = await person.waits_for(lambda seen: "Answer" in seen.buttons)
        opened = await person.press(prompt, "Answer", wait=5)
        assert opened.view is not None
        return opened.view


@pytest.fixture
async def scene(sqlite_url: str) -> AsyncIterator[Scene]:
    async with _scene(sqlite_url, http=False) as made:
        yield made


@asynccontextmanager
async def _scene(url: str, *, http: bool) -> AsyncIterator[Scene]:
    sandbox = Sandbox(redelivery_delays=(0, 0, 0))
    async with sandbox.serve(), Control(sandbox.url, sandbox.control_token) as control:
        app = await control.install(manifest("https://bot.invalid/slack/events" if http else None))
        lead, leader = [await control.add_person(name) for name in ("Amara Osei", "Bo Lind")]
        channel = await control.add_channel("leadership", [lead, leader], with_app=True)
        clock, store = MovableClock(MONDAY), FrailStore(url)
        settings = Settings(
            database_url=url,
            slack_bot_token=app.bot_token,
            slack_app_token=app.app_token,
            slack_signing_secret=app.signing_secret,
            slack_api_url=sandbox.api_url,
        )
        members = (WantedMember(lead.id, Role.LEAD), WantedMember(leader.id, Role.LEADER))
        plan = replace(PLAN, channel=channel, members=members)
        async with AsyncExitStack() as stack:
            bot = await stack.enter_async_context(
                assemble(settings, http=http, store=store, clock=clock, pace=UNPACED, wakeups=False)
            )
            await store.run(
                WORKSPACE, lambda uow: apply_teams(uow, [plan], load_catalogue(), MONDAY)
            )
            await control.set_clock(TUESDAY_NINE)
            clock.move_to(TUESDAY_NINE)
            await bot.engine.settle()
            yield Scene(control, bot, store, clock, lead, leader, channel, stack.aclose)


def test_a_lease_outlives_every_call_begun_under_it() -> None:
    assert SLACK_PATIENCE.send_timeout > 3 * SEND_TIMEOUT
    assert SLACK_PATIENCE.begin_within + SLACK_PATIENCE.send_timeout < SLACK_PATIENCE.lease


async def test_while_the_store_fails_the_form_stays_open_with_the_text(scene: Scene) -> None:
    view = await scene.opens(scene.lead)
    scene.store.full = True
    refused = await scene.lead.submit(view, ANSWERS)
    assert not refused.ok
    assert "I couldn't save this" in next(iter(refused.errors.values()))
    (still_open,) = await scene.control.views(scene.lead)
    assert ANSWERS[MOVED] in json.dumps(still_open["state"], ensure_ascii=False)
    scene.store.full = False
    sent = await scene.lead.submit(still_open)
    assert sent.ok
    answers = await scene.records(lambda uow: uow.answers.where())
    assert sorted(str(value) for one in answers for value in one.values.values()) == sorted(
        ANSWERS.values()
    )


async def test_a_form_sent_eleven_times_is_kept_once(scene: Scene) -> None:
    view = await scene.opens(scene.lead)
    assert (await scene.lead.submit(view, ANSWERS)).ok
    again: list[Outcome] = []
    for _ in range(10):
        edit = await scene.lead.waits_for(lambda seen: bool(seen.buttons))
        opened = await scene.lead.press(edit, edit.buttons[0], wait=5)
        assert opened.view is not None
        again.append(await scene.lead.submit(opened.view, ANSWERS))
        await scene.bot.engine.settle()
    assert all(one.ok for one in again)
    assert len(await scene.records(lambda uow: uow.answers.where())) == 2


async def test_an_event_delivered_eleven_times_is_taken_in_once(scene: Scene) -> None:
    await scene.leader.leaves(scene.channel)
    await scene.control.settled()
    (event,) = [
        one["payload"]
        for one in await scene.control.events()
        if one["payload"]["event"]["type"] == "member_left_channel"
    ]
    await scene.control.redeliver(event["event_id"], times=10)
    await scene.control.settled()
    await scene.bot.engine.settle()
    gone = await scene.records(lambda uow: uow.members.where(active=False))
    assert [one.user for one in gone] == [scene.leader.id]
    notes = [one for one in await scene.lead.dms() if "Bo Lind" in one.plain]
    assert len(notes) == 1


async def test_over_http_only_slack_is_let_in(sqlite_url: str) -> None:
    async with _scene(sqlite_url, http=True) as scene:
        listening = listen("127.0.0.1", 0)
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/slack/events"
        async with served(scene.bot.web, listening), aiohttp.ClientSession() as session:
            for body in (b"", b"{", b'{"type": "url_verification", "challenge": "x"}'):
                async with session.post(url, data=body) as answered:
                    assert answered.status == 401
            forged = {"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=0"}
            async with session.post(url, data=b"{}", headers=forged) as answered:
                assert answered.status == 401


async def test_it_stops_only_when_what_is_in_hand_is_done(scene: Scene, sqlite_url: str) -> None:
    view = await scene.opens(scene.lead)
    scene.store.slow_until = asyncio.Event()
    sending = asyncio.create_task(scene.lead.submit(view, ANSWERS))
    await scene.store.reached.wait()
    stopping = asyncio.ensure_future(scene.stops())
    ended, _ = await asyncio.wait([stopping], timeout=0.2)
    assert not ended
    scene.store.slow_until.set()
    await stopping
    assert (await sending).ok
    store = SqlStore(sqlite_url)
    kept = await store.read(WORKSPACE, lambda uow: uow.answers.where())
    under_way = await store.read(WORKSPACE, lambda uow: uow.deliveries.where(state="sending"))
    await store.close()
    assert len(kept) == 2
    assert under_way == []
