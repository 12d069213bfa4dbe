"""Who is where in Slack: channels with those in them, and what their accounts are."""

import asyncio
from collections.abc import Collection
from datetime import timedelta
from typing import Any
from zoneinfo import available_timezones

from slack_sdk.web.async_client import AsyncWebClient

from coaching.roster import Profile, Room
from platforms.slack.directory import Directory
from platforms.slack.errors import CallFailed, answer_to

__all__ = ["SlackRoster"]

_IN_TIME = timedelta(seconds=0.8)
"""For each of the two questions, while somebody waits: a trigger is good for three seconds."""

_MOST_IN_A_PAGE = 200


class SlackRoster:
    """Channels and people of one workspace."""

    def __init__(self, client: AsyncWebClient, directory: Directory) -> None:
        self._client = client
        self._directory = directory

    async def room(self, channel: str) -> Room | None:
        """The channel with those in it; None where it can't be seen in time, or is no channel."""
        try:
            async with asyncio.timeout(_IN_TIME.total_seconds()):
                about, users = await asyncio.gather(self._about(channel), self._users(channel))
        except (CallFailed, TimeoutError):
            return None
        if about.get("is_im") or about.get("is_mpim"):
            return None
        return Room(str(about.get("name") or ""), not about.get("is_private"), users)

    async def profiles(self, users: Collection[str]) -> dict[str, Profile]:
        """Those who can be looked up in time; a clock that nobody else knows is left out."""
        found = await self._directory.profiles(users, _IN_TIME)
        return {user: _with_known_clock(profile) for user, profile in found.items()}

    async def _about(self, channel: str) -> dict[str, Any]:
        answer = await answer_to(self._client.conversations_info(channel=channel))
        about: dict[str, Any] = answer["channel"]
        return about

    async def _users(self, channel: str) -> tuple[str, ...]:
        users: list[str] = []
        cursor = ""
        while True:
            more = {"cursor": cursor} if cursor else {}
            members = self._client.conversations_members(
                channel=channel, limit=_MOST_IN_A_PAGE, **more
            )
            answer = await answer_to(members)
            users += answer["members"]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return tuple(users)


def _with_known_clock(profile: Profile) -> Profile:
    known = profile.timezone in available_timezones()
    return profile if known else Profile(profile.user, profile.standing)
