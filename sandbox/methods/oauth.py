"""Installing and removing apps: codes for tokens, and tokens taken back."""

from __future__ import annotations

from typing import Any

from sandbox.errors import SlackError
from sandbox.methods.registry import Call, method


@method(
    "oauth.v2.access",
    tier="t5",
    optional="client_id client_secret code code_verifier redirect_uri grant_type refresh_token "
    "assertion",
    errors="bad_client_secret bad_redirect_uri invalid_client_id invalid_code invalid_grant_type "
    "invalid_refresh_token pkce_not_allowed",
    token="client",
)
def oauth_v2_access(call: Call) -> dict[str, Any]:
    """A code for the bot's token; or, with `grant_type`, a refresh token for new ones."""
    grant = call.arguments.text("grant_type", "authorization_code")
    if grant == "refresh_token":
        return call.core.installs.refresh(call.app, call.arguments.text("refresh_token"))
    if grant != "authorization_code":
        raise SlackError("invalid_grant_type")
    if "code_verifier" in call.arguments:
        # An app has to be switched to PKCE at Slack, and none is here.
        raise SlackError("pkce_not_allowed")
    return call.core.installs.exchange(
        call.app, call.arguments.text("code"), call.arguments.text("redirect_uri")
    )


@method("auth.revoke", tier="t3", optional="test", errors="")
def auth_revoke(call: Call) -> dict[str, Any]:
    """Take back the token that calls. The app stays installed, its bot is deactivated.

    That `test` answers `revoked: false` is documented by its description, "triggers a testing
    mode where the specified token will not actually be revoked".
    """
    if call.arguments.flag("test"):
        return {"revoked": False}
    call.core.events.token_revoked(call.app)
    call.core.workspace.withdraw(call.app, call.token)
    return {"revoked": True}


@method(
    "apps.uninstall",
    tier="t1",
    required="client_id client_secret",
    errors="bad_client_secret client_id_token_mismatch invalid_client_id",
    missing={"client_id": "invalid_client_id", "client_secret": "bad_client_secret"},
)
def apps_uninstall(call: Call) -> dict[str, Any]:
    """Remove the app from the workspace, with all its tokens."""
    if call.core.installs.client(call.arguments) is not call.app:
        raise SlackError("client_id_token_mismatch")
    call.core.events.uninstalled(call.app)
    call.core.workspace.withdraw(call.app)
    return {}
