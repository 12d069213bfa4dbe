"""Channels and direct messages: opening, describing and listing them."""

from __future__ import annotations

from typing import Any

from sandbox.errors import SlackError
from sandbox.methods.paging import page
from sandbox.methods.registry import Call, method
from sandbox.records import Channel, ChannelKind, Json

_READ_SCOPES = "groups:read im:read mpim:read channels:read"
_SCOPE_PREFIX: dict[ChannelKind, str] = {
    "public_channel": "channels",
    "private_channel": "groups",
    "mpim": "mpim",
    "im": "im",
}
# "Provide 1 to 8 user IDs" (https://docs.slack.dev/reference/methods/conversations.open).
MOST_USERS = 8
_TYPES = ("public_channel", "private_channel", "mpim", "im")


def scope_for(channel: Channel, what: str) -> str:
    """The scope that reading (`read`) or the history (`history`) of such a channel needs."""
    return f"{_SCOPE_PREFIX[channel.kind]}:{what}"


def channel_object(call: Call, channel: Channel) -> Json:
    """The conversation object, as the calling app sees it."""
    shared: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.archived,
        "is_im": channel.kind == "im",
        "is_mpim": channel.kind == "mpim",
        "context_team_id": call.core.workspace.id,
        "is_org_shared": False,
    }
    if channel.kind == "im":
        user = call.core.workspace.users[str(channel.user)]
        return {**shared, "user": channel.user, "is_user_deleted": user.deleted, "is_open": True}
    return {
        **shared,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "public_channel",
        "is_group": channel.kind == "private_channel",
        "is_private": channel.kind != "public_channel",
        "is_general": False,
        "is_member": call.bot in channel.members,
        "is_shared": False,
        "is_ext_shared": False,
        "creator": channel.creator,
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "num_members": len(channel.members),
    }


@method(
    "conversations.open",
    tier="t3",
    scopes="channels:manage groups:write im:write mpim:write",
    optional="channel return_im users prevent_creation",
    errors="channel_not_found method_not_supported_for_channel_type too_many_users user_disabled "
    "user_not_found users_list_not_supplied",
)
def conversations_open(call: Call) -> dict[str, Any]:
    """Open the direct message with one person, or with several together."""
    if call.arguments.text("channel"):
        channel = call.channel()
        if not channel.is_direct:
            raise SlackError("method_not_supported_for_channel_type")
        call.need(f"{_SCOPE_PREFIX[channel.kind]}:write")
        return {"no_op": True, "already_open": True, "channel": {"id": channel.id}}
    users = _wanted(call)
    workspace = call.core.workspace
    # One scope of four lets the method be called at all; each kind of direct message needs its own
    # (the method's page lists one scope for each kind of conversation).
    call.need("im:write" if len(users) == 1 else "mpim:write")
    members = [call.bot, *users]
    alone = len(users) == 1
    existing = workspace.dm(call.app, users[0]) if alone else workspace.group_dm(members)
    if existing is None and call.arguments.flag("prevent_creation"):
        raise SlackError("channel_not_found")
    channel = workspace.open_dm(call.app, users[0]) if alone else workspace.open_group_dm(members)
    already = {"no_op": True, "already_open": True} if existing else {}
    if call.arguments.flag("return_im"):
        return {**already, "channel": channel_object(call, channel)}
    return {**already, "channel": {"id": channel.id}}


def _wanted(call: Call) -> list[str]:
    """The people to open a direct message with. The bot itself is in it anyway."""
    named = [user for user in call.arguments.words("users") if user != call.bot]
    users = list(dict.fromkeys(named))
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > MOST_USERS:
        raise SlackError("too_many_users")
    known = call.core.workspace.users
    if any(user not in known for user in users):
        raise SlackError("user_not_found")
    if any(known[user].deleted for user in users):
        raise SlackError("user_disabled")
    return users


@method(
    "conversations.info",
    tier="t3",
    scopes=_READ_SCOPES,
    required="channel",
    optional="include_locale include_num_members",
    errors="channel_not_found",
    missing={"channel": "channel_not_found"},
)
def conversations_info(call: Call) -> dict[str, Any]:
    """One conversation. The number of members comes only when asked for."""
    channel = call.channel()
    call.need(scope_for(channel, "read"))
    about = channel_object(call, channel)
    if not call.arguments.flag("include_num_members"):
        about.pop("num_members", None)
    return {"channel": about}


@method(
    "conversations.members",
    tier="t4",
    scopes=_READ_SCOPES,
    required="channel",
    optional="cursor limit",
    errors="channel_not_found invalid_cursor invalid_limit",
    missing={"channel": "channel_not_found"},
)
def conversations_members(call: Call) -> dict[str, Any]:
    """The ids of those in a conversation, the bot's own among them."""
    channel = call.channel()
    call.need(scope_for(channel, "read"))
    limit = call.arguments.number("limit", 100, most=1000, error="invalid_limit")
    members, cursor = page(channel.members, call.arguments.text("cursor"), limit)
    return {"members": members, "response_metadata": {"next_cursor": cursor}}


def _listed(call: Call, member: str | None) -> dict[str, Any]:
    types = call.arguments.words("types", "public_channel")
    if not set(types) <= set(_TYPES):
        raise SlackError("invalid_types")
    for kind, prefix in _SCOPE_PREFIX.items():
        if kind in types:
            call.need(f"{prefix}:read")
    channels = [
        channel
        for channel in call.core.workspace.channels.values()
        if channel.kind in types
        and call.sees(channel)
        and (member is None or member in channel.members)
        and not (channel.archived and call.arguments.flag("exclude_archived"))
    ]
    limit = call.arguments.number("limit", 100, most=1000, error="invalid_limit")
    found, cursor = page(channels, call.arguments.text("cursor"), limit)
    return {
        "channels": [channel_object(call, channel) for channel in found],
        "response_metadata": {"next_cursor": cursor},
    }


@method(
    "conversations.list",
    tier="t2",
    scopes=_READ_SCOPES,
    optional="cursor exclude_archived limit team_id types",
    errors="invalid_cursor invalid_limit invalid_types",
)
def conversations_list(call: Call) -> dict[str, Any]:
    """All conversations that the app may know of."""
    return _listed(call, None)


@method(
    "users.conversations",
    tier="t3",
    scopes=_READ_SCOPES,
    optional="cursor exclude_archived exclude_muted limit team_id types user",
    errors="invalid_cursor invalid_limit invalid_types",
)
def users_conversations(call: Call) -> dict[str, Any]:
    """The conversations that the bot, or another user, is in."""
    return _listed(call, call.arguments.text("user") or call.bot)
