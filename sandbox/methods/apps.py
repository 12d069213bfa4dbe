"""Who am I, where am I, and how do I connect."""

from __future__ import annotations

from typing import Any

from sandbox.errors import SlackError
from sandbox.methods.registry import Call, method


@method("auth.test", tier="t5", errors="internal_error")
def auth_test(call: Call) -> dict[str, Any]:
    """The identity behind the token. `url` is the sandbox's own address."""
    workspace = call.core.workspace
    return {
        "url": f"{call.core.url}/",
        "team": workspace.name,
        "user": workspace.users[call.bot].handle,
        "team_id": workspace.id,
        "user_id": call.bot,
        "bot_id": call.app.installation.bot_id,
        "is_enterprise_install": False,
    }


@method("apps.connections.open", tier="t3", errors="forbidden_team internal_error", token="app")
def apps_connections_open(call: Call) -> dict[str, Any]:
    """A Socket Mode address, good for one connection."""
    if not call.app.socket_mode:
        # Believed: the documented error that comes nearest to "Socket Mode is switched off".
        raise SlackError("forbidden_team")
    address = call.core.url.replace("http://", "ws://", 1)
    return {"url": f"{address}/link/?ticket={call.core.sockets.ticket(call.app)}"}


@method("team.info", tier="t3", scopes="team:read", optional="domain team", errors="team_not_found")
def team_info(call: Call) -> dict[str, Any]:
    """The workspace."""
    workspace = call.core.workspace
    if call.arguments.text("team", workspace.id) != workspace.id:
        raise SlackError("team_not_found")
    team = {
        "id": workspace.id,
        "name": workspace.name,
        "domain": workspace.domain,
        "url": f"{call.core.url}/",
        "icon": {"image_default": True},
    }
    return {"team": team}


@method(
    "bots.info",
    tier="t3",
    scopes="users:read",
    optional="bot team_id",
    errors="bot_not_found team_not_found",
)
def bots_info(call: Call) -> dict[str, Any]:
    """The bot of an app in the workspace."""
    for app in call.core.workspace.apps.values():
        if app.installation.bot_id == call.arguments.text("bot"):
            bot = {
                "id": app.installation.bot_id,
                "app_id": app.id,
                "user_id": app.installation.bot_user_id,
                "name": app.name,
                "deleted": not app.active,
                "updated": 0,
                "icons": {},
            }
            return {"bot": bot}
    raise SlackError("bot_not_found")
