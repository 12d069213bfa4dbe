"""What another site asks of the sandbox through somebody's browser: refused wherever it asks."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import aiohttp
import pytest

from sandbox.loopback import problem_of
from tests.sandbox.scene import Scene, manifest, scene

BACK = "https://coach.example/slack/oauth_redirect"
ELSEWHERE = {
    "another port": {"Origin": "http://127.0.0.1:1", "Sec-Fetch-Site": "same-site"},
    "another site": {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    "a sandboxed frame": {"Origin": "null"},
    "a browser that leaves the origin out": {"Sec-Fetch-Site": "cross-site"},
}
TAB = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


@dataclass
class Target:
    """A workspace, whose every secret the other site knows: it gets nowhere even then."""

    the_scene: Scene
    web: aiohttp.ClientSession
    asking: str
    authorize: str

    def changes(self) -> dict[str, tuple[str, dict[str, str], str]]:
        """What would change something: address, headers and body by name."""
        bearer = {"Authorization": f"Bearer {self.the_scene.sandbox.control_token}"}
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        post = {"channel": self.the_scene.channel, "text": "Owned"}
        said = {"user": self.the_scene.amara.id, **post}
        answer = {"asking": self.asking, "user": self.the_scene.amara.id, "answer": "allow"}
        core = self.the_scene.sandbox.core
        app = core.workspace.the_app(self.the_scene.app.app_id)
        hook, _ = core.response_urls.issue(app, self.the_scene.amara.id, self.the_scene.channel)
        ticket = core.files.ticket(core.files.reserve(app.installation.bot_user_id, "a.txt", 5))
        in_channel = json.dumps({"text": "Owned", "response_type": "in_channel"})
        token = {"token": self.the_scene.app.bot_token}
        return {
            "a call": ("/api/chat.postMessage", form, urlencode(post | token)),
            "the control API": ("/control/say", bearer, json.dumps(said)),
            "a response URL": (hook, {"Content-Type": "text/plain"}, in_channel),
            "an upload": (f"/upload/v1/{ticket}", {"Content-Type": "text/plain"}, "owned"),
            "leave to install": ("/oauth/v2/authorize", form, urlencode(answer)),
        }


@pytest.fixture
async def target() -> AsyncIterator[Target]:
    async with scene(manifest(events=())) as the_scene:
        app = await the_scene.control.register(manifest(events=(), redirect_urls=[BACK]))
        query = {"client_id": app.client_id, "scope": "chat:write"}
        asking = the_scene.sandbox.core.installs.ask(query).id
        async with aiohttp.ClientSession(the_scene.sandbox.url) as web:
            authorize = f"/oauth/v2/authorize?{urlencode(query)}"
            yield Target(the_scene, web, asking, authorize)


@pytest.mark.parametrize("headers", ELSEWHERE.values(), ids=ELSEWHERE)
async def test_nothing_changes(target: Target, headers: dict[str, str]) -> None:
    for name, (address, own, body) in target.changes().items():
        async with target.web.post(
            address, headers=own | headers, data=body, allow_redirects=False
        ) as answer:
            assert (answer.status, name) == (403, name)
            assert set(await answer.json()) == {"error"}
    assert await target.the_scene.control.messages() == []
    assert await target.the_scene.control.calls("chat.postMessage") == []


async def test_the_same_without_a_browser_is_done(target: Target) -> None:
    for address, own, body in target.changes().values():
        async with target.web.post(
            address, headers=own, data=body, allow_redirects=False
        ) as answer:
            assert answer.status in (200, 303)
    assert len(await target.the_scene.control.messages()) == 3


@pytest.mark.parametrize("headers", ELSEWHERE.values(), ids=ELSEWHERE)
async def test_nothing_is_read(target: Target, headers: dict[str, str]) -> None:
    token = {"Authorization": f"Bearer {target.the_scene.sandbox.control_token}"}
    for address in ("/control/feed", "/api/auth.test", target.authorize, "/files-pri/T-F/a.txt"):
        async with target.web.get(
            address, headers=token | headers, allow_redirects=False
        ) as answer:
            assert answer.status == 403


async def test_an_app_may_send_a_tab_to_be_asked_but_not_a_frame(target: Target) -> None:
    async with target.web.get(target.authorize, headers=TAB) as answer:
        assert answer.status == 200
        policy = answer.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy
        # Under it, the form's answer says where it comes from, and an app is not told the address.
        assert answer.headers["Referrer-Policy"] == "same-origin"
    async with target.web.get(
        target.authorize, headers=TAB | {"Sec-Fetch-Dest": "iframe"}
    ) as answer:
        assert answer.status == 403
    async with target.web.post("/oauth/v2/authorize", headers=TAB) as answer:
        assert answer.status == 403


async def test_what_is_asked_and_never_answered_is_not_kept_for_ever(target: Target) -> None:
    installs = target.the_scene.sandbox.core.installs
    query = dict(pair.split("=") for pair in urlsplit(target.authorize).query.split("&"))
    query["scope"] = "chat:write"
    for _ in range(1000):
        asking = installs.ask(query).id
    with pytest.raises(LookupError, match="answered already"):
        installs.refuse(target.asking)
    assert installs.refuse(asking).startswith(BACK)


@pytest.mark.parametrize(
    "path", ["/../evil", "/%2e%2e/evil", "/..%2fevil", "/..\\evil", "/%2E./evil", "evil", "@evil"]
)
async def test_a_redirect_leads_nowhere_else(target: Target, path: str) -> None:
    query = {"scope": "chat:write", "redirect_uri": BACK + path}
    query["client_id"] = dict(
        pair.split("=") for pair in urlsplit(target.authorize).query.split("&")
    )["client_id"]
    async with target.web.get("/oauth/v2/authorize", params=query) as answer:
        assert answer.status == 400
        assert "did not match" in await answer.text()


async def test_no_secret_is_in_what_a_log_would_say(target: Target) -> None:
    core, app = target.the_scene.sandbox.core, target.the_scene.app
    said = f"{app!r} {core.workspace.the_app(app.app_id)!r}"
    for secret in (app.bot_token, app.app_token, app.signing_secret, app.client_secret):
        assert secret not in said


async def test_bad_requests_are_refused_and_not_failed_at(target: Target) -> None:
    token = {"Authorization": f"Bearer {target.the_scene.sandbox.control_token}"}
    for asked in ({"after": "x"}, {"wait": "soon"}):
        async with target.web.get("/control/feed", headers=token, params=asked) as answer:
            assert answer.status == 400
    for body in (b"\xff", b"[]", b"{"):
        async with target.web.post("/control/say", headers=token, data=body) as answer:
            assert answer.status == 400
    hook = target.changes()["a response URL"][0]
    for body in (b"\xff", b"[1]", b"words"):
        async with target.web.post(hook, data=body) as answer:
            assert (answer.status, await answer.text()) == (400, "invalid_payload")


@pytest.mark.parametrize(
    ("headers", "problem"),
    [
        ({"host": "localhost:1"}, False),
        ({"host": "localhost:1", "origin": "http://localhost:1"}, False),
        ({"host": "localhost:1", "origin": "https://localhost:1"}, True),
        ({"host": "localhost:1", "origin": "http://127.0.0.1:1"}, True),
        ({"host": "evil.example", "origin": "http://evil.example"}, True),
        ({}, True),
    ],
)
def test_origins_are_names_with_their_port(headers: dict[str, str], problem: bool) -> None:
    given = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope: dict[str, Any] = {"type": "http", "method": "GET", "scheme": "http", "headers": given}
    assert bool(problem_of(scope)) is problem
