"""Response URLs: an app's answer to an interaction, without a token."""

from __future__ import annotations

import secrets
from typing import Any

from sandbox.block_kit import problems_of_blocks
from sandbox.errors import SlackError
from sandbox.messages import Messages
from sandbox.records import App, Json, Message, ResponseUrl
from sandbox.workspace import Workspace

# https://docs.slack.dev/interactivity/handling-user-interaction: "up to 5 times within 30 minutes".
USES = 5
SECONDS = 30 * 60


class ResponseUrls:
    """Issues response URLs and takes what is posted to them."""

    def __init__(self, workspace: Workspace, messages: Messages) -> None:
        self._workspace = workspace
        self._messages = messages
        self._issued: dict[str, ResponseUrl] = {}

    def issue(
        self, app: App, user: str, channel: str, source: Message | None = None
    ) -> tuple[str, ResponseUrl]:
        """The path of a new response URL, and the record of what comes in by it."""
        token = secrets.token_urlsafe(18)
        record = ResponseUrl(
            app_id=app.id,
            user=user,
            channel=channel,
            issued=self._workspace.wall(),
            message_ts=source.ts if source else None,
            thread_ts=source.thread_ts if source else None,
        )
        self._issued[token] = record
        return f"/hooks/actions/{self._workspace.id}/{token}", record

    def take(self, token: str, body: Any) -> None:
        """Do what a POST asks for.

        SlackError codes `expired_url` and `used_url` are what Slack answers by the accounts of
        those who met them; the documentation names none.
        """
        record = self._issued.get(token)
        if record is None or self._workspace.wall() - record.issued > SECONDS:
            raise SlackError("expired_url")
        if record.uses >= USES:
            raise SlackError("used_url")
        if not isinstance(body, dict):
            raise SlackError("invalid_payload")
        record.uses += 1
        message = self.apply(record, body)
        if message is not None:
            record.posted.append(message)

    def apply(self, record: ResponseUrl, body: Json) -> Message | None:
        """Post, replace or delete as `body` says (a command's acknowledgement uses it too)."""
        app = self._workspace.apps[record.app_id]
        channel = self._workspace.channels[record.channel]
        original = self._original(record)
        if body.get("delete_original"):
            if original is not None:
                self._messages.delete(original)
            return None
        text, blocks = str(body.get("text") or ""), body.get("blocks") or []
        if not text and not blocks and not body.get("attachments"):
            raise SlackError("no_text")
        problems = problems_of_blocks(blocks, "message") if blocks else []
        if problems:
            raise SlackError("invalid_blocks", problems)
        bot = app.installation.bot_user_id
        if body.get("replace_original") and original is not None:
            self._messages.change(original, bot, text=text, blocks=blocks)
            return original if original.ephemeral_to else None
        thread_ts = body.get("thread_ts") or record.thread_ts
        if body.get("response_type") == "in_channel":
            self._messages.post(channel, bot, text, blocks=blocks, thread_ts=thread_ts, app=app)
            return None
        return self._messages.post_ephemeral(
            channel, record.user, app, text, blocks, thread_ts=thread_ts
        )

    def _original(self, record: ResponseUrl) -> Message | None:
        if record.message_ts is None:
            return None
        return self._messages.find(
            record.channel, record.message_ts
        ) or self._messages.find_ephemeral(record.channel, record.message_ts, record.user)
