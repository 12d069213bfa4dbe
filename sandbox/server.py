"""The sandbox as a server on loopback."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from typing import cast

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp
from typing_extensions import override
from uvicorn.protocols.http.h11_impl import H11Protocol

from sandbox.clock import steady_time, wall_time
from sandbox.control_api.routes import ControlRoutes
from sandbox.core import Core, assemble
from sandbox.file_routes import FileRoutes
from sandbox.hook_routes import HookRoutes
from sandbox.loopback import LoopbackOnly
from sandbox.page import Host
from sandbox.page.installing import Installing
from sandbox.page.routes import Page
from sandbox.sockets import SocketTimes
from sandbox.web_api import WebApi


class Sandbox:
    """A Slack workspace on loopback. See the README for what can be done with it.

    `host` is what its page offers beside the workspace.
    `tiers` switches Slack's rate limits on; `ack_seconds` is how long an app has to acknowledge;
    `redelivery_delays` are the pauses before an event is sent again; `socket_times` is how long
    a Socket Mode connection lasts. `wall` and `monotonic` are
    for tests of expiry and of limits.
    """

    def __init__(
        self,
        workspace_id: str = "T0SANDBOX",
        name: str = "Northwind",
        *,
        host: Host | None = None,
        tiers: bool = False,
        ack_seconds: float = 3.0,
        redelivery_delays: Sequence[float] = (0, 60, 300),
        socket_times: SocketTimes | None = None,
        wall: Callable[[], float] = wall_time,
        monotonic: Callable[[], float] = steady_time,
    ) -> None:
        self.core: Core = assemble(
            workspace_id,
            name,
            tiers=tiers,
            ack_seconds=ack_seconds,
            redelivery_delays=redelivery_delays,
            socket_times=socket_times,
            wall=wall,
            monotonic=monotonic,
        )
        self.control_token = secrets.token_urlsafe(24)
        self.page = Page(self.core, host or Host())

    @property
    def host(self) -> Host:
        """What is on the page beside the workspace; may be set at any time."""
        return self.page.host

    @host.setter
    def host(self, host: Host) -> None:
        self.page.host = host

    @property
    def url(self) -> str:
        """The address, without a slash at the end."""
        return self.core.url

    @property
    def api_url(self) -> str:
        """The value for SLACK_API_URL."""
        return f"{self.core.url}/api/"

    @contextlib.asynccontextmanager
    async def serve(self, port: int = 0) -> AsyncIterator[Sandbox]:
        """Serve on 127.0.0.1 in this event loop until the block ends; port 0 takes a free one."""
        # Named as TCP, so that asyncio sends at once: Nagle would hold every answer for 40 ms.
        with socket.socket(proto=socket.IPPROTO_TCP) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", port))
            self.core.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
            config = uvicorn.Config(
                self.asgi(),
                http=_Protocol,
                ws="websockets-sansio",
                lifespan="off",
                log_config=None,
                access_log=False,
                ws_ping_interval=10.0,
            )
            config.load()
            server = uvicorn.Server(config)
            # `Server.serve` would take over the process's signals, and its loop wakes ten times
            # a second only to look for them; its two halves are all that is needed.
            server.lifespan = config.lifespan_class(config)
            await server.startup(sockets=[listener])
            try:
                yield self
            finally:
                self.core.workspace.feed.close()
                await self.core.delivery.stop()
                await self.core.http.stop()
                await _stop(server)

    def asgi(self) -> ASGIApp:
        """The ASGI application (for one served by other means)."""
        api = WebApi(self.core)
        routes = [
            Route("/api/{method}", api.handle, methods=["GET", "POST"]),
            *HookRoutes(self.core).routes(),
            WebSocketRoute("/link/", self.core.sockets.serve),
            *FileRoutes(self.core).routes(),
            *Installing(self.core).routes(),
            *ControlRoutes(self.core, self.control_token).routes(),
            *self.page.routes(),
        ]
        return LoopbackOnly(Starlette(routes=routes))


async def _stop(server: uvicorn.Server) -> None:
    """Stop serving. `Server.shutdown` does the same, but never in less than a tenth of a second."""
    for listening in server.servers:
        listening.close()
    for connection in list(server.server_state.connections):
        connection.shutdown()
    tasks = list(server.server_state.tasks)
    if tasks:
        # An app that holds its sockets open was told to go; it is not waited for long.
        _, late = await asyncio.wait(tasks, timeout=0.2)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)


class _Protocol(H11Protocol):
    """HTTP with the connection's transport at hand, so that a fault can cut it."""

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(cast(asyncio.Transport, transport))
        self.app_state = {**self.app_state, "transport": transport}
