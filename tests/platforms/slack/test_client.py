"""The client: where it calls, how long it waits, and what it says of itself."""

import logging
from collections.abc import AsyncIterator

import pytest
from slack_bolt.authorization import AuthorizeResult

from platforms.slack import SEND_TIMEOUT, create_app, create_client, create_session, identify
from platforms.slack.client import NotIdentified, is_loopback, sdk_logger
from platforms.slack.doctor import check_token
from platforms.slack.manifest import bot_scopes, manifest
from sandbox import Control, Sandbox
from tests.platforms.slack.stage import Responder, Stage, stage


@pytest.fixture
async def scene() -> AsyncIterator[Stage]:
    async with stage("socket") as scene:
        yield scene


def test_slack_itself_is_called_unless_told_otherwise() -> None:
    assert create_client("xoxb-any").base_url == "https://slack.com/api/"
    assert create_client("xoxb-any", "http://127.0.0.1:9/api").base_url.endswith("/api/")


async def test_the_session_has_the_time_out_and_the_client_no_retries() -> None:
    async with create_session() as session:
        assert session.timeout.total == SEND_TIMEOUT.total_seconds()
        assert create_client("xoxb-any", session=session).retry_handlers == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://127.0.0.1:8080/api/", True),
        ("http://localhost/api/", True),
        ("http://[::1]:80/", True),
        ("https://slack.com/api/", False),
        ("https://127.example/", False),
        ("", False),
    ],
)
def test_this_machine_is_reached_without_a_proxy(
    url: str, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_loopback(url) is expected
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    proxy = create_client("xoxb-any", url or "https://slack.com/api/").proxy
    assert proxy == (None if expected else "http://proxy.example:3128")


async def test_a_token_says_whose_it_is(scene: Stage) -> None:
    identity = scene.identity
    assert identity.workspace.id == "slack:T0SANDBOX"
    assert identity.bot_user_id == scene.installed.bot_user_id
    assert identity.bot_id == scene.installed.bot_id
    assert identity.scopes == frozenset(bot_scopes())


async def test_a_wrong_token_is_nobodys(scene: Stage) -> None:
    client = create_client("xoxb-wrong", scene.sandbox.api_url, scene.session)
    with pytest.raises(NotIdentified, match="invalid_auth"):
        await identify(client)


async def test_the_app_is_of_one_workspace_whatever_the_environment_says(
    scene: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "secret")
    app = create_app(scene.client, "", Responder().respond, scene.identity)
    authorize = app._async_authorize
    assert authorize is not None
    for team, expected in (("T0SANDBOX", scene.client.token), ("T0OTHER", None), (None, None)):
        result: AuthorizeResult | None = await authorize.func(team_id=team)  # type: ignore[attr-defined]
        assert (result and result.bot_token) == expected
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_a_healthy_app_has_nothing_to_mend(scene: Stage) -> None:
    findings = await check_token(scene.client, scene.installed.app_token)
    assert [finding.ok for finding in findings] == [True, True, True]
    assert not any(finding.mend for finding in findings)


async def test_each_trouble_comes_with_its_mend(scene: Stage) -> None:
    wrong = create_client("xoxb-wrong", scene.sandbox.api_url, scene.session)
    bot, socket = await check_token(wrong, "xapp-wrong")
    assert (bot.ok, socket.ok) == (False, False)
    assert "SLACK_BOT_TOKEN" in bot.mend
    assert "SLACK_APP_TOKEN" in socket.mend
    away = create_client("xoxb-any", "http://127.0.0.1:1/", scene.session)
    (finding,) = await check_token(away)
    assert "network" in finding.mend


async def test_missing_scopes_are_named() -> None:
    box = Sandbox()
    poor = manifest()
    poor["oauth_config"]["scopes"]["bot"] = ["chat:write"]
    async with (
        box.serve(),
        Control(box.url, token=box.control_token) as control,
        create_session() as session,
    ):
        installed = await control.install(poor)
        client = create_client(installed.bot_token, box.api_url, session)
        _, scopes = await check_token(client)
    assert not scopes.ok
    assert "im:write" in scopes.what
    assert "chat:write" not in scopes.what
    assert "reinstall" in scopes.mend


def test_no_ticket_of_a_socket_reaches_the_log(caplog: pytest.LogCaptureFixture) -> None:
    logger = sdk_logger()
    try:
        raise ConnectionError("403, url='wss://slack.example/link/?ticket=secret&app_id=1'")
    except ConnectionError as error:
        logger.exception("Failed to connect (error: %s); Retrying...", error)
    assert "ticket=…&app_id=1" in caplog.text
    assert "secret" not in caplog.text
