"""Socket Mode, with slack_sdk's client and Bolt."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from sandbox import SocketTimes
from tests.sandbox.scene import ANSWER, Hands, Scene, connected, manifest, modal, scene

Json = dict[str, Any]


@pytest.fixture
async def on_sockets() -> AsyncIterator[Scene]:
    async with scene(manifest(socket_mode=True, events=["message.im", "app_mention"])) as it:
        await it.control.settled()
        yield it


class Wire:
    """A bare socket, to see what goes over it."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.hello: Json = {}
        self.taken: list[Json] = []

    async def listen(self, *, silent: bool = False) -> None:
        async for message in self.socket:
            envelope = message.json()
            self.taken.append(envelope)
            if not silent and "envelope_id" in envelope:
                await self.socket.send_json({"envelope_id": envelope["envelope_id"]})


@contextlib.asynccontextmanager
async def wires(the_scene: Scene, count: int, *, silent: bool = False) -> AsyncIterator[list[Wire]]:
    """That many sockets of the app."""
    web = the_scene.web(the_scene.app.app_token)
    opened: list[Wire] = []
    tasks: list[asyncio.Task[None]] = []
    async with aiohttp.ClientSession() as session:
        for _ in range(count):
            address = (await web.api_call("apps.connections.open"))["url"]
            wire = Wire(await session.ws_connect(address))
            wire.hello = await wire.socket.receive_json()
            opened.append(wire)
        tasks = [asyncio.create_task(wire.listen(silent=silent)) for wire in opened]
        yield opened
        for wire in opened:
            await wire.socket.close()
        await asyncio.gather(*tasks)


async def test_hello_counts_connections(on_sockets: Scene) -> None:
    async with wires(on_sockets, 3) as opened:
        assert [wire.hello["type"] for wire in opened] == ["hello"] * 3
        assert [wire.hello["num_connections"] for wire in opened] == [1, 2, 3]
        assert opened[0].hello["connection_info"] == {"app_id": on_sockets.app.app_id}


async def test_each_envelope_goes_to_one_connection(on_sockets: Scene) -> None:
    async with wires(on_sockets, 3) as opened:
        for n in range(9):
            await on_sockets.amara.say(None, f"message {n}")
        await on_sockets.control.settled()
        taken = [envelope for wire in opened for envelope in wire.taken]
        assert Counter(e["payload"]["event"]["text"] for e in taken) == Counter(
            f"message {n}" for n in range(9)
        )
        assert [len(wire.taken) for wire in opened] == [3, 3, 3]
        assert taken[0]["type"] == "events_api"
        assert taken[0]["accepts_response_payload"] is False
        assert taken[0]["retry_attempt"] == 0


async def test_ten_connections_are_the_most(on_sockets: Scene) -> None:
    async with wires(on_sockets, 10):
        web = on_sockets.web(on_sockets.app.app_token)
        address = (await web.api_call("apps.connections.open"))["url"]
        async with aiohttp.ClientSession() as session, session.ws_connect(address) as one_more:
            goodbye = await one_more.receive_json()
            assert goodbye["type"] == "disconnect"
            assert goodbye["reason"] == "too_many_websockets"


async def test_a_ticket_is_good_for_one_connection(on_sockets: Scene) -> None:
    web = on_sockets.web(on_sockets.app.app_token)
    address = (await web.api_call("apps.connections.open"))["url"]
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(address):
            pass
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(address)


async def test_a_ticket_lasts_half_a_minute() -> None:
    hands = Hands()
    app = manifest(socket_mode=True, events=())
    async with scene(app, wall=lambda: hands.wall) as the_scene, aiohttp.ClientSession() as session:
        web = the_scene.web(the_scene.app.app_token)
        in_time = (await web.api_call("apps.connections.open"))["url"]
        hands.wall += 29
        async with session.ws_connect(in_time):
            pass
        late = (await web.api_call("apps.connections.open"))["url"]
        hands.wall += 30
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(late)


async def told(address: str, count: int) -> list[Json]:
    """What a socket says until it has said so much, or has hung up."""
    async with aiohttp.ClientSession() as session, session.ws_connect(address) as wire:
        said = []
        async for message in wire:
            said.append(message.json())
            if len(said) == count:
                break
        return said


async def test_an_old_connection_is_refreshed_and_closed() -> None:
    times = SocketTimes(life=0.06, warned=0.03, grace=0.02)
    app = manifest(socket_mode=True, events=())
    async with scene(app, socket_times=times) as the_scene:
        web = the_scene.web(the_scene.app.app_token)
        address = (await web.api_call("apps.connections.open"))["url"]
        # It asks for one message more than come: the sandbox hangs up before.
        said = await told(address, 4)
        assert [one.get("reason", one["type"]) for one in said] == [
            "hello", "warning", "refresh_requested",
        ]  # fmt: skip
        assert said[1]["type"] == "disconnect"


async def test_reconnects_can_be_debugged() -> None:
    times = SocketTimes(debug_life=360, warned=359.98)
    app = manifest(socket_mode=True, events=())
    async with scene(app, socket_times=times) as the_scene:
        web = the_scene.web(the_scene.app.app_token)
        address = (await web.api_call("apps.connections.open"))["url"]
        hello, warning = await told(f"{address}&debug_reconnects=true", 2)
        assert hello["debug_info"]["approximate_connection_time"] == 360
        assert warning["reason"] == "warning"


