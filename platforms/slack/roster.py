"""What is looked up in Slack: channels with those in them, accounts, and the words of a message."""

import asyncio
from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any
from zoneinfo import available_timezones

from slack_sdk.web.async_client import AsyncWebClient

from coaching.errors import Refused
from coaching.roster import Profile, Room
from platforms.slack.answers import NAMING
from platforms.slack.directory import Directory
from platforms.slack.errors import CallFailed, answer_to
from platforms.slack.manifest import bot_scopes
from platforms.slack.mrkdwn import as_plain, people_named_in, without_broken_characters

__all__ = ["SlackRoster"]

_IN_TIME = timedelta(seconds=0.8)
"""For each question, while somebody waits: a trigger is good for three seconds."""

_MOST_IN_A_PAGE = 200


_MAY_NOT = (
    "I may not look who is in this channel: a permission of mine is missing ({needed}). Whoever"
    " installed me can mend that: put what `widelens manifest` prints into my app's manifest, and"
    " install the app again."
)


class SlackRoster:
    """Channels, people and messages of one workspace."""

    def __init__(self, client: AsyncWebClient, directory: Directory) -> None:
        self._client = client
        self._directory = directory

    async def room(self, channel: str) -> Room | None:
        """The channel with those in it; None where it can't be seen in time, or is no channel.

        Raises Refused, with the mend, where the app lacks a scope for it.
        """
        try:
            async with asyncio.timeout(_IN_TIME.total_seconds()):
                about, users = await asyncio.gather(self._about(channel), self._users(channel))
        except CallFailed as error:
            missing = set(error.failure.needed.split(",")) & set(bot_scopes())
            if missing:
                needed = ", ".join(sorted(missing))
                raise Refused(_MAY_NOT.format(needed=needed)) from None
            return None
        except TimeoutError:
            return None
        if about.get("is_im") or about.get("is_mpim"):
            return None
        return Room(str(about.get("name") or ""), not about.get("is_private"), users)

    async def profiles(self, users: Collection[str]) -> dict[str, Profile]:
        """Those who can be looked up in time; a clock that nobody else knows is left out."""
        found = await self._directory.profiles(users, _IN_TIME)
        return {user: _with_known_clock(profile) for user, profile in found.items()}

    async def words_of(self, channel: str, message: str) -> str | None:
        """What a message says, its mentions by name; None where it can't be read in time."""
        try:
            async with asyncio.timeout(_IN_TIME.total_seconds()):
                text = await self._text_of(channel, message)
                if text is None:
                    return None
                names = await self._directory.names(people_named_in(text), within=NAMING)
        except (CallFailed, TimeoutError):
            return None
        return without_broken_characters(as_plain(text, names))

    async def _text_of(self, channel: str, message: str) -> str | None:
        """The message's own text, marked up; what stands in a thread is in no channel's history."""
        asked: dict[str, Any] = {"channel": channel, "latest": message, "oldest": message}
        asked |= {"inclusive": True, "limit": 2}  # the parent comes with what is in its thread
        answer = await answer_to(self._client.conversations_history(**asked))
        found = _among(answer["messages"], message)
        if found is None:
            answer = await answer_to(self._client.conversations_replies(ts=message, **asked))
            found = _among(answer["messages"], message)
        return found

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


def _among(messages: Iterable[dict[str, Any]], ts: str) -> str | None:
    return next((str(one.get("text") or "") for one in messages if one["ts"] == ts), None)


def _with_known_clock(profile: Profile) -> Profile:
    known = profile.timezone in available_timezones()
    return profile if known else Profile(profile.user, profile.standing)
