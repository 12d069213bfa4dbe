"""The control client and the feed."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from sandbox import Control, NotPossible, Sandbox
from sandbox.clock import WorkspaceClock
from tests.sandbox.scene import Scene, manifest


async def test_the_feed_tells_in_order(quiet: Scene) -> None:
    before = await quiet.control.seq()

    async def watch() -> list[tuple[int, str]]:
        told = []
        async for entry in quiet.control.watch(after=before):
            told.append((entry["seq"] - before, entry["kind"]))
            if entry["kind"] == "left":
                break
        return told

    watching = asyncio.create_task(watch())
    await quiet.client.chat_postMessage(channel=quiet.channel, text="x")
    await quiet.client.chat_postEphemeral(channel=quiet.channel, user=quiet.amara.id, text="y")
    await quiet.bela.leaves(quiet.channel)
    assert await watching == [(1, "message_posted"), (2, "ephemeral"), (3, "left")]


async def test_waiting_for_a_message(quiet: Scene) -> None:
    waiting = asyncio.create_task(quiet.amara.waits_for(lambda m: m.text == "Now"))
    await quiet.client.chat_postMessage(channel=quiet.amara.id, text="Before")
    await quiet.client.chat_postMessage(channel=quiet.amara.id, text="Now")
    assert (await waiting).text == "Now"
    with pytest.raises(TimeoutError):
        await quiet.amara.waits_for(lambda m: m.text == "Never", seconds=0.05)


async def test_wrong_requests_say_what_is_wrong(quiet: Scene) -> None:
    with pytest.raises(LookupError, match="no channel nowhere"):
        await quiet.amara.sees("nowhere")
    with pytest.raises(LookupError, match="no person U404"):
        await quiet.control.views("U404")
    with pytest.raises(LookupError, match="no event"):
        await quiet.control.redeliver("Ev404")
    with pytest.raises(NotPossible, match="exists"):
        await quiet.control.add_channel("leadership")
    with pytest.raises(ValueError, match="unexpected keyword"):
        await quiet.control.add_person("Cy", shoe_size=43)
    with pytest.raises(RuntimeError, match="no such verb"):
        await quiet.control.call("dance")
    with pytest.raises(RuntimeError, match="context manager"):
        await Control(quiet.sandbox.url, "x").calls()


def test_the_clock_moves_and_stands() -> None:
    wall = [1_000.0]
    clock = WorkspaceClock(lambda: wall[0])
    monday = datetime(2027, 1, 4, 9, tzinfo=UTC)
    clock.set(monday)
    wall[0] += 60
    assert clock.now() == monday + timedelta(minutes=1)
    clock.advance(timedelta(days=7))
    assert clock.now() == monday + timedelta(days=7, minutes=1)
    clock.set(monday, frozen=True)
    wall[0] += 60
    assert clock.now() == monday
    clock.advance(timedelta(hours=1))
    assert clock.now() == monday + timedelta(hours=1)
    with pytest.raises(ValueError, match="time zone"):
        clock.set(monday.replace(tzinfo=None))


async def test_what_an_app_offers(quiet: Scene) -> None:
    (offer,) = await quiet.control.offers()
    assert offer["commands"] == [{"command": "/coach", "usage": "[words]", "description": "Ask"}]
    assert [one["name"] for one in offer["shortcuts"]] == ["Capture", "Begin"]
    assert "chat:write" in offer["scopes"]
    the_app = quiet.sandbox.core.workspace.the_app()
    assert the_app.usage == {"/coach": "[words] Ask"}


async def test_two_apps_keep_apart(quiet: Scene) -> None:
    other = await quiet.control.install(manifest(events=()))
    second = quiet.web(other.bot_token)
    await quiet.client.chat_postMessage(channel=quiet.amara.id, text="one")
    posted = await second.chat_postMessage(channel=quiet.amara.id, text="two")
    assert [m.text for m in await quiet.amara.dms()] == ["one"]
    error = await quiet.error("chat.update", channel=posted["channel"], ts=posted["ts"], text="x")
    assert error == "channel_not_found"


async def test_two_sandboxes_side_by_side() -> None:
    first, second = Sandbox("T1"), Sandbox("T2")
    async with first.serve(), second.serve():
        assert first.url != second.url
        async with Control(first.url, second.control_token) as confused:
            with pytest.raises(RuntimeError, match="wrong control token"):
                await confused.seq()
