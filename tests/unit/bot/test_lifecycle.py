import asyncio
import os
import signal
import socket

import aiohttp
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.errors import OperatorError
from bot.lifecycle import listen, served, stop_signals


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_sets_the_event_and_the_old_handlers_come_back(
    number: signal.Signals,
) -> None:
    before = signal.getsignal(number)
    with stop_signals() as stop:
        assert not stop.is_set()
        os.kill(os.getpid(), number)
        async with asyncio.timeout(5):
            await stop.wait()
    assert signal.getsignal(number) is before


def test_a_taken_port_is_told_in_one_line() -> None:
    with listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(
            OperatorError, match=rf"^can't listen on 127.0.0.1 port {port} \(.*3001$"
        ):
            listen("127.0.0.1", port)


def test_an_address_that_is_not_ours_is_told_too() -> None:
    with pytest.raises(OperatorError, match=r"can't listen on 192\.0\.2\.1"):
        listen("192.0.2.1", 3000)
    with pytest.raises(OperatorError, match=r"can't listen on no\.such"):
        listen("no.such.host.invalid", 3000)


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
def test_it_listens_on_ipv6_too() -> None:
    try:
        listening = listen("::1", 0)
    except OperatorError:
        pytest.skip("no IPv6 loopback here")
    listening.close()


async def test_at_the_end_a_request_in_flight_is_answered() -> None:
    arrived, go_on = asyncio.Event(), asyncio.Event()

    async def slow(_request: Request) -> PlainTextResponse:
        arrived.set()
        await go_on.wait()
        return PlainTextResponse("kept")

    listening = listen("127.0.0.1", 0)
    url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
    async with aiohttp.ClientSession() as session, asyncio.timeout(10):
        async with served(Starlette(routes=[Route("/", slow)]), listening):
            asked = asyncio.create_task(_get(session, url))
            await arrived.wait()
            asyncio.get_running_loop().call_later(0.2, go_on.set)
        assert await asked == "kept"
        with pytest.raises(aiohttp.ClientConnectorError):
            await _get(session, url)


async def _get(session: aiohttp.ClientSession, url: str) -> str:
    async with session.get(url) as answered:
        return await answered.text()
