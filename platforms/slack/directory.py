"""Names of people, asked of Slack and remembered for a while."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Collection
from datetime import timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from platforms.slack.client import SEND_TIMEOUT
from platforms.slack.errors import CallFailed, answer_to

__all__ = ["Directory"]

_REMEMBERED_SECONDS = 3600.0
_MOST_REMEMBERED = 5000
_AT_ONCE = 5


class Directory:
    """Display names by user id.

    Who cannot be looked up is left out, and shown as "a colleague" by the renderer: a message goes
    out without a name rather than not at all. `seconds` is any clock that only rises; the loop's
    own where none is given.
    """

    def __init__(
        self,
        client: AsyncWebClient,
        seconds: Callable[[], float] | None = None,
        most: int = _MOST_REMEMBERED,
    ) -> None:
        self._client = client
        self._seconds = seconds or _loop_seconds
        self._most = most
        self._names: OrderedDict[str, tuple[float, str]] = OrderedDict()
        self._at_once = asyncio.Semaphore(_AT_ONCE)

    async def names(
        self, users: Collection[str], within: timedelta = SEND_TIMEOUT
    ) -> dict[str, str]:
        """The names of those who can be seen, as far as they come in time. Never raises."""
        now = self._seconds()
        unknown = [user for user in users if not self._is_fresh(user, now)]
        if unknown:
            try:
                async with asyncio.timeout(within.total_seconds()):
                    await asyncio.gather(*(self._look_up(user) for user in unknown))
            except TimeoutError:
                pass  # those who were answered in time are remembered
        return {user: self._names[user][1] for user in users if user in self._names}

    def _is_fresh(self, user: str, now: float) -> bool:
        held = self._names.get(user)
        return held is not None and now - held[0] < _REMEMBERED_SECONDS

    async def _look_up(self, user: str) -> None:
        async with self._at_once:
            try:
                answer = await answer_to(self._client.users_info(user=user))
            except CallFailed:
                return  # an old name, where there is one, is better than none
        name = _display_name(answer["user"])
        if name:
            self._remember(user, name)

    def _remember(self, user: str, name: str) -> None:
        self._names[user] = (self._seconds(), name)
        self._names.move_to_end(user)
        while len(self._names) > self._most:
            self._names.popitem(last=False)


def _loop_seconds() -> float:
    return asyncio.get_running_loop().time()


def _display_name(user: dict[str, Any]) -> str:
    profile = user.get("profile") or {}
    for name in (profile.get("display_name"), profile.get("real_name"), user.get("real_name")):
        if name and str(name).strip():
            return str(name).strip()
    return ""
