"""Pinned messages."""

from __future__ import annotations

from typing import Any

from sandbox.errors import SlackError
from sandbox.methods.registry import Call, method
from sandbox.records import Channel, Message

# Believed, from Slack's help pages: a hundred in a conversation.
PINS = 100


def _message(call: Call) -> tuple[Channel, Message]:
    channel = call.channel()
    if not call.arguments.text("timestamp"):
        raise SlackError("no_item_specified")
    return channel, call.message(channel, "timestamp")


def _tell(call: Call, name: str, channel: Channel, message: Message) -> None:
    shown = call.core.messages.shown(message)
    call.core.events.pin(name, channel, message, shown, call.bot)


@method(
    "pins.add",
    tier="t2",
    scopes="pins:write",
    required="channel",
    optional="timestamp",
    errors="already_pinned bad_timestamp channel_not_found message_not_found no_item_specified "
    "not_in_channel too_many_pins",
    missing={"channel": "channel_not_found"},
)
def pins_add(call: Call) -> dict[str, Any]:
    """Pin a message."""
    channel, message = _message(call)
    if call.bot not in channel.members:
        raise SlackError("not_in_channel")
    if any(pin["ts"] == message.ts for pin in channel.pins):
        raise SlackError("already_pinned")
    if len(channel.pins) >= PINS:
        raise SlackError("too_many_pins")
    created = int(call.core.workspace.clock.seconds())
    channel.pins.append({"ts": message.ts, "by": call.bot, "created": created})
    _tell(call, "pin_added", channel, message)
    call.core.workspace.feed.add("pinned", channel=channel.id, ts=message.ts)
    return {}


@method(
    "pins.remove",
    tier="t2",
    scopes="pins:write",
    required="channel",
    optional="timestamp",
    errors="bad_timestamp channel_not_found message_not_found no_item_specified no_pin",
    missing={"channel": "channel_not_found"},
)
def pins_remove(call: Call) -> dict[str, Any]:
    """Unpin a message."""
    channel, message = _message(call)
    kept = [pin for pin in channel.pins if pin["ts"] != message.ts]
    if len(kept) == len(channel.pins):
        raise SlackError("no_pin")
    channel.pins = kept
    _tell(call, "pin_removed", channel, message)
    call.core.workspace.feed.add("unpinned", channel=channel.id, ts=message.ts)
    return {}


@method(
    "pins.list",
    tier="t2",
    scopes="pins:read",
    required="channel",
    errors="channel_not_found",
    missing={"channel": "channel_not_found"},
)
def pins_list(call: Call) -> dict[str, Any]:
    """What is pinned in a channel, newest pin first."""
    channel = call.channel()
    items = []
    for pin in reversed(channel.pins):
        message = call.core.messages.find(channel.id, pin["ts"])
        if message is not None:
            items.append(
                {
                    "type": "message",
                    "channel": channel.id,
                    "created": pin["created"],
                    "created_by": pin["by"],
                    "message": call.core.messages.shown(message),
                }
            )
    return {"items": items}
