"""Commands that a shell runs as they stand, and that arrive."""

import asyncio
import os
import re
import shutil
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_bolt.async_app import AsyncApp

from sandbox.page import curl
from tests.sandbox.scene import Scene, connected, http_scene, manifest, scene

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, ("bash", "curl", "openssl"))), reason="needs bash, curl and openssl"
)


async def _run(command: str, **variables: str) -> str:
    shell = await asyncio.create_subprocess_exec(
        "bash",
        "-euc",
        command,
        env={"PATH": os.defpath, **variables},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await shell.communicate()
    return said.decode()


AWKWARD = {
    "text": 'It\'s "quoted", $HOME `id` $(id) \\ & = % + ; @/etc/passwd\n\n– two lines 🎈\n',
    "blocks": [{"type": "divider", "block_id": "line"}],
    "unfurl_links": False,
    "metadata": '{"event_type": "x", "event_payload": {"a": "it\'s"}}',
}


async def test_a_call_arrives_as_it_was(quiet: Scene) -> None:
    await quiet.client.api_call("chat.postMessage", json={"channel": quiet.channel, **AWKWARD})
    (call,) = await quiet.control.calls("chat.postMessage")
    command = curl.api_call(quiet.sandbox.url, "chat.postMessage", call["arguments"])
    said = await _run(command, SLACK_BOT_TOKEN=quiet.app.bot_token)
    assert '"ok":true' in said
    first, second = await quiet.control.messages(quiet.channel)
    for same in ("text", "blocks", "metadata", "user"):
        assert second.get(same) == first.get(same)
    assert quiet.app.bot_token not in command


async def test_each_method_gets_the_token_that_it_takes() -> None:
    async with scene(manifest(socket_mode=True)) as the_scene:
        command = curl.api_call(the_scene.sandbox.url, "apps.connections.open", {}, "app")
        assert '"ok":true' in await _run(command, SLACK_APP_TOKEN=the_scene.app.app_token)
        command = curl.api_call(
            the_scene.sandbox.url,
            "oauth.v2.access",
            {"code": "used", "client_id": "•••", "client_secret": "•••"},
            "client",
        )
        own = the_scene.app
        said = await _run(
            command, SLACK_CLIENT_ID=own.client_id, SLACK_CLIENT_SECRET=own.client_secret
        )
        assert "invalid_code" in said


async def test_what_no_shell_carries_is_sent_otherwise(quiet: Scene) -> None:
    command = curl.api_call(quiet.sandbox.url, "auth.test", {"a\0b": "x\0y", "": "z", "a=b": "="})
    assert '"ok":true' in await _run(command, SLACK_BOT_TOKEN=quiet.app.bot_token)
    (call,) = await quiet.control.calls("auth.test")
    assert call["arguments"] == {"a\0b": "x\0y", "": "z", "a=b": "="}


def _heard(bolt: AsyncApp) -> list[Mapping[str, Any]]:
    heard: list[Mapping[str, Any]] = []

    @bolt.event("app_mention")
    async def mentioned(body: dict[str, Any]) -> None:
        heard.append(body)

    @bolt.event("message")
    async def said() -> None:
        pass

    @bolt.command("/coach")
    async def asked(ack: Any, body: dict[str, Any]) -> None:
        heard.append(body)
        await ack()

    @bolt.shortcut("begin")
    async def begun(ack: Any, body: dict[str, Any]) -> None:
        heard.append(body)
        await ack()

    return heard


async def test_over_http_bolt_takes_it_for_slacks() -> None:
    async with http_scene() as (the_scene, bolt, _):
        heard = _heard(bolt)
        secret = the_scene.app.signing_secret
        await the_scene.amara.say(
            the_scene.channel, f"<@{the_scene.app.bot_user_id}> it's $(time) for “tea”"
        )
        await the_scene.amara.command("/coach", "what's up & why")
        await the_scene.amara.shortcut("begin")
        await the_scene.control.settled()
        kinds = ("app_mention", "/coach", "shortcut")
        sent = [e for e in await the_scene.control.events() if e["type"] in kinds]
        assert len(heard) == 3
        app = the_scene.sandbox.core.workspace.the_app()
        for entry in sent:
            command = curl.signed_post(str(app.events_url or ""), entry["kind"], entry["payload"])
            said = await _run(command, SLACK_SIGNING_SECRET=secret)
            assert "error" not in said
            assert secret not in command
        assert [_stripped(one) for one in heard[3:]] == [_stripped(one) for one in heard[:3]]
        wrong = await _run(command, SLACK_SIGNING_SECRET="guess")
        assert "invalid request" in wrong


def _stripped(body: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in body.items() if name != "authorizations"}


async def test_on_a_socket_the_sandbox_delivers_it_again() -> None:
    async with scene(manifest(socket_mode=True)) as the_scene:
        bolt = the_scene.bolt()
        heard = _heard(bolt)
        async with connected(the_scene, bolt):
            await the_scene.amara.say(the_scene.channel, f"<@{the_scene.app.bot_user_id}> hello")
            await the_scene.control.settled()
            (entry,) = [e for e in await the_scene.control.events() if e["type"] == "app_mention"]
            command = curl.redelivery(the_scene.sandbox.url, entry["id"])
            said = await _run(command, SANDBOX_CONTROL_TOKEN=the_scene.sandbox.control_token)
            assert '"acked":true' in said
        assert len(heard) == 2
        assert heard[0]["event_id"] == heard[1]["event_id"]


@given(
    st.dictionaries(st.text("ab='\"$`\\ \n@%&\0é", max_size=6), st.text(max_size=12), max_size=3)
)
@settings(max_examples=60)
def test_nothing_that_is_sent_ends_its_quotes(arguments: dict[str, str]) -> None:
    command = curl.api_call("http://127.0.0.1:1", "chat.postMessage", arguments)
    # What is left without quoted parts is curl, its options and line ends, and nothing to expand.
    bare = re.sub(r"'[^']*'", "", command.replace("'\"'\"'", ""))
    bare = bare.replace('"Authorization: Bearer $SLACK_BOT_TOKEN"', "")
    assert not set(bare) & set("$`\"'&;|<>(){}\0")
