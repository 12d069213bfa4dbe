"""Installing by OAuth: Bolt's own flow, what a person answers, codes, tokens, and their end."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import aiohttp
import pytest
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import Response

from sandbox import Control, Installation, NotPossible, Sandbox
from tests.sandbox.scene import SCOPES, Hands, Scene, manifest, scene, serving

Json = dict[str, Any]
# slack_sdk still hands aiohttp a BasicAuth.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

BACK = "https://coach.example/slack/oauth_redirect"


@dataclass
class Asking:
    """An app that is registered, and not installed yet."""

    the_scene: Scene
    app: Installation
    hands: Hands

    def address(self, **query: str) -> str:
        """Where the app sends people."""
        asked = {"client_id": self.app.client_id, "scope": "chat:write,im:write", "state": "s-1"}
        query = {key: value for key, value in (asked | query).items() if value}
        return f"{self.the_scene.sandbox.url}/oauth/v2/authorize?{urlencode(query)}"

    async def code(self, **query: str) -> str:
        """The code that comes of a person's leave."""
        went = await self.the_scene.amara.allows(self.address(**query))
        return parse_qs(urlsplit(went).query)["code"][0]

    async def exchanged(self, code: str, **more: str) -> Json:
        """What oauth.v2.access answers, right or wrong."""
        client = self.the_scene.web("")
        secrets = {"client_id": self.app.client_id, "client_secret": self.app.client_secret}
        try:
            answer = await client.oauth_v2_access(code=code, **{**secrets, **more})
        except SlackApiError as refusal:
            return dict(refusal.response.data)
        return dict(answer.data)  # type: ignore[arg-type]


@pytest.fixture
async def asking() -> AsyncIterator[Asking]:
    hands = Hands()
    async with scene(manifest(events=()), wall=lambda: hands.wall) as the_scene:
        app = await the_scene.control.register(manifest(events=(), redirect_urls=[BACK]))
        yield Asking(the_scene, app, hands)


async def test_a_person_allows_and_the_app_has_its_token(asking: Asking) -> None:
    assert asking.app.bot_token == ""
    went = urlsplit(await asking.the_scene.amara.allows(asking.address()))
    assert f"{went.scheme}://{went.netloc}{went.path}" == BACK
    answer = parse_qs(went.query)
    assert answer["state"] == ["s-1"]
    given = await asking.exchanged(answer["code"][0])
    assert given["ok"] is True
    assert (given["token_type"], given["scope"]) == ("bot", "chat:write,im:write")
    assert (given["app_id"], given["bot_user_id"]) == (asking.app.app_id, asking.app.bot_user_id)
    assert given["team"] == {"id": "T0SANDBOX", "name": "Northwind"}
    assert given["authed_user"] == {"id": asking.the_scene.amara.id}
    who = await asking.the_scene.web(given["access_token"]).auth_test()
    assert who["user_id"] == asking.app.bot_user_id
    assert who.headers["x-oauth-scopes"] == "chat:write,im:write"


async def test_a_person_refuses(asking: Asking) -> None:
    went = await asking.the_scene.amara.refuses(asking.address())
    assert went == f"{BACK}?error=access_denied&state=s-1"
    stateless = await asking.the_scene.amara.refuses(asking.address(state=""))
    assert stateless == f"{BACK}?error=access_denied"


async def test_a_code_is_used_once_and_for_ten_minutes(asking: Asking) -> None:
    code = await asking.code()
    asking.hands.wall += 599
    assert (await asking.exchanged(code))["ok"] is True
    assert (await asking.exchanged(code))["error"] == "invalid_code"
    late = await asking.code()
    asking.hands.wall += 600
    assert (await asking.exchanged(late))["error"] == "invalid_code"
    assert (await asking.exchanged("guess"))["error"] == "invalid_code"


async def test_another_apps_code_is_no_code(asking: Asking) -> None:
    code = await asking.code()
    other = await asking.the_scene.control.register(manifest(redirect_urls=[BACK]))
    secrets = {"client_id": other.client_id, "client_secret": other.client_secret}
    assert (await asking.exchanged(code, **secrets))["error"] == "invalid_code"


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"client_secret": "guess"}, "bad_client_secret"),
        ({"client_secret": ""}, "bad_client_secret"),
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"redirect_uri": "https://coach.example/elsewhere"}, "bad_redirect_uri"),
        ({"grant_type": "password"}, "invalid_grant_type"),
        ({"grant_type": "refresh_token", "refresh_token": "x"}, "invalid_refresh_token"),
        ({"code_verifier": "x"}, "pkce_not_allowed"),
    ],
)
async def test_wrong_exchanges(asking: Asking, more: dict[str, str], error: str) -> None:
    assert (await asking.exchanged(await asking.code(), **more))["error"] == error


