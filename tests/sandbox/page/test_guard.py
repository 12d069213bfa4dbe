"""The page as another site would drive it: nothing is read, nothing changes."""

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import PlainTextResponse

from sandbox.page.guard import CONTENT_SECURITY_POLICY, Guard
from tests.sandbox.scene import Scene

PAGES = ["/", "/inspector"]
DATA = [
    "/inspector/live",
    "/inspector/lines",
    "/inspector/entries/call-1",
    "/page/live",
    "/page/regions",
    "/page/modals",
    "/page/names",
    "/page/static/server.js",
]
ELSEWHERE = {
    "another port": {"Origin": "http://127.0.0.1:1", "Sec-Fetch-Site": "same-site"},
    "another name of this machine": {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
    "another site": {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    "a sandboxed frame or a file": {"Origin": "null"},
    "an old browser": {"Origin": "http://evil.example"},
    "a browser that leaves the origin out": {"Sec-Fetch-Site": "cross-site"},
    "a sibling that leaves it out": {"Sec-Fetch-Site": "same-site"},
}
NAMES = [
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example:80",
    "127.0.0.1.nip.io",
    "evil.example:127.0.0.1",
    "localhost@evil.example",
    "0.0.0.0",
    "2130706433",
    "[::ffff:127.0.0.1]",
    "",
]


@pytest.fixture
async def web(quiet: Scene) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(quiet.sandbox.url) as session:
        yield session


def _said(quiet: Scene) -> dict[str, str]:
    return {"as": quiet.amara.id, "channel": quiet.channel, "text": "Hello"}


async def _nothing_was_said(quiet: Scene) -> bool:
    return await quiet.control.messages(quiet.channel) == []


async def test_the_page_itself_may(quiet: Scene, web: aiohttp.ClientSession) -> None:
    own = {
        "Origin": quiet.sandbox.url,
        "Sec-Fetch-Site": "same-origin",
        "X-Sandbox-Token": quiet.sandbox.page.token,
    }
    async with web.post("/page/act/say", json=_said(quiet), headers=own) as answer:
        assert answer.status == 200
    assert not await _nothing_was_said(quiet)


@pytest.mark.parametrize("path", [*PAGES, *DATA, "/page/nothing", "/page/act/say"])
async def test_every_answer_carries_the_headers(
    web: aiohttp.ClientSession, quiet: Scene, path: str
) -> None:
    headers = {"Sec-Fetch-Site": "same-origin"}
    asked = {"as": quiet.amara.id}
    async with web.get(path, headers=headers, params=asked) as answer:
        assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer.headers["Cache-Control"] in ("no-store", "no-cache")
        assert not [name for name in answer.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize("path", [*PAGES, *DATA])
@pytest.mark.parametrize("name", NAMES)
async def test_under_another_name_there_is_nothing(
    web: aiohttp.ClientSession, path: str, name: str
) -> None:
    async with web.get(path, headers={"Host": name}) as answer:
        assert answer.status == 403
        assert len(await answer.read()) < 100


@pytest.mark.parametrize("headers", ELSEWHERE.values(), ids=ELSEWHERE)
@pytest.mark.parametrize("path", DATA)
async def test_another_site_reads_nothing(
    web: aiohttp.ClientSession, quiet: Scene, path: str, headers: dict[str, str]
) -> None:
    asked = {"as": quiet.amara.id}
    async with web.get(path, headers=headers, params=asked) as answer:
        assert answer.status == 403
        assert "error" in await answer.json()


@pytest.mark.parametrize("headers", ELSEWHERE.values(), ids=ELSEWHERE)
async def test_another_site_changes_nothing_even_with_the_token(
    web: aiohttp.ClientSession, quiet: Scene, headers: dict[str, str]
) -> None:
    token = {"X-Sandbox-Token": quiet.sandbox.page.token}
    async with web.post("/page/act/say", json=_said(quiet), headers=headers | token) as answer:
        assert answer.status == 403
    assert await _nothing_was_said(quiet)


@pytest.mark.parametrize("token", [None, "", "guess", "ü"], ids=["none", "empty", "wrong", "ü"])
@pytest.mark.parametrize(
    "content_type", ["application/json", "text/plain", "application/x-www-form-urlencoded"]
)
async def test_nothing_changes_without_the_token(
    web: aiohttp.ClientSession, quiet: Scene, token: str | None, content_type: str
) -> None:
    headers = {"Content-Type": content_type} | ({"X-Sandbox-Token": token} if token else {})
    for address in ("/page/act/say", "/page/upload", "/inspector"):
        async with web.post(address, data=json.dumps(_said(quiet)), headers=headers) as answer:
            assert answer.status == 403
    assert await _nothing_was_said(quiet)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO"])
async def test_every_other_verb_needs_the_token_too(
    web: aiohttp.ClientSession, method: str
) -> None:
    async with web.request(method, "/page/act/say") as answer:
        assert answer.status == 403


async def test_a_tab_may_be_opened_from_anywhere_and_a_frame_from_nowhere(
    web: aiohttp.ClientSession,
) -> None:
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    async with web.get("/inspector", headers=link | {"Sec-Fetch-Dest": "document"}) as answer:
        assert answer.status == 200
    for dest in ("iframe", "frame", "embed", "object"):
        async with web.get("/inspector", headers=link | {"Sec-Fetch-Dest": dest}) as answer:
            assert answer.status == 403


# The guard by itself, whatever comes

OWN = "http://127.0.0.1:8000"


async def _status(token: str = "right", method: str = "POST", **headers: str) -> int:
    statuses: list[int] = []

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    given = {"host": "127.0.0.1:8000", "x-sandbox-token": token, **headers}
    scope = {
        "type": "http",
        "method": method,
        "scheme": "http",
        "path": "/",
        "headers": [
            (name.replace("_", "-").encode(), value.encode("latin-1", "replace"))
            for name, value in given.items()
        ],
    }
    await Guard(PlainTextResponse("through"), "right")(scope, receive, send)
    return statuses[0]


async def test_the_guard_checks_names_by_itself() -> None:
    assert await _status(origin=OWN) == 200
    for host in ("localhost:8000", "[::1]:8000", "LOCALHOST:8000"):
        assert await _status(host=host, origin=f"http://{host}") == 200
    for name in NAMES:
        assert await _status(host=name, origin=f"http://{name}") == 403


@given(st.text(max_size=40))
async def test_no_other_origin_gets_through(origin: str) -> None:
    if origin.lower() != OWN:
        assert await _status(origin=origin) == 403
        assert await _status(origin=OWN + origin) == (200 if origin == "" else 403)


@given(st.text(max_size=40))
async def test_no_other_token_gets_through(token: str) -> None:
    if token != "right":
        assert await _status(token) == 403
