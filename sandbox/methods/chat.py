"""Posting, changing and deleting messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.arguments import Arguments
from sandbox.block_kit import problems_of_blocks
from sandbox.errors import SlackError
from sandbox.methods.registry import Call, method
from sandbox.records import Channel, Json, Message

# chat.postMessage's page says that longer texts are cut at 40,000 characters, the common table of
# errors that they are refused (msg_too_long); refused is what an app should be prepared for.
POST_CHARACTERS = 40_000
# chat.update's page: "The `text` field cannot exceed 4,000 characters."
UPDATE_CHARACTERS = 4_000
MARKDOWN_CHARACTERS = 12_000
ATTACHMENTS = 100

_CONTENT_ERRORS = (
    "invalid_blocks invalid_blocks_format markdown_text_conflict msg_too_long no_text "
    "too_many_attachments"
)


@dataclass
class _Content:
    """What a message is to hold; `None` is what was not given."""

    text: str | None
    blocks: list[Json] | None
    attachments: list[Json] | None


def _content(arguments: Arguments, characters: int) -> _Content:
    text = arguments.text("text") if "text" in arguments else None
    blocks = arguments.structure("blocks", "invalid_blocks_format")
    attachments = arguments.structure("attachments", "invalid_arguments")
    if blocks is not None:
        if not isinstance(blocks, list):
            raise SlackError("invalid_blocks_format")
        problems = problems_of_blocks(blocks, "message") if blocks else []
        if problems:
            raise SlackError("invalid_blocks", problems)
    if attachments is not None and len(attachments) > ATTACHMENTS:
        raise SlackError("too_many_attachments")
    markdown = arguments.text("markdown_text")
    if markdown:
        if text or blocks:
            raise SlackError("markdown_text_conflict")
        if len(markdown) > MARKDOWN_CHARACTERS:
            raise SlackError("msg_too_long")
        text = markdown
    if text and len(text) > characters:
        raise SlackError("msg_too_long")
    if not text and not blocks and not attachments:
        raise SlackError("no_text")
    return _Content(text, blocks, attachments)


def _metadata(arguments: Arguments) -> Json | None:
    """The message metadata given: an empty object removes what was there."""
    metadata = arguments.structure("metadata", "invalid_metadata_format")
    if metadata is None or metadata == {}:
        return None if metadata is None else {}
    if (
        not isinstance(metadata, dict)
        or not isinstance(metadata.get("event_type"), str)
        or not metadata["event_type"]
        or not isinstance(metadata.get("event_payload"), dict)
    ):
        raise SlackError("invalid_metadata_format")
    checked: Json = metadata
    return checked


def _destination(call: Call) -> Channel:
    """The channel to post to: by id or name, or a person's id for the DM with them."""
    workspace = call.core.workspace
    given = call.arguments.text("channel")
    if given in workspace.users:
        user = workspace.users[given]
        channel = workspace.dm(call.app, given)
        if channel is None:
            # To somebody deactivated, a message goes through where a DM exists
            # (https://github.com/slackapi/python-slack-sdk/issues/1156); that none can be
            # opened then is believed, from conversations.open's `user_disabled`.
            if user.deleted or user.app_id is not None:
                raise SlackError("channel_not_found")
            channel = workspace.open_dm(call.app, given)
    else:
        channel = call.channel(by_name=True)
    if channel.archived:
        raise SlackError("is_archived")
    if call.bot not in channel.members and "chat:write.public" not in call.app.scopes:
        raise SlackError("not_in_channel")
    if channel.kind == "im" and not call.app.messages_tab:
        raise SlackError("messages_tab_disabled")
    return channel


