"""Start and stop: signals, the listening socket, and uvicorn inside our own event loop."""

import asyncio
import logging
import os
import signal
import socket
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import asynccontextmanager, contextmanager
from types import FrameType

import uvicorn
from starlette.types import ASGIApp
from typing_extensions import override

from bot.errors import OperatorError

__all__ = ["listen", "served", "stop_signals"]

_log = logging.getLogger(__name__)

_GRACE_SECONDS = 5
"""How long a request in flight may take once we are asked to stop; Slack waits for 3."""

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stop_signals() -> Iterator[asyncio.Event]:
    """An event that SIGINT and SIGTERM set. A second signal ends the process at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def on_signal(number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        loop.call_soon_threadsafe(stop.set)

    before = {number: signal.signal(number, on_signal) for number in _SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises OperatorError where the address can't be had."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        raise OperatorError(
            f"can't listen on {host} port {port} ({error.strerror or error}); stop what uses it,"
            " or set HOST and PORT, for example PORT=3001"
        ) from None
    listening.setblocking(False)
    # asyncio does this for sockets that it makes itself; else every answer waits 40 ms for Nagle.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


class _Server(uvicorn.Server):
    """Leaves signals alone: uvicorn raises them again, and nothing behind serve() would run."""

    @override
    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


@asynccontextmanager
async def served(app: ASGIApp, listening: socket.socket) -> AsyncIterator[asyncio.Task[None]]:
    """Serve `app` on `listening`. At the end no request is taken, and those in flight finish.

    Gives the task that serves, which ends before only where it fails.
    """
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]), name="http")
    host, port = listening.getsockname()[:2]
    _log.info("listening on http://%s:%s", host, port)
    try:
        yield serving
    finally:
        server.should_exit = True
        await serving
