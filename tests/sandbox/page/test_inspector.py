"""What the inspector tells of calls, events and interactions: lines, entries and the stream."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from markupsafe import Markup

from tests.sandbox.scene import (
    ANSWER,
    Scene,
    connected,
    http_scene,
    manifest,
    modal,
    scene,
)


@pytest.fixture
async def web(quiet: Scene) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(quiet.sandbox.url) as session:
        yield session


async def _got(web: aiohttp.ClientSession, address: str, status: int = 200) -> str:
    async with web.get(address) as answer:
        assert answer.status == status
        return await answer.text()


def _lines(html: str) -> list[tuple[str, str, str]]:
    """Id, kind and words of each line."""
    found = re.findall(r'id="([a-z]+-\d+)" data-kind="([a-z]+)" data-words="([^"]*)"', html)
    return [(id_, kind, Markup(words).unescape()) for id_, kind, words in found]


def _text(html: str) -> str:
    return Markup(re.sub(r"<[^>]*>", "", html)).unescape()


async def test_a_call_is_a_line_that_opens_to_arguments_and_answer(
    quiet: Scene, web: aiohttp.ClientSession
) -> None:
    await quiet.client.chat_postMessage(
        channel=quiet.channel, text="Fish & <b>chips</b>", blocks=ANSWER
    )
    await quiet.error("chat.postMessage", channel="C404", text="Hi")
    await quiet.client.api_call("users.info", params={"user": quiet.amara.id, "colour": "red"})
    lines = _lines(await _got(web, "/inspector/lines"))
    assert [line[:2] for line in lines] == [
        ("call-1", "call"),
        ("call-2", "call"),
        ("call-3", "call"),
    ]
    assert lines[0][2].startswith("chat.postmessage #leadership · fish & <b>chips</b> ok")
    assert "channel_not_found" in lines[1][2]
    assert "amara osei" in lines[2][2]
    entry = await _got(web, "/inspector/entries/call-1")
    assert "<b>chips" not in entry
    assert '"action_id": "answer"' in _text(entry)
    assert '"ok": true' in _text(entry)
    assert "HTTP 200" in entry
    assert 'Authorization: Bearer $SLACK_BOT_TOKEN"' in _text(entry)
    assert "unknown: colour" in _text(await _got(web, "/inspector/lines"))


async def test_faults_and_refusals_on_request_are_problems(
    quiet: Scene, web: aiohttp.ClientSession
) -> None:
    await quiet.client.auth_test()
    await quiet.control.refuse("users.info", "user_not_visible")
    await quiet.error("users.info", user=quiet.amara.id)
    await quiet.control.set_faults(1.0, ["error_500_after"], times=1)
    with pytest.raises(Exception, match="internal_error"):
        await quiet.client.auth_test()
    await quiet.control.set_faults(1.0, ["drop_after"], times=1)
    with pytest.raises(aiohttp.ClientError):
        await quiet.client.auth_test()
    html = await _got(web, "/inspector/lines")
    assert re.findall(r'id="(call-\d)"[^>]* data-problem', html) == ["call-2", "call-3", "call-4"]
    words = " ".join(line[2] for line in _lines(html))
    for expected in ("refused on request", "fault: error_500_after", "cut off fault: drop_after"):
        assert expected in words
    assert "the connection was cut" in await _got(web, "/inspector/entries/call-4")
    assert "HTTP 500" in await _got(web, "/inspector/entries/call-3")


async def test_there_are_no_secrets_on_it(quiet: Scene, web: aiohttp.ClientSession) -> None:
    app = quiet.app
    await quiet.client.chat_postMessage(channel=quiet.channel, text=f"My token: {app.bot_token}")
    for secret in (app.signing_secret, app.client_secret):
        await quiet.client.chat_postMessage(channel=quiet.channel, text=secret)
    await quiet.client.api_call(
        "chat.postMessage",
        params={
            "channel": quiet.channel,
            "text": "-",
            "metadata": json.dumps({"event_type": "x", "event_payload": {"access_token": "hush"}}),
        },
    )
    everything = await _got(web, "/inspector")
    for number in range(1, 5):
        everything += await _got(web, f"/inspector/entries/call-{number}")
    assert "hush" not in everything
    for secret in (
        app.bot_token,
        app.app_token,
        app.signing_secret,
        app.client_secret,
        quiet.sandbox.control_token,
        quiet.sandbox.page.token,
    ):
        assert secret not in everything


async def test_what_is_not_there_is_said_plainly(quiet: Scene, web: aiohttp.ClientSession) -> None:
    for wrong in ("call-1", "sent-9", "call-x", "nothing", "call--1", "call-²"):
        assert "no longer kept" in await _got(web, f"/inspector/entries/{wrong}", 404)
    await _got(web, "/inspector/lines?call=x", 400)
    await _got(web, "/inspector/nothing", 404)


async def test_earlier_lines_come_before_those_that_are_there(
    quiet: Scene, web: aiohttp.ClientSession
) -> None:
    for _ in range(305):
        await quiet.client.auth_test()
    first = _lines(await _got(web, "/inspector"))
    assert (first[0][0], first[-1][0], len(first)) == ("call-6", "call-305", 300)
    earlier = _lines(await _got(web, "/inspector/lines?call=6"))
    assert [line[0] for line in earlier] == [f"call-{number}" for number in range(1, 6)]


async def test_half_a_character_does_not_stop_it(quiet: Scene, web: aiohttp.ClientSession) -> None:
    headers = {
        "Authorization": f"Bearer {quiet.app.bot_token}",
        "Content-Type": "application/json",
    }
    body = '{"user": "\\ud83c", "\\ud83c": 1}'
    await web.post("/api/users.info", data=body, headers=headers)
    assert "users.info" in await _got(web, "/inspector")
    assert '"user": "\ufffd"' in _text(await _got(web, "/inspector/entries/call-1"))


async def test_over_http_an_event_tells_how_it_was_sent_and_how_to_send_it_again() -> None:
    async with (
        http_scene() as (the_scene, _, behind),
        aiohttp.ClientSession(the_scene.sandbox.url) as web,
    ):
        behind.handler = None
        await the_scene.amara.say(the_scene.channel, f"<@{the_scene.app.bot_user_id}> hello")
        await the_scene.control.settled()
        lines = _lines(await _got(web, "/inspector/lines"))
        mention = next(line for line in lines if "app_mention" in line[2])
        assert "amara osei · #leadership" in mention[2]
        entry = _text(await _got(web, f"/inspector/entries/{mention[0]}"))
        assert "first delivery" in entry
        assert "acknowledged, 200" in entry
        assert 'openssl dgst -sha256 -hmac "$SLACK_SIGNING_SECRET"' in entry


async def test_an_app_that_does_not_answer_is_a_problem_with_all_its_attempts() -> None:
    async with scene(manifest(url="http://127.0.0.1:9/closed")) as the_scene:
        await the_scene.control.settled()
        await the_scene.amara.say(the_scene.channel, "Anybody?")
        await the_scene.control.settled()
        async with aiohttp.ClientSession(the_scene.sandbox.url) as web:
            lines = _lines(await _got(web, "/inspector/lines"))
            assert "4 attempts" in lines[-1][2]
            entry = _text(await _got(web, f"/inspector/entries/{lines[-1][0]}"))
            assert "retry 3, after connection failed" in entry


async def test_on_a_socket_events_can_be_had_again_and_interactions_cannot() -> None:
    async with scene(manifest(socket_mode=True)) as the_scene:
        bolt = the_scene.bolt()

        @bolt.shortcut("begin")
        async def begun(ack: Any, client: Any, body: dict[str, Any]) -> None:
            await client.views_open(trigger_id=body["trigger_id"], view=modal())
            await ack()

        @bolt.view("form")
        async def sent(ack: Any) -> None:
            await ack(response_action="errors", errors={"learned": "Say more"})

        @bolt.event("message")
        async def said() -> None:
            pass

        async with connected(the_scene, bolt), aiohttp.ClientSession(the_scene.sandbox.url) as web:
            await the_scene.amara.say(the_scene.channel, "Hello")
            outcome = await the_scene.amara.shortcut("begin")
            assert outcome.view is not None
            await the_scene.amara.submit(outcome.view, {"What did you learn?": "Little"})
            await the_scene.control.settled()
            by_name = {
                line[2].split()[0]: line[0] for line in _lines(await _got(web, "/inspector/lines"))
            }
            event = _text(await _got(web, f"/inspector/entries/{by_name['message']}"))
            assert "$SANDBOX_CONTROL_TOKEN" in event
            assert "Socket Mode" in event
            form = _text(await _got(web, f"/inspector/entries/{by_name['view_submission']}"))
            assert '"learned": "Say more"' in form
            assert "Only events can be sent again" in form


async def _next(stream: aiohttp.StreamReader) -> tuple[str, str, Any]:
    """The next event's name, id and data."""
    told: dict[str, str] = {}
    async with asyncio.timeout(5):
        while (line := (await stream.readline()).decode().rstrip("\r\n")) or "data" not in told:
            name, _, value = line.partition(": ")
            told[name] = value
    return told["event"], told.get("id", ""), json.loads(told["data"])