async def test_slacks_client_lives_through_refreshes() -> None:
    times = SocketTimes(life=0.2, warned=0.1)
    app = manifest(socket_mode=True, events=["message.im"])
    async with scene(app, socket_times=times) as the_scene:
        bolt = the_scene.bolt()

        @bolt.event("message")
        async def heard(event: Json, say: Any) -> None:
            await say(f"You said: {event['text']}")

        async with connected(the_scene, bolt):
            opened = 0
            async with asyncio.timeout(10):
                async for entry in the_scene.control.watch(after=0):
                    opened += entry["kind"] == "app_connected"
                    if opened == 3:
                        break
            await the_scene.amara.say(None, "Still there?")
            answer = await the_scene.amara.waits_for(lambda m: m.app_id)
            assert answer.text == "You said: Still there?"


async def test_an_app_without_socket_mode_gets_no_socket(quiet: Scene) -> None:
    with pytest.raises(SlackApiError, match="forbidden_team"):
        await quiet.web(quiet.app.app_token).api_call("apps.connections.open")


async def test_what_is_not_acknowledged_comes_again() -> None:
    the_manifest = manifest(socket_mode=True, events=["message.im"])
    async with (
        scene(the_manifest, ack_seconds=0.05) as hasty,
        wires(hasty, 1, silent=True) as (wire,),
    ):
        await hasty.amara.say(None, "Hello?")
        await hasty.control.settled()
        assert [e["retry_attempt"] for e in wire.taken] == [0, 1, 2, 3]
        assert [e["retry_reason"] for e in wire.taken] == ["", "timeout", "timeout", "timeout"]
        assert len({e["payload"]["event_id"] for e in wire.taken}) == 1
        (sent,) = await hasty.control.events()
        assert (sent["acked"], len(sent["attempts"])) == (False, 4)
        outcome = await hasty.amara.shortcut("begin")
        assert not outcome.accepted
        assert outcome.problem == "We had some trouble connecting. Try again?"
        assert len(wire.taken) == 5, "interactions are not sent again"


async def test_without_a_connection_events_wait_for_their_retries(on_sockets: Scene) -> None:
    await on_sockets.amara.say(None, "Anybody?")
    await on_sockets.control.settled()
    (sent,) = await on_sockets.control.events()
    assert [a["problem"] for a in sent["attempts"]] == ["no_connection"] * 4


async def test_bolt_lives_on_it(on_sockets: Scene) -> None:
    bolt = on_sockets.bolt()

    @bolt.event("message")
    async def heard(event: Json, say: Any) -> None:
        await say(f"You said: {event['text']}")

    @bolt.action("answer")
    async def answer(ack: Any, body: Json, client: Any) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=modal())
        await ack()

    @bolt.view("form")
    async def form(ack: Any) -> None:
        await ack(response_action="errors", errors={"learned": "Say more."})

    async with connected(on_sockets, bolt):
        assert await on_sockets.control.connected() == 1
        await on_sockets.amara.say(None, "Hello")
        heard_back = await on_sockets.amara.waits_for(lambda m: "You said" in m.text)
        assert heard_back.text == "You said: Hello"
        await on_sockets.client.chat_postMessage(
            channel=on_sockets.amara.id, text="x", blocks=ANSWER
        )
        opened = await on_sockets.amara.press((await on_sockets.amara.dms())[-1], "Answer")
        assert opened.view is not None
        kept = await on_sockets.amara.submit(opened.view, {"What did you learn?": "Little"})
        assert kept.errors == {"learned": "Say more."}


async def test_a_refreshed_client_comes_back(on_sockets: Scene) -> None:
    bolt = on_sockets.bolt()

    @bolt.event("message")
    async def heard() -> None: ...

    async with connected(on_sockets, bolt) as handler:
        await on_sockets.control.connected()
        assert await on_sockets.control.disconnect() == 1
        assert await on_sockets.control.connected() == 1
        await on_sockets.amara.say(None, "Still there?")
        await on_sockets.control.settled()
        (sent,) = await on_sockets.control.events()
        assert sent["acked"] is True
        assert handler.client is not None


async def test_a_socket_that_dies_with_an_envelope_on_it(on_sockets: Scene) -> None:
    await on_sockets.control.set_faults(1.0, kinds=["drop_after"], methods=["socket_mode"], times=1)
    async with wires(on_sockets, 2):
        await on_sockets.amara.say(None, "Hello")
        await on_sockets.control.settled()
        (sent,) = await on_sockets.control.events()
        assert [a["problem"] for a in sent["attempts"]] == ["connection_closed", ""]


async def test_a_disabled_link_is_closed(on_sockets: Scene) -> None:
    async with wires(on_sockets, 1) as (wire,):
        assert await on_sockets.control.disconnect("link_disabled") == 1
        await on_sockets.amara.say(None, "Hello")
        await on_sockets.control.settled()
        (sent,) = await on_sockets.control.events()
        assert sent["acked"] is False
    assert wire.socket.closed
