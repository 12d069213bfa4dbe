"""Emoji on messages."""

from __future__ import annotations

from typing import Any

from sandbox.errors import SlackError
from sandbox.methods.paging import page
from sandbox.methods.registry import Call, method
from sandbox.records import Json, Message


def _message(call: Call) -> Message:
    """The message named by `channel` and `timestamp`, if the bot is where it stands.

    The pages list no `not_in_channel`, so a channel out of reach is one not found (believed).
    """
    if not call.arguments.text("channel") or not call.arguments.text("timestamp"):
        raise SlackError("no_item_specified")
    channel = call.channel()
    if call.bot not in channel.members:
        raise SlackError("channel_not_found")
    return call.message(channel, "timestamp")


@method(
    "reactions.add",
    tier="t3",
    scopes="reactions:write",
    required="name timestamp channel",
    errors="already_reacted bad_timestamp channel_not_found invalid_name is_archived "
    "message_not_found no_item_specified too_many_emoji too_many_reactions",
    missing={
        "name": "invalid_name",
        "timestamp": "no_item_specified",
        "channel": "no_item_specified",
    },
)
def reactions_add(call: Call) -> dict[str, Any]:
    """React to a message, as the bot."""
    message = _message(call)
    if call.core.workspace.channels[message.channel].archived:
        raise SlackError("is_archived")
    call.core.reactions.add(message, call.bot, call.arguments.text("name"))
    return {}


@method(
    "reactions.remove",
    tier="t2",
    scopes="reactions:write",
    required="name",
    optional="file file_comment channel timestamp",
    errors="bad_timestamp channel_not_found file_comment_not_found file_not_found invalid_name "
    "message_not_found no_item_specified no_reaction",
    missing={"name": "invalid_name"},
)
def reactions_remove(call: Call) -> dict[str, Any]:
    """Take the bot's own reaction back. Files of themselves bear no reactions."""
    _not_of_a_file(call)
    call.core.reactions.remove(_message(call), call.bot, call.arguments.text("name"))
    return {}


@method(
    "reactions.get",
    tier="t3",
    scopes="reactions:read",
    optional="channel file file_comment full timestamp",
    errors="bad_timestamp channel_not_found file_comment_not_found file_not_found "
    "message_not_found no_item_specified",
)
def reactions_get(call: Call) -> dict[str, Any]:
    """A message with its reactions. All who reacted are named, as with `full`."""
    _not_of_a_file(call)
    return _item(call, _message(call))


@method(
    "reactions.list",
    tier="t2",
    scopes="reactions:read",
    optional="count cursor full limit page team_id user",
    errors="invalid_cursor user_not_found",
)
def reactions_list(call: Call) -> dict[str, Any]:
    """What a person, or the bot itself, has reacted to, newest message first."""
    user = call.arguments.text("user", call.bot)
    if user not in call.core.workspace.users:
        raise SlackError("user_not_found")
    found = [
        message
        for message in call.core.messages
        if any(user in users for users in message.reactions.values())
        and call.bot in call.core.workspace.channels[message.channel].members
    ]
    found.sort(key=lambda message: float(message.ts), reverse=True)
    limit = call.arguments.number("limit", 100, most=1000)
    some, cursor = page(found, call.arguments.text("cursor"), limit)
    return {
        "items": [_item(call, message) for message in some],
        "response_metadata": {"next_cursor": cursor},
    }


def _item(call: Call, message: Message) -> Json:
    shown = call.core.messages.shown(message)
    return {"type": "message", "channel": message.channel, "message": shown}


def _not_of_a_file(call: Call) -> None:
    for name in ("file", "file_comment"):
        if name in call.arguments:
            raise SlackError(f"{name}_not_found")