async def test_a_redirect_uri_that_was_named_is_named_again(asking: Asking) -> None:
    under = f"{BACK}/northwind"
    went = await asking.the_scene.amara.allows(asking.address(redirect_uri=under))
    assert went.startswith(f"{under}?code=")
    code = await asking.code(redirect_uri=under)
    assert (await asking.exchanged(code))["error"] == "bad_redirect_uri"
    code = await asking.code(redirect_uri=under)
    assert (await asking.exchanged(code, redirect_uri=under))["ok"] is True


async def test_id_and_secret_may_come_in_the_body(asking: Asking) -> None:
    form = {
        "code": await asking.code(),
        "client_id": asking.app.client_id,
        "client_secret": asking.app.client_secret,
    }
    address = asking.the_scene.sandbox.api_url + "oauth.v2.access"
    async with aiohttp.ClientSession() as session, session.post(address, data=form) as answer:
        given = await answer.json()
    assert given["ok"] is True
    kept = str(await asking.the_scene.control.calls())
    assert form["code"] not in kept
    assert form["client_secret"] not in kept
    log = asking.the_scene.sandbox.core.calls
    answers = [log.answer(entry["number"]) or b"" for entry in log]
    assert given["access_token"].encode() not in b"".join(answers)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"client_id": "1.2"}, "no app"),
        ({"scope": ""}, "no scope"),
        ({"user_scope": "chat:write"}, "Tokens of people"),
        ({"redirect_uri": "https://evil.example/"}, "did not match any configured"),
        ({"redirect_uri": "http://coach.example/slack/oauth_redirect"}, "did not match"),
        ({"redirect_uri": BACK + "ed"}, "did not match"),
        ({"redirect_uri": BACK + "/../elsewhere"}, "did not match"),
        ({"team": "T0OTHER"}, "another workspace"),
    ],
)
async def test_what_cannot_be_asked(asking: Asking, query: dict[str, str], words: str) -> None:
    with pytest.raises(NotPossible, match=words):
        await asking.the_scene.amara.allows(asking.address(**query))
    async with aiohttp.ClientSession() as session, session.get(asking.address(**query)) as page:
        assert page.status == 400
        assert words in await page.text()


async def test_guests_install_nothing(asking: Asking) -> None:
    guest = await asking.the_scene.control.add_person("Cy", is_restricted=True)
    with pytest.raises(NotPossible, match="may not install"):
        await guest.allows(asking.address())


async def test_the_page_asks_and_answers_once(asking: Asking) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(asking.address(state="<b>&")) as page:
            html = await page.text()
            policy = page.headers["Content-Security-Policy"]
        assert "form-action 'self' https://coach.example" in policy
        assert "Install Coach in Northwind?" in html
        assert "<code>chat:write</code>" in html
        assert "Amara Osei" in html
        found = re.search(r'name="asking" value="([^"]+)"', html)
        assert found is not None
        form = {"asking": found[1], "user": asking.the_scene.bela.id, "answer": "allow"}
        address = f"{asking.the_scene.sandbox.url}/oauth/v2/authorize"
        async with session.post(address, data=form, allow_redirects=False) as answer:
            assert answer.status == 303
            assert parse_qs(urlsplit(answer.headers["Location"]).query)["state"] == ["<b>&"]
        async with session.post(address, data=form, allow_redirects=False) as again:
            assert again.status == 400
            assert "answered already" in await again.text()


async def test_installing_again_keeps_ids_and_token(asking: Asking) -> None:
    first = await asking.exchanged(await asking.code())
    more = await asking.exchanged(await asking.code(scope="chat:write,users:read"))
    assert more["access_token"] == first["access_token"]
    assert more["scope"] == "chat:write,im:write,users:read", "scopes come in addition"


async def test_uninstalled_and_installed_again(asking: Asking) -> None:
    first = await asking.exchanged(await asking.code())
    web = asking.the_scene.web(first["access_token"])
    secrets = {"client_id": asking.app.client_id, "client_secret": asking.app.client_secret}
    for wrong, error in (
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"client_secret": "guess"}, "bad_client_secret"),
        (
            {
                "client_id": asking.the_scene.app.client_id,
                "client_secret": asking.the_scene.app.client_secret,
            },
            "client_id_token_mismatch",
        ),
    ):
        with pytest.raises(SlackApiError, match=error):
            await web.apps_uninstall(**{**secrets, **wrong})
    assert (await web.apps_uninstall(**secrets))["ok"] is True
    with pytest.raises(SlackApiError, match="account_inactive"):
        await web.auth_test()
    back = await asking.the_scene.control.reinstall(asking.app.app_id)
    assert back.bot_user_id == asking.app.bot_user_id
    assert back.bot_token != first["access_token"]
    assert (await asking.the_scene.web(back.bot_token).auth_test())["ok"] is True
    with pytest.raises(SlackApiError, match="account_inactive"):
        await web.auth_test()


