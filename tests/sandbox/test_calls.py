"""What holds for every call: token, scopes, arguments, the log, who may connect at all."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from sandbox import Control
from sandbox.methods import METHODS
from tests.sandbox.scene import Scene, manifest, scene


async def test_auth_test_says_who_the_bot_is(quiet: Scene) -> None:
    answer = await quiet.client.auth_test()
    assert answer["user_id"] == quiet.app.bot_user_id
    assert answer["bot_id"] == quiet.app.bot_id
    assert answer["team_id"] == "T0SANDBOX"
    assert "chat:write" in answer.headers["x-oauth-scopes"]


async def test_tokens_are_unmistakably_local(quiet: Scene) -> None:
    assert quiet.app.bot_token.startswith("xoxb-sandbox-")
    assert quiet.app.app_token.startswith("xapp-sandbox-")


@pytest.mark.parametrize("name", sorted(m.name for m in METHODS.values() if m.token != "client"))
async def test_an_unknown_token_is_refused(quiet: Scene, name: str) -> None:
    with pytest.raises(SlackApiError, match="invalid_auth"):
        await quiet.web("xoxb-someone-else").api_call(name)


async def test_no_token_is_not_authed(quiet: Scene) -> None:
    address = quiet.sandbox.api_url + "auth.test"
    async with aiohttp.ClientSession() as session, session.post(address) as answer:
        assert (await answer.json())["error"] == "not_authed"


async def test_the_token_may_come_in_the_form(quiet: Scene) -> None:
    async with aiohttp.ClientSession() as session:
        form = {"token": quiet.app.bot_token}
        async with session.post(quiet.sandbox.api_url + "auth.test", data=form) as answer:
            assert (await answer.json())["ok"] is True


async def test_each_kind_of_token_has_its_methods(quiet: Scene) -> None:
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        await quiet.web(quiet.app.app_token).auth_test()
    assert await quiet.error("apps.connections.open") == "not_allowed_token_type"


async def test_an_app_level_token_comes_in_the_header_alone(quiet: Scene) -> None:
    address = quiet.sandbox.api_url + "apps.connections.open"
    async with aiohttp.ClientSession() as session:
        async with session.post(address, data={"token": quiet.app.app_token}) as answer:
            assert (await answer.json())["error"] == "not_authed"
        bearer = {"Authorization": f"Bearer {quiet.app.app_token}"}
        async with session.post(address, headers=bearer) as answer:
            assert (await answer.json())["error"] == "forbidden_team"  # it has no Socket Mode


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b'{"channel":', "invalid_json"),
        (b"\xff", "invalid_json"),
        (b'["channel"]', "json_not_object"),
        (b"null", "json_not_object"),
        (b"", "channel_not_found"),
    ],
)
async def test_a_body_that_cannot_be_read(quiet: Scene, body: bytes, error: str) -> None:
    headers = {
        "Authorization": f"Bearer {quiet.app.bot_token}",
        "Content-Type": "application/json; charset=utf-8",
    }
    address = quiet.sandbox.api_url + "chat.postMessage"
    async with (
        aiohttp.ClientSession() as session,
        session.post(address, data=body, headers=headers) as answer,
    ):
        assert await answer.json() == {"ok": False, "error": error}
    mistakes = await quiet.control.mistakes()
    assert mistakes == ([] if error == "channel_not_found" else [f"chat.postMessage: {error}"])


@pytest.mark.parametrize("name", sorted(m.name for m in METHODS.values() if m.scopes))
async def test_scopes_are_needed(name: str) -> None:
    async with scene(manifest(scopes=["commands"], events=())) as bare:
        answer = await bare.refused(name, **dict.fromkeys(METHODS[name].required, "x"))
        assert answer["error"] == "missing_scope"
        assert answer["provided"] == "commands"
        assert set(answer["needed"].split(",")) == set(METHODS[name].scopes)


async def test_each_kind_of_conversation_has_its_scope() -> None:
    scopes = ["channels:read", "channels:history"]
    async with scene(manifest(scopes=scopes, events=())) as public_only:
        private = await public_only.control.add_channel(
            "board", [public_only.amara], private=True, with_app=True
        )
        assert (await public_only.client.conversations_info(channel=public_only.channel))["ok"]
        for method in ("conversations.info", "conversations.history"):
            answer = await public_only.refused(method, channel=private)
            assert answer["error"] == "missing_scope"
            assert answer["needed"].startswith("groups:")


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("chat.postMessage", "channel_not_found"),
        ("chat.update", "message_not_found"),
        ("conversations.replies", "channel_not_found"),
        ("users.info", "user_not_found"),
        ("pins.add", "channel_not_found"),
    ],
)
async def test_a_missing_argument_has_its_documented_error(
    quiet: Scene, name: str, error: str
) -> None:
    assert await quiet.error(name) == error


async def test_a_missing_argument_without_one_is_invalid_arguments(quiet: Scene) -> None:
    answer = await quiet.refused("views.open")
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: view"]


async def test_unknown_methods_are_refused(quiet: Scene) -> None:
    assert await quiet.error("chat.scheduleMessage") == "unknown_method"


async def test_the_log_keeps_calls_without_their_token(quiet: Scene) -> None:
    await quiet.client.api_call(
        "chat.postMessage", params={"channel": quiet.channel, "text": "Hi", "colour": "red"}
    )
    await quiet.error("chat.postMessage", channel="C404", text="Hi")
    first, second = await quiet.control.calls("chat.postMessage")
    assert first["outcome"] == "ok"
    assert first["unknown_arguments"] == ["colour"]
    assert first["fault"] is None
    assert second["outcome"] == "channel_not_found"
    assert quiet.app.bot_token not in str(await quiet.control.calls())


async def test_an_uninstalled_app_is_shut_out(quiet: Scene) -> None:
    await quiet.control.uninstall()
    assert await quiet.error("auth.test") == "account_inactive"


async def test_only_loopback_names_are_answered(quiet: Scene) -> None:
    port = quiet.sandbox.url.rsplit(":", 1)[1]
    async with aiohttp.ClientSession() as session:
        for host, status in ((f"localhost:{port}", 200), ("evil.example", 403), ("", 403)):
            async with session.post(
                quiet.sandbox.api_url + "auth.test", headers={"Host": host}
            ) as answer:
                assert answer.status == status
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(
                quiet.sandbox.url + "/link/?ticket=x", headers={"Host": "evil.example"}
            )


async def test_the_control_api_needs_its_token(quiet: Scene) -> None:
    async with Control(quiet.sandbox.url, token="guess") as stranger:
        with pytest.raises(RuntimeError, match="wrong control token"):
            await stranger.calls()
        with pytest.raises(RuntimeError, match="wrong control token"):
            await stranger.seq()


async def test_the_server_listens_on_loopback(quiet: Scene) -> None:
    assert quiet.sandbox.url.startswith("http://127.0.0.1:")
