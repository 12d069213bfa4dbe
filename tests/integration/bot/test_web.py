"""What the HTTP face says of the process."""

from datetime import timedelta

import aiohttp
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from bot.lifecycle import listen, served
from bot.web import LONGEST_DELAY, Readiness, create_web
from coaching.catalogue import load_catalogue
from coaching.use_cases.set_up_team import apply_teams
from scheduler.clock import MovableClock
from storage import SqlDueBoard, SqlStore
from storage.migrate import downgrade
from tests.integration.coaching.week import MONDAY, PLAN, TUESDAY_NINE, WORKSPACE


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(MONDAY)


def face(url: str, store: SqlStore, clock: MovableClock, workspace: str = WORKSPACE) -> Starlette:
    board = SqlDueBoard(store)
    return create_web(
        Readiness(database_url=url, board=board, clock=clock, workspace_id=workspace), None
    )


async def ask(web: Starlette, path: str, method: str = "GET") -> tuple[int, str]:
    """Over the wire, as a load balancer would."""
    listening = listen("127.0.0.1", 0)
    url = f"http://127.0.0.1:{listening.getsockname()[1]}{path}"
    async with (
        aiohttp.ClientSession() as session,
        served(web, listening),
        session.request(method, url) as answered,
    ):
        return answered.status, await answered.text()


async def test_it_is_ready_where_the_database_answers_and_nothing_is_late(
    database_url: str, store: SqlStore, clock: MovableClock
) -> None:
    web = face(database_url, store, clock)
    assert await ask(web, "/healthz") == (200, '{"status":"alive"}')
    assert await ask(web, "/readyz") == (200, '{"status":"ready","problems":[]}')


async def test_it_is_not_ready_while_what_is_due_waits_too_long(
    database_url: str, store: SqlStore, clock: MovableClock
) -> None:
    await store.run(WORKSPACE, lambda uow: apply_teams(uow, [PLAN], load_catalogue(), MONDAY))
    web = face(database_url, store, clock)
    clock.move_to(TUESDAY_NINE + LONGEST_DELAY - timedelta(seconds=1))
    assert (await ask(web, "/readyz"))[0] == 200
    clock.advance(timedelta(seconds=1))
    status, said = await ask(web, "/readyz")
    assert status == 503
    assert "more than 5 minutes ago" in said
    # What another workspace's process leaves undone says nothing about this one.
    assert (await ask(face(database_url, store, clock, "slack:T2"), "/readyz"))[0] == 200


async def test_it_is_not_ready_on_tables_of_another_version(
    sqlite_url: str, clock: MovableClock
) -> None:
    store = SqlStore(sqlite_url)
    downgrade(sqlite_url, "base")
    status, said = await ask(face(sqlite_url, store, clock), "/readyz")
    await store.close()
    assert status == 503
    assert "run `widelens migrate`" in said


async def test_it_is_not_ready_without_a_database(sqlite_url: str, clock: MovableClock) -> None:
    store = SqlStore(sqlite_url)
    await store.close()
    web = face(sqlite_url, store, clock)
    assert await ask(web, "/readyz") == (
        503,
        '{"status":"not ready","problems":["the database can\'t be used (StoreUnavailable)"]}',
    )
    assert (await ask(web, "/healthz"))[0] == 200


async def test_slacks_requests_have_a_door_only_over_http(
    sqlite_url: str, clock: MovableClock
) -> None:
    async def endpoint(_request: Request) -> PlainTextResponse:
        return PlainTextResponse("taken")

    store = SqlStore(sqlite_url)
    board = SqlDueBoard(store)
    of = Readiness(database_url=sqlite_url, board=board, clock=clock, workspace_id=WORKSPACE)
    assert await ask(create_web(of, endpoint), "/slack/events", "POST") == (200, "taken")
    assert (await ask(create_web(of, endpoint), "/slack/events"))[0] == 405
    assert (await ask(create_web(of, None), "/slack/events", "POST"))[0] == 404
    await store.close()
