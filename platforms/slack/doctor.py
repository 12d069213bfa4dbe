"""What is wrong with a token, and how to mend it."""

from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from platforms.slack.client import NotIdentified, identify
from platforms.slack.errors import CallFailed, answer_to
from platforms.slack.manifest import bot_scopes

__all__ = ["Finding", "check_token"]

_MENDS = {
    "unreachable": "Slack cannot be reached from here: check the network, a proxy, SLACK_API_URL.",
    "timeout": "Slack did not answer in time: try again.",
    "account_inactive": "The app was removed from the workspace: install it again.",
    "token_revoked": "The app was removed from the workspace: install it again.",
}
_BOT_TOKEN = (
    "Copy the Bot User OAuth Token (xoxb-…) from the app's page, OAuth & Permissions, into"
    " SLACK_BOT_TOKEN."
)
_APP_TOKEN = (
    "Make an app-level token (xapp-…) with connections:write on the app's page, Basic Information,"
    " put it into SLACK_APP_TOKEN, and switch Socket Mode on."
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something looked at: what, whether it is well, and how to mend it where it is not."""

    what: str
    ok: bool
    mend: str = ""


async def check_token(client: AsyncWebClient, app_token: str | None = None) -> list[Finding]:
    """What there is to say of the client's bot token and, where given, the app token.

    Never raises for what Slack or the network does.
    """
    findings = await _bot(client)
    if app_token is not None:
        findings.append(await _socket(client, app_token))
    return findings


async def _bot(client: AsyncWebClient) -> list[Finding]:
    try:
        identity = await identify(client)
    except NotIdentified as error:
        mend = _MENDS.get(error.code, _BOT_TOKEN)
        return [Finding(f"bot token: Slack says {error.code}", ok=False, mend=mend)]
    findings = [Finding(f"bot token of workspace {identity.workspace.external_id}", ok=True)]
    missing = sorted(set(bot_scopes()) - identity.scopes)
    if missing:
        mend = "Paste the output of `widelens manifest` into the app's manifest and reinstall it."
        findings.append(Finding(f"scopes missing: {', '.join(missing)}", ok=False, mend=mend))
    else:
        findings.append(Finding("scopes", ok=True))
    return findings


async def _socket(client: AsyncWebClient, app_token: str) -> Finding:
    try:
        await answer_to(client.apps_connections_open(app_token=app_token))
    except CallFailed as error:
        code = error.failure.code
        mend = _MENDS.get(code, _APP_TOKEN)
        return Finding(f"app token: Slack says {code}", ok=False, mend=mend)
    return Finding("app token opens a socket", ok=True)