@method(
    "chat.postMessage",
    tier="t5",
    scopes="chat:write",
    required="channel",
    optional="as_user attachments blocks current_draft_last_updated_ts icon_emoji icon_url "
    "link_names markdown_text metadata mrkdwn parse reply_broadcast text thread_ts unfurl_links "
    "unfurl_media username",
    errors="channel_not_found invalid_metadata_format is_archived messages_tab_disabled "
    f"not_in_channel {_CONTENT_ERRORS}",
    missing={"channel": "channel_not_found"},
)
def chat_post_message(call: Call) -> dict[str, Any]:
    """Post. A `thread_ts` without a message is taken as it is (believed; nothing documents it)."""
    channel = _destination(call)
    content = _content(call.arguments, POST_CHARACTERS)
    metadata = _metadata(call.arguments)
    message = call.core.messages.post(
        channel,
        call.bot,
        content.text or "",
        blocks=content.blocks,
        attachments=content.attachments,
        metadata=metadata or None,
        thread_ts=call.arguments.text("thread_ts") or None,
        broadcast=call.arguments.flag("reply_broadcast"),
        app=call.app,
    )
    # Believed: the answer repeats the metadata just given, though a history would keep it back.
    shown = call.core.messages.shown(message, with_metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


@method(
    "chat.postEphemeral",
    tier="t4",
    scopes="chat:write",
    required="user channel",
    optional="as_user attachments blocks icon_emoji icon_url link_names markdown_text metadata "
    "parse text thread_ts username",
    errors="channel_not_found is_archived messages_tab_disabled not_in_channel user_not_in_channel "
    f"{_CONTENT_ERRORS}",
    missing={"channel": "channel_not_found", "user": "user_not_in_channel"},
)
def chat_post_ephemeral(call: Call) -> dict[str, Any]:
    """Show something to one person. Metadata is taken and forgotten."""
    channel = _destination(call)
    content = _content(call.arguments, POST_CHARACTERS)
    to = call.core.workspace.users.get(call.arguments.text("user"))
    if to is None or to.deleted or to.id not in channel.members:
        raise SlackError("user_not_in_channel")
    message = call.core.messages.post_ephemeral(
        channel,
        to.id,
        call.app,
        content.text or "",
        content.blocks,
        call.arguments.text("thread_ts") or None,
    )
    return {"message_ts": message.ts}


def _own_message(call: Call, not_ours: str) -> Message:
    channel = call.channel()
    message = call.core.messages.find(channel.id, call.arguments.text("ts"))
    if message is None:
        raise SlackError("message_not_found")
    if message.user != call.bot:
        raise SlackError(not_ours)
    return message


@method(
    "chat.update",
    tier="t3",
    scopes="chat:write",
    required="ts channel",
    optional="as_user attachments unfurled_attachments blocks markdown_text metadata link_names "
    "parse text reply_broadcast file_ids",
    errors="cant_update_message channel_not_found invalid_metadata_format message_not_found "
    f"{_CONTENT_ERRORS}",
    missing={"channel": "channel_not_found", "ts": "message_not_found"},
)
def chat_update(call: Call) -> dict[str, Any]:
    """Change a message of the app's own.

    Its page: blocks that are not given are kept only if no text is given either; text alone takes
    the place of the blocks.
    """
    message = _own_message(call, "cant_update_message")
    content = _content(call.arguments, UPDATE_CHARACTERS)
    blocks = content.blocks
    if blocks is None and content.text is not None:
        blocks = []
    call.core.messages.change(
        message,
        call.bot,
        text=content.text,
        blocks=blocks,
        attachments=content.attachments,
        metadata=_metadata(call.arguments),
    )
    return {
        "channel": message.channel,
        "ts": message.ts,
        "text": message.text,
        "message": call.core.messages.shown(message, with_metadata=True),
    }


@method(
    "chat.delete",
    tier="t3",
    scopes="chat:write",
    required="ts channel",
    optional="as_user",
    errors="cant_delete_message channel_not_found message_not_found",
    missing={"channel": "channel_not_found", "ts": "message_not_found"},
)
def chat_delete(call: Call) -> dict[str, Any]:
    """Delete a message of the app's own."""
    message = _own_message(call, "cant_delete_message")
    call.core.messages.delete(message)
    return {"channel": message.channel, "ts": message.ts}


@method(
    "chat.getPermalink",
    tier="t5",
    required="channel message_ts",
    errors="channel_not_found message_not_found",
    missing={"channel": "channel_not_found", "message_ts": "message_not_found"},
)
def chat_get_permalink(call: Call) -> dict[str, Any]:
    """The address of a message."""
    channel = call.channel()
    message = call.core.messages.find(channel.id, call.arguments.text("message_ts"))
    if message is None:
        raise SlackError("message_not_found")
    link = f"{call.core.url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}
