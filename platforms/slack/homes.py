"""People's own pages with the bot: what stands there last is the latest.

A page is published with the hash of the one that it is to replace, so that Slack refuses it where
another came between (`hash_conflict`). Then what there is to show is read again.
https://docs.slack.dev/reference/methods/views.publish
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import timedelta

from slack_sdk.web.async_client import AsyncWebClient

from conversation.messages import Home
from platforms.slack.directory import Directory
from platforms.slack.errors import CallFailed, answer_to
from platforms.slack.render import people_shown_in, render_home

__all__ = ["Homes", "Read"]

logger = logging.getLogger(__name__)

_IN_TIME = timedelta(seconds=1.8)
_NAMING = timedelta(seconds=0.3)
_MOST_REMEMBERED = 5000

Read = Callable[[str], Awaitable[Home | None]]
"""What there is to show on somebody's page by now; None where that can't be had."""


class Homes:
    """Publishes pages, none of them over a newer one."""

    def __init__(
        self, client: AsyncWebClient, directory: Directory, read: Read, site: str = ""
    ) -> None:
        self._client = client
        self._directory = directory
        self._read = read
        self._site = site
        self._hashes: OrderedDict[str, str] = OrderedDict()

    async def publish(self, user: str, home: Home, seen: str) -> None:
        """Show a page. `seen` is the hash of the one that the person saw, "" where none is known.

        Where another page was published since, what there is to show is read anew. A failure is
        logged by its code: the next opening shows it all.
        """
        try:
            async with asyncio.timeout(_IN_TIME.total_seconds()):
                await self._publish(user, home, seen)
        except CallFailed as error:
            logger.warning("views.publish failed: %s", error.failure.code)
        except TimeoutError:
            logger.warning("views.publish failed: too late")

    async def show_anew(self, user: str) -> None:
        """Show somebody's page as it stands by now, where it can be had."""
        home = await self._read(user)
        if home is not None:
            await self.publish(user, home, "")

    async def _publish(self, user: str, home: Home, seen: str) -> None:
        if await self._published(user, home, seen or self._hashes.get(user, "")):
            return
        # Where even the last page that this process knows of is not the last, it knows none.
        for last in (self._hashes.pop(user, ""), ""):
            now = await self._read(user)
            if now is None or await self._published(user, now, last):
                return

    async def _published(self, user: str, home: Home, last: str) -> bool:
        """Whether it took the place of that page, and not of a newer one."""
        names = await self._directory.names(people_shown_in(home.blocks), within=_NAMING)
        view = render_home(home, names, self._site)
        hashed = {"hash": last} if last else {}
        try:
            publishing = self._client.views_publish(user_id=user, view=view, **hashed)
            answer = await answer_to(publishing)
        except CallFailed as error:
            if error.failure.code == "hash_conflict":
                return False
            raise
        self._hashes[user] = answer["view"]["hash"]
        self._hashes.move_to_end(user)
        if len(self._hashes) > _MOST_REMEMBERED:
            self._hashes.popitem(last=False)
        return True
