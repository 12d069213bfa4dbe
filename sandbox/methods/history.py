"""Reading messages back."""

from __future__ import annotations

import re
from typing import Any

from sandbox.errors import SlackError
from sandbox.methods.conversations import scope_for
from sandbox.methods.paging import decoded_text, encoded, page
from sandbox.methods.registry import Call, method
from sandbox.records import Channel, Message

_SCOPES = "groups:history im:history mpim:history channels:history"
# conversations.history: "The maximum number of items to return. Maximum of 999." A limit beyond
# it is brought down (believed: its page lists no `invalid_limit`).
HISTORY_LIMIT = 999
REPLIES_LIMIT = 1000
_TS = re.compile(r"\d+(\.\d{1,6})?$")


def _readable(call: Call) -> Channel:
    channel = call.channel()
    call.need(scope_for(channel, "history"))
    return channel


def _micros(ts: str) -> int:
    seconds, _, fraction = ts.partition(".")
    return int(seconds) * 1_000_000 + int(fraction.ljust(6, "0") or 0)


def _between(call: Call, messages: list[Message]) -> list[Message]:
    """Those after `oldest` and before `latest`; with `inclusive`, those at them too."""
    bounds: dict[str, int | None] = {"oldest": None, "latest": None}
    for name in bounds:
        given = call.arguments.text(name)
        if given:
            if not _TS.match(given):
                raise SlackError(f"invalid_ts_{name}")
            bounds[name] = _micros(given)
    slack = 0 if call.arguments.flag("inclusive") else 1
    oldest, latest = bounds["oldest"], bounds["latest"]
    return [
        message
        for message in messages
        if (oldest is None or _micros(message.ts) >= oldest + slack)
        and (latest is None or _micros(message.ts) <= latest - slack)
    ]


def _shown(call: Call, messages: list[Message]) -> list[dict[str, Any]]:
    with_metadata = call.arguments.flag("include_all_metadata")
    return [call.core.messages.shown(m, with_metadata=with_metadata) for m in messages]


@method(
    "conversations.history",
    tier="t3",
    scopes=_SCOPES,
    required="channel",
    optional="cursor include_all_metadata inclusive latest limit oldest",
    errors="channel_not_found invalid_cursor invalid_ts_latest invalid_ts_oldest not_in_channel",
    missing={"channel": "channel_not_found"},
)
def conversations_history(call: Call) -> dict[str, Any]:
    """Newest first, with `oldest` alone as well (believed); replies only where broadcast."""
    channel = _readable(call)
    if call.bot not in channel.members:
        raise SlackError("not_in_channel")
    messages = [m for m in call.core.messages.of(channel.id) if not m.is_reply or m.broadcast]
    messages = _between(call, messages)[::-1]
    cursor = call.arguments.text("cursor")
    if cursor:
        # Like Slack's, the cursor names the next message, not a position: what is posted
        # between two pages shifts nothing.
        value = decoded_text(cursor, "next_ts")
        if not value.isdigit():
            raise SlackError("invalid_cursor")
        messages = [m for m in messages if _micros(m.ts) <= int(value)]
    limit = call.arguments.number("limit", 100, most=HISTORY_LIMIT)
    found, rest = messages[:limit], messages[limit:]
    answer: dict[str, Any] = {
        "messages": _shown(call, found),
        "has_more": bool(rest),
        "pin_count": len(channel.pins),
    }
    if rest:
        next_cursor = encoded("next_ts", str(_micros(rest[0].ts)))
        answer["response_metadata"] = {"next_cursor": next_cursor}
    return answer


@method(
    "conversations.replies",
    tier="t3",
    scopes=_SCOPES,
    required="channel ts",
    optional="cursor include_all_metadata inclusive latest limit oldest",
    errors="channel_not_found invalid_cursor invalid_ts_latest invalid_ts_oldest thread_not_found",
    missing={"channel": "channel_not_found", "ts": "thread_not_found"},
)
def conversations_replies(call: Call) -> dict[str, Any]:
    """A thread, its parent first, then oldest first. `ts` may be the parent's or a reply's."""
    channel = _readable(call)
    if call.bot not in channel.members:
        # Its page lists no not_in_channel, so a channel out of reach is one not found (believed).
        raise SlackError("channel_not_found")
    ts = call.arguments.text("ts")
    message = call.core.messages.find(channel.id, ts)
    root = (message.thread_ts or ts) if message else ts
    parent = call.core.messages.find(channel.id, root)
    replies = call.core.messages.replies_to(channel.id, root)
    if parent is None and not replies:
        raise SlackError("thread_not_found")
    thread = ([parent] if parent else []) + _between(call, replies)
    limit = call.arguments.number("limit", REPLIES_LIMIT, most=REPLIES_LIMIT)
    found, cursor = page(thread, call.arguments.text("cursor"), limit)
    answer: dict[str, Any] = {"messages": _shown(call, found), "has_more": bool(cursor)}
    if cursor:
        answer["response_metadata"] = {"next_cursor": cursor}
    return answer
