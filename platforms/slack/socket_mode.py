"""Slack's payloads over Socket Mode: no public address needed."""

import asyncio
import logging

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from coaching.errors import WidelensError
from platforms.slack.client import is_loopback, sdk_logger
from platforms.slack.errors import CallFailed, answer_to

__all__ = ["SocketMode", "SocketRefused"]

logger = logging.getLogger(__name__)

_PING_SECONDS = 10.0
_DRAIN_SECONDS = 10.0


class SocketRefused(WidelensError):
    """Slack opens no socket for this app token. `code` is its error, or what kept it away."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SocketMode:
    """One connection, renewed by itself. Make it within a running loop, and close it."""

    def __init__(self, app: AsyncApp, app_token: str, ping_seconds: float = _PING_SECONDS) -> None:
        self._handler = AsyncSocketModeHandler(
            app,
            app_token,
            logger=sdk_logger(),
            web_client=app.client,
            ping_interval=ping_seconds,
        )
        self._client: SocketModeClient = self._handler.client
        self._client.socket_mode_request_listeners = [self._take]
        if is_loopback(app.client.base_url):
            self._client.proxy = None
        self._watch_seconds = 3 * ping_seconds
        self._watch: asyncio.Task[None] | None = None
        self._draining = False
        self._in_hand = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def connect(self) -> None:
        """Connect. Raises SocketRefused where no address is given out.

        From then on it keeps connected by itself, trying for as long as it takes.
        """
        # Asked for here, since the SDK would log a wrong token and try again until it is stopped.
        try:
            answer = await answer_to(
                self._client.web_client.apps_connections_open(app_token=self._client.app_token)
            )
        except CallFailed as error:
            raise SocketRefused(error.failure.code) from None
        self._client.wss_uri = answer["url"]
        self._watch = asyncio.create_task(self._watch_over())
        await self._client.connect()  # type: ignore[no-untyped-call]

    async def close(self, seconds: float = _DRAIN_SECONDS) -> None:
        """Take nothing new, let what is in hand be acknowledged (at most `seconds`), disconnect."""
        self._draining = True
        try:
            await asyncio.wait_for(self._idle.wait(), seconds)
        except TimeoutError:
            logger.warning("closing with %d payloads in hand", self._in_hand)
        if self._watch is not None:
            self._watch.cancel()
        await self._client.close()  # type: ignore[no-untyped-call]
        # The SDK cancels its tasks without waiting for them.
        tasks = (
            self._watch,
            self._client.message_processor,
            self._client.message_receiver,
            self._client.current_session_monitor,
        )
        await asyncio.gather(*(task for task in tasks if task), return_exceptions=True)

    async def _take(self, _: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        """Handle a payload, counted: the SDK starts listeners and forgets them."""
        if self._draining:
            return  # not acknowledged: Slack gives it to another connection, or again
        self._in_hand += 1
        self._idle.clear()
        try:
            await self._handler.handle(self._client, request)
        finally:
            self._in_hand -= 1
            if not self._in_hand:
                self._idle.set()

    async def _watch_over(self) -> None:
        """Make the SDK ask for a new address where it is stuck on an old one.

        An address is good for one connection and a short time, yet where connecting fails the SDK
        tries the same one for ever.
        """
        while True:
            await asyncio.sleep(self._watch_seconds)
            if not await self._client.is_connected():
                self._client.wss_uri = None
