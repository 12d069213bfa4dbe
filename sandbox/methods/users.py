"""People: who they are, and when they do not want to be disturbed."""

from __future__ import annotations

from typing import Any

from sandbox.errors import SlackError
from sandbox.methods.paging import page
from sandbox.methods.registry import Call, method
from sandbox.profiles import dnd_object, user_object


@method(
    "users.info",
    tier="t4",
    scopes="users:read",
    required="user",
    optional="include_locale",
    errors="user_not_found",
    missing={"user": "user_not_found"},
)
def users_info(call: Call) -> dict[str, Any]:
    """One user, with the time zone and the status."""
    user = call.core.workspace.users.get(call.arguments.text("user"))
    if user is None:
        raise SlackError("user_not_found")
    shown = user_object(user, call.core.workspace.id, call.core.workspace.clock.now())
    if call.arguments.flag("include_locale"):
        shown["locale"] = "en-GB"
    return {"user": shown}


@method(
    "users.list",
    tier="t2",
    scopes="users:read",
    optional="cursor include_locale limit team_id",
    errors="invalid_cursor",
)
def users_list(call: Call) -> dict[str, Any]:
    """All users, deactivated ones and bots too."""
    workspace = call.core.workspace
    limit = call.arguments.number("limit", 1000, most=1000)
    now = workspace.clock.now()
    users, cursor = page(list(workspace.users.values()), call.arguments.text("cursor"), limit)
    return {
        "members": [user_object(user, workspace.id, now) for user in users],
        "cache_ts": int(workspace.clock.seconds()),
        "response_metadata": {"next_cursor": cursor},
    }


@method(
    "dnd.info",
    tier="t3",
    scopes="dnd:read",
    optional="user team_id",
    errors="user_not_found",
)
def dnd_info(call: Call) -> dict[str, Any]:
    """A person's Do Not Disturb hours: the next time they begin and end.

    "All of the snooze_* properties will only be visible if the user being queried is also the
    current user": here the bot, which never snoozes.
    """
    user = call.core.workspace.users.get(call.arguments.text("user") or call.bot)
    if user is None:
        raise SlackError("user_not_found")
    own = {"snooze_enabled": False} if user.id == call.bot else {}
    return dnd_object(user) | own


@method(
    "dnd.teamInfo",
    tier="t2",
    scopes="dnd:read",
    required="users",
    optional="team_id",
    errors="no_users_provided",
    missing={"users": "no_users_provided"},
)
def dnd_team_info(call: Call) -> dict[str, Any]:
    """The Do Not Disturb hours of up to 50 people.

    Believed: ids that nobody has are left out, for its page lists no `user_not_found`; and more
    than 50 are refused as a wrong argument, for it says "up to 50 users" and names no error.
    """
    wanted = call.arguments.words("users")
    if len(wanted) > 50:
        raise SlackError("invalid_arguments", ["no more than 50 users [json-pointer:/users]"])
    users = call.core.workspace.users
    return {"users": {one: dnd_object(users[one]) for one in wanted if one in users}}
