"""Reaching Slack at the start: with patience where it will pass, in one line where it won't."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.errors import OperatorError
from platforms.slack import NotIdentified, SocketRefused

__all__ = ["patiently"]

_log = logging.getLogger(__name__)

T = TypeVar("T")

Pause = Callable[[float], Awaitable[object]]

_RESTS = (1, 2, 4, 8, 15, 30, 30, 30)
"""Seconds between attempts: two minutes in all, then whoever supervises the process decides."""

_PASSING = {
    "connection_lost",
    "fatal_error",
    "internal_error",
    "rate_limited",
    "ratelimited",
    "request_timeout",
    "service_unavailable",
    "timeout",
    "unreachable",
    "unreadable_answer",
}


async def patiently(call: Callable[[], Awaitable[T]], pause: Pause = asyncio.sleep) -> T:
    """What `call` gives, tried again for two minutes where Slack or the network is in trouble.

    Raises OperatorError where Slack refuses, or stays out of reach.
    """
    for rest in (*_RESTS, None):
        try:
            return await call()
        except (NotIdentified, SocketRefused) as error:
            passing = error.code in _PASSING or error.code.startswith("http_")
            if rest is None or not passing:
                raise OperatorError(_told(error)) from None
            _log.warning("Slack: %s; trying again in %d s", error.code, rest)
            await pause(rest)
    raise AssertionError("the last attempt returns or raises")


def _told(error: NotIdentified | SocketRefused) -> str:
    name = "SLACK_BOT_TOKEN" if isinstance(error, NotIdentified) else "SLACK_APP_TOKEN"
    return f"Slack does not let us in with {name} ({error.code}); `widelens doctor` says the mend"