async def test_a_revoked_token_takes_the_bot_out_of_its_channels(quiet: Scene) -> None:
    assert (await quiet.client.auth_revoke(test=True))["revoked"] is False
    assert (await quiet.client.auth_revoke())["revoked"] is True
    assert await quiet.error("auth.test") == "account_inactive"
    back = await quiet.control.reinstall(quiet.app.app_id)
    web = quiet.web(back.bot_token)
    members = await web.conversations_members(channel=quiet.channel)
    assert members["members"] == [quiet.amara.id, quiet.bela.id]
    assert (await web.users_info(user=back.bot_user_id))["user"]["deleted"] is False


async def test_the_app_level_token_is_the_apps_and_not_the_workspaces() -> None:
    the_manifest = manifest(events=(), socket_mode=True)
    async with scene(the_manifest) as the_scene:
        registered = await the_scene.control.register(the_manifest)
        await the_scene.control.uninstall()
        for app in (registered, the_scene.app):
            opened = await the_scene.web("").apps_connections_open(app_token=app.app_token)
            assert opened["ok"] is True


async def test_tokens_that_rotate() -> None:
    hands = Hands()
    the_manifest = manifest(events=(), redirect_urls=[BACK], rotates=True)
    async with scene(the_manifest, wall=lambda: hands.wall) as the_scene:
        asking = Asking(the_scene, the_scene.app, hands)
        given = await asking.exchanged(await asking.code())
        assert given["expires_in"] == 43_200
        hands.wall += 43_200
        with pytest.raises(SlackApiError, match="token_expired"):
            await the_scene.web(given["access_token"]).auth_test()
        rotate = {"grant_type": "refresh_token", "refresh_token": given["refresh_token"]}
        fresh = await asking.exchanged("", **rotate)
        assert fresh["access_token"] != given["access_token"]
        assert (await the_scene.web(fresh["access_token"]).auth_test())["ok"] is True
        assert (await asking.exchanged("", **rotate))["error"] == "invalid_refresh_token"


class BoltShop:
    """A Bolt app that people install by themselves, at its address."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.handler: AsyncSlackRequestHandler | None = None

    async def __call__(self, request: Request) -> Response:
        assert self.handler is not None
        return await self.handler.handle(request)

    def open(self, sandbox: Sandbox, app: Installation, redirect_uri: str) -> None:
        """Make the app, with its stores of states and installations."""
        bolt = AsyncApp(
            signing_secret=app.signing_secret,
            client=AsyncWebClient(base_url=sandbox.api_url),
            oauth_settings=AsyncOAuthSettings(
                client_id=app.client_id,
                client_secret=app.client_secret,
                scopes=SCOPES,
                redirect_uri=redirect_uri,
                authorization_url=f"{sandbox.url}/oauth/v2/authorize",
                installation_store=FileInstallationStore(base_dir=str(self._folder / "kept")),
                state_store=FileOAuthStateStore(
                    expiration_seconds=600, base_dir=str(self._folder / "states")
                ),
            ),
            process_before_response=True,
        )
        bolt.enable_token_revocation_listeners()

        @bolt.event("message")
        async def heard(event: Json, say: Any) -> None:
            await say(f"You said: {event['text']}")

        self.handler = AsyncSlackRequestHandler(bolt)


async def test_bolt_installs_itself(tmp_path: Path) -> None:
    sandbox, shop = Sandbox(redelivery_delays=()), BoltShop(tmp_path)

    async def endpoint(request: Request) -> Response:
        return await shop(request)

    async with (
        serving(endpoint) as events_url,
        sandbox.serve(),
        Control(sandbox.url, sandbox.control_token) as control,
        aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as browser,
    ):
        back = events_url.replace("events", "oauth_redirect")
        app = await control.register(
            manifest(
                events=["message.im", "app_uninstalled", "tokens_revoked"], redirect_urls=[back]
            ),
            events_url,
        )
        amara = await control.add_person("Amara Osei")
        shop.open(sandbox, app, back)
        refused = await walk(browser, amara.refuses, events_url)
        assert "access_denied" in refused
        done = await walk(browser, amara.allows, events_url)
        assert "Thank you!" in done
        await amara.say(None, "Hello")
        answer = await amara.waits_for(lambda message: message.app_id)
        assert answer.text == "You said: Hello"
        assert list((tmp_path / "kept").rglob("bot-latest"))
        await control.settled()
        await control.uninstall()
        await control.settled()
        assert not list((tmp_path / "kept").rglob("bot-latest")), "Bolt has forgotten the token"


async def walk(browser: aiohttp.ClientSession, answers: Any, events_url: str) -> str:
    """From the app's page over the sandbox's back to the app; the page at the end."""
    async with browser.get(events_url.replace("events", "install")) as page:
        cookie = page.headers["Set-Cookie"].split(";")[0]
        link = re.search(r'href="([^"]+authorize[^"]+)"', await page.text())
    assert link is not None
    address = await answers(link[1].replace("&amp;", "&"))
    async with browser.get(address, headers={"Cookie": cookie}) as page:
        return await page.text()
