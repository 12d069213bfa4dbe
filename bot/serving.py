"""`widelens serve`: the whole bot in one process, from start to a clean stop."""

import asyncio
import logging
from collections.abc import Awaitable
from contextlib import AsyncExitStack
from typing import Any, TypeVar

from bot.assembly import assemble
from bot.lifecycle import listen, served, stop_signals
from bot.settings import Settings

__all__ = ["serve"]

_log = logging.getLogger(__name__)

T = TypeVar("T")


async def serve(settings: Settings, *, http: bool) -> None:
    """Serve until SIGINT or SIGTERM, then finish what is in hand; a second one ends it at once.

    Raises:
        OperatorError: something about the installation is wrong; the message has the mend.
    """
    settings.demand("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET" if http else "SLACK_APP_TOKEN")
    with stop_signals() as stop:
        async with AsyncExitStack() as stack:
            listening = stack.enter_context(listen(settings.host, settings.port))
            running = await _unless(stop, stack.enter_async_context(assemble(settings, http=http)))
            if running is None:
                return
            serving = await stack.enter_async_context(served(running.web, listening))
            _log.info("serving %s over %s", running.workspace.id, "HTTP" if http else "Socket Mode")
            await _first(stop.wait(), serving)
            _log.info("stopping: what is in hand is finished first")
    _log.info("stopped")


async def _unless(stop: asyncio.Event, starting: Awaitable[T]) -> T | None:
    """What `starting` gives; None, and it is called off, where `stop` is set first."""
    task = asyncio.ensure_future(starting)
    await _first(stop.wait(), task)
    if task.done():
        return task.result()
    task.cancel()
    await asyncio.wait([task])
    return None


async def _first(waiting: Awaitable[object], other: asyncio.Future[T]) -> None:
    """Wait until either is done; `waiting` is ended with it."""
    ours = asyncio.ensure_future(waiting)
    both: list[asyncio.Future[Any]] = [ours, other]
    await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
    ours.cancel()
