"""People, asked of Slack and remembered for a while: their names, and what their accounts are."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Collection
from datetime import timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from coaching.roster import Profile, Standing
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
        self._known: OrderedDict[str, tuple[float, str, Profile]] = OrderedDict()
        self._at_once = asyncio.Semaphore(_AT_ONCE)

    async def names(
        self, users: Collection[str], within: timedelta = SEND_TIMEOUT
    ) -> dict[str, str]:
        """The names of those who can be seen, as far as they come in time. Never raises."""
        await self._meet(users, within)
        known = {user: self._known[user][1] for user in users if user in self._known}
        return {user: name for user, name in known.items() if name}

    async def profiles(
        self, users: Collection[str], within: timedelta = SEND_TIMEOUT
    ) -> dict[str, Profile]:
        """What the accounts are of those who can be seen, as far as it comes in time."""
        await self._meet(users, within)
        return {user: self._known[user][2] for user in users if user in self._known}

    def ask_anew(self, user: str) -> None:
        """Have somebody who has changed looked up the next time; until then they are as before."""
        if user in self._known:
            _, name, profile = self._known[user]
            self._known[user] = (float("-inf"), name, profile)

    async def _meet(self, users: Collection[str], within: timedelta) -> None:
        now = self._seconds()
        unknown = [user for user in users if not self._is_fresh(user, now)]
        if unknown:
            try:
                async with asyncio.timeout(within.total_seconds()):
                    await asyncio.gather(*(self._look_up(user) for user in unknown))
            except TimeoutError:
                pass  # those who were answered in time are remembered

    def _is_fresh(self, user: str, now: float) -> bool:
        held = self._known.get(user)
        return held is not None and now < held[0] + _REMEMBERED_SECONDS

    async def _look_up(self, user: str) -> None:
        async with self._at_once:
            try:
                answer = await answer_to(self._client.users_info(user=user))
            except CallFailed:
                return  # an old name, where there is one, is better than none
        shown: dict[str, Any] = answer["user"]
        self._remember(user, _display_name(shown), _profile(user, shown))

    def _remember(self, user: str, name: str, profile: Profile) -> None:
        self._known[user] = (self._seconds(), name, profile)
        self._known.move_to_end(user)
        while len(self._known) > self._most:
            self._known.popitem(last=False)


def _loop_seconds() -> float:
    return asyncio.get_running_loop().time()


def _display_name(user: dict[str, Any]) -> str:
    profile = user.get("profile") or {}
    for name in (profile.get("display_name"), profile.get("real_name"), user.get("real_name")):
        if name and str(name).strip():
            return str(name).strip()
    return ""


def _profile(user_id: str, user: dict[str, Any]) -> Profile:
    return Profile(user_id, _standing(user_id, user), str(user.get("tz") or ""))


def _standing(user_id: str, user: dict[str, Any]) -> Standing:
    if user.get("is_bot") or user_id == "USLACKBOT":
        return Standing.APP
    if user.get("deleted"):
        return Standing.GONE
    guest = ("is_restricted", "is_ultra_restricted", "is_stranger")
    return Standing.GUEST if any(user.get(one) for one in guest) else Standing.PERSON