async def test_the_stream_tells_of_new_lines_and_of_what_became_of_them(
    quiet: Scene, web: aiohttp.ClientSession
) -> None:
    page = await _got(web, "/inspector")
    since = re.findall(r'data-since="([^"]+)"', page)[0]
    await quiet.client.auth_test()
    async with web.get(f"/inspector/live?since={since}") as answer:
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        name, first, data = await _next(answer.content)
        assert name == "lines"
        assert [line[0] for line in _lines(data["html"])] == ["call-1"]
        await quiet.client.auth_test()
        _, _, data = await _next(answer.content)
        assert [line[0] for line in _lines(data["html"])] == ["call-2"]
    # A browser that lost the stream takes it up where it was.
    headers = {"Last-Event-ID": first}
    async with web.get(f"/inspector/live?since={since}", headers=headers) as answer:
        _, _, data = await _next(answer.content)
        assert [line[0] for line in _lines(data["html"])] == ["call-2"]


@pytest.mark.parametrize("since", ["", "another.1.1", "x", "x.²."])
async def test_a_browser_from_an_earlier_run_is_told_to_begin_anew(
    web: aiohttp.ClientSession, since: str
) -> None:
    async with web.get("/inspector/live", params={"since": since}) as answer:
        name, _, _ = await _next(answer.content)
        assert name == "anew"


async def test_the_stream_ends_with_the_sandbox() -> None:
    async with aiohttp.ClientSession() as web:
        async with scene(manifest(events=())) as the_scene:
            page = await _got(web, f"{the_scene.sandbox.url}/inspector")
            since = re.findall(r'data-since="([^"]+)"', page)[0]
            answer = await web.get(f"{the_scene.sandbox.url}/inspector/live?since={since}")
        async with asyncio.timeout(1):
            assert b"event: lines" not in await answer.read()
