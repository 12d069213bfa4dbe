"""Posting to Slack, saying anew, and finding again what was posted: Slack's `ChatPlatform`."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from coaching.delivery import Addressee
from conversation.messages import Chart, Message
from conversation.platform import (
    ConversationRef,
    Dropped,
    MessageRef,
    Outcome,
    Resting,
    Retry,
    Sent,
    Unpinned,
)
from platforms.slack.charts import Drawing
from platforms.slack.client import SEND_TIMEOUT
from platforms.slack.directory import Directory
from platforms.slack.errors import (
    CallFailed,
    Verdict,
    answer_to,
    finding_failed,
    posting_failed,
    updating_failed,
)
from platforms.slack.render import people_shown_in, render_message
from platforms.slack.rich_text import Json

__all__ = ["METADATA_EVENT", "SlackPlatform"]

METADATA_EVENT = "widelens_delivery"

_SKEW = timedelta(minutes=10)
"""How far the bot's clock and Slack's may be apart when looking back."""
_REFUSED_BLOCKS = "invalid_blocks"
_PAGE = 200
_NOTHING_TO_PIN = frozenset({"message_not_found", "no_item_specified"})
"""Somebody has deleted the message."""
_MOST_PAGES = 25


class SlackPlatform:
    """Slack, for one workspace: see `conversation.platform.ChatPlatform`.

    `site` is the workspace's own address, of which links to messages are made.
    """

    def __init__(self, client: AsyncWebClient, directory: Directory, site: str = "") -> None:
        self._client = client
        self._directory = directory
        self._site = site
        self._direct: dict[str, str] = {}
        self._draws = True
        """Until the workspace has refused a picture."""

    async def post(
        self, to: ConversationRef, message: Message, delivery_id: str, thread: MessageRef | None
    ) -> Outcome:
        """Post once (chat.postMessage), within three SEND_TIMEOUTs."""
        try:
            answer = await self._say(
                self._client.chat_postMessage,
                message,
                # A person's id stands for their direct conversation; a thread knows its own.
                channel=thread.channel if thread else to.id,
                thread_ts=thread.message if thread else None,
                metadata=_metadata(delivery_id),
                mrkdwn=False,
                parse="none",
                link_names=False,
                unfurl_links=False,
                unfurl_media=False,
            )
        except CallFailed as error:
            return posting_failed(error.failure)
        at = MessageRef(answer["channel"], answer["ts"])
        if to.kind is Addressee.PERSON:
            self._direct[to.id] = at.channel
        return Sent(at)

    async def update(self, at: MessageRef, message: Message, delivery_id: str) -> Outcome:
        """Say a posted message anew (chat.update), within three SEND_TIMEOUTs.

        The message keeps the metadata it was posted with, which Slack leaves alone where an update
        brings none: by it the post, not the update, is found again.
        """
        try:
            # Left out, `parse` and `link_names` would fall back to what reads names and links.
            await self._say(
                self._client.chat_update,
                message,
                channel=at.channel,
                ts=at.message,
                parse="none",
                link_names=False,
            )
        except CallFailed as error:
            return updating_failed(error.failure)
        return Sent(at)

    async def pin(self, at: MessageRef) -> Retry | Unpinned | None:
        """Pin a message (pins.add), within two SEND_TIMEOUTs."""
        return await _pinned(
            self._client.pins_add(channel=at.channel, timestamp=at.message), "already_pinned"
        )

    async def unpin(self, at: MessageRef) -> Retry | Unpinned | None:
        """Take a message off what is pinned (pins.remove), within two SEND_TIMEOUTs."""
        return await _pinned(
            self._client.pins_remove(channel=at.channel, timestamp=at.message), "no_pin"
        )

    async def find(
        self,
        to: ConversationRef,
        delivery_ids: Collection[str],
        since: datetime,
        thread: MessageRef | None,
    ) -> dict[str, MessageRef] | Retry | Resting | Dropped:
        """Which deliveries stand there, by their metadata, within three SEND_TIMEOUTs.

        A Retry where the conversation is too long to be read to its end: what was not seen must
        not be taken for absent.
        """
        try:
            async with asyncio.timeout(3 * SEND_TIMEOUT.total_seconds()):
                channel = thread.channel if thread else await self._channel_of(to)
                return await self._read_back(channel, set(delivery_ids), since - _SKEW, thread)
        except CallFailed as error:
            return finding_failed(error.failure)
        except TimeoutError:
            return Retry("timeout")

    async def _read_back(
        self, channel: str, sought: set[str], oldest: datetime, thread: MessageRef | None
    ) -> dict[str, MessageRef] | Retry:
        found: dict[str, MessageRef] = {}
        cursor = ""
        for _ in range(_MOST_PAGES):
            answer = await self._page(channel, oldest, thread, cursor)
            found |= {
                delivery: MessageRef(channel, message["ts"])
                for message in answer["messages"]
                if (delivery := _delivery_of(message)) in sought
            }
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor or len(found) == len(sought):
                return found
        return Retry("history_too_long")

    async def _say(
        self, call: Callable[..., Awaitable[AsyncSlackResponse]], message: Message, **where: Any
    ) -> AsyncSlackResponse:
        """Call with the message; where the workspace draws no pictures, at once with tables.

        What Slack refuses for its blocks is surely not there, so nothing is said twice. Raises
        CallFailed.
        """
        names = await self._directory.names(people_shown_in(message.blocks))
        draws = self._draws and any(isinstance(block, Chart) for block in message.blocks)
        if draws:
            said = render_message(message, names, self._site, Drawing.PICTURE)
            try:
                return await answer_to(call(**where, **said))
            except CallFailed as error:
                if error.failure.code != _REFUSED_BLOCKS:
                    raise
            self._draws = False
        said = render_message(message, names, self._site, Drawing.TABLE)
        try:
            return await answer_to(call(**where, **said))
        except CallFailed as error:
            # Then it was not the picture.
            self._draws = self._draws or (draws and error.failure.code == _REFUSED_BLOCKS)
            raise

    async def _channel_of(self, to: ConversationRef) -> str:
        if to.kind is Addressee.CHANNEL:
            return to.id
        if to.id not in self._direct:
            answer = await answer_to(self._client.conversations_open(users=to.id))
            self._direct[to.id] = answer["channel"]["id"]
        return self._direct[to.id]

    async def _page(
        self, channel: str, oldest: datetime, thread: MessageRef | None, cursor: str
    ) -> AsyncSlackResponse:
        asked: dict[str, Any] = {
            "channel": channel,
            "oldest": f"{oldest.timestamp():.6f}",
            "limit": _PAGE,
            "include_all_metadata": True,
        }
        if cursor:
            asked["cursor"] = cursor
        if thread:
            return await answer_to(self._client.conversations_replies(ts=thread.message, **asked))
        return await answer_to(self._client.conversations_history(**asked))


async def _pinned(call: Awaitable[AsyncSlackResponse], done_before: str) -> Retry | Unpinned | None:
    try:
        await answer_to(call)
    except CallFailed as error:
        code = error.failure.code
        if code in {done_before, *_NOTHING_TO_PIN}:
            return None
        again = error.failure.verdict in {Verdict.RETRY, Verdict.REST, Verdict.LOOK}
        return Retry(code) if again else Unpinned(code)
    return None


def _metadata(delivery_id: str) -> Json:
    # Every app of the workspace can read this: an opaque id and nothing else.
    return {"event_type": METADATA_EVENT, "event_payload": {"delivery": delivery_id}}


def _delivery_of(message: Json) -> str:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != METADATA_EVENT:
        return ""
    return str((metadata.get("event_payload") or {}).get("delivery", ""))
