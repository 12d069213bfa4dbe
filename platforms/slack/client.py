"""The client that calls Slack: one session, one time-out, and no retries of its own."""

import logging
import re
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

import aiohttp
from slack_bolt.logger.messages import warning_client_prioritized_and_token_skipped
from slack_sdk.web.async_client import AsyncWebClient

from coaching.errors import WidelensError
from coaching.team import Workspace
from platforms.slack.errors import CallFailed, answer_to

__all__ = [
    "SEND_TIMEOUT",
    "SLACK_API",
    "Identity",
    "NotIdentified",
    "create_client",
    "create_session",
    "identify",
    "is_loopback",
    "sdk_logger",
]

_TICKET = re.compile(r"(ticket|token)=[^&\s'\"]+")

SLACK_API = "https://slack.com/api/"

SEND_TIMEOUT = timedelta(seconds=5)
"""How long one call may take. A post or a read-back takes at most three of these in all."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is: its workspace, its own ids there, and what its token may do.

    `site` is the workspace's own address, "" where Slack names none.
    """

    workspace: Workspace
    bot_user_id: str
    bot_id: str
    scopes: frozenset[str]
    site: str = ""


class NotIdentified(WidelensError):
    """Slack did not say who the token belongs to. `code` is Slack's error, or what kept it away."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def create_session() -> aiohttp.ClientSession:
    """The session that every call shares. Close it at the end. Needs a running loop."""
    # The client's own time-out does not hold where the session is ours, so the session has it.
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SEND_TIMEOUT.total_seconds()))


def create_client(
    token: str | None, api_url: str = SLACK_API, session: aiohttp.ClientSession | None = None
) -> AsyncWebClient:
    """A client for the Web API at `api_url`.

    It never retries: the SDK's default posts twice where a connection drops after the request
    arrived. Without a session each call opens its own, under the same time-out.
    """
    client = AsyncWebClient(
        token=token,
        base_url=api_url,
        timeout=int(SEND_TIMEOUT.total_seconds()),
        session=session,
        retry_handlers=[],
        logger=sdk_logger(),
    )
    if is_loopback(api_url):
        # The SDK reads HTTPS_PROXY but not NO_PROXY; no proxy leads to this machine itself.
        client.proxy = None
    return client


def sdk_logger() -> logging.Logger:
    """The logger given to the SDK.

    It stays above DEBUG whatever LOG_LEVEL says: there the SDK writes whole payloads, which are
    people's words. Tickets of sockets, which it writes where connecting fails, are taken out.
    """
    logger = logging.getLogger("platforms.slack.sdk")
    logger.setLevel(logging.INFO)
    logger.addFilter(_is_news)
    logger.addFilter(_without_tickets)
    return logger


def _is_news(record: logging.LogRecord) -> bool:
    # Bolt finds SLACK_BOT_TOKEN in the environment by itself, and would warn at every start that
    # it goes by the client it was given.
    return record.msg != warning_client_prioritized_and_token_skipped()


def _without_tickets(record: logging.LogRecord) -> bool:
    record.msg = _TICKET.sub(r"\1=…", record.getMessage())
    record.args = None
    record.exc_info = None  # the traceback names the address too; the message names the error
    return True


def is_loopback(url: str) -> bool:
    """Whether the address is this machine's own."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


async def identify(client: AsyncWebClient) -> Identity:
    """Whose token this is (auth.test). Raises NotIdentified."""
    try:
        answer = await answer_to(client.auth_test())
    except CallFailed as error:
        raise NotIdentified(error.failure.code) from None
    granted = answer.headers.get("x-oauth-scopes", "")
    return Identity(
        workspace=Workspace.of("slack", answer["team_id"]),
        bot_user_id=answer["user_id"],
        bot_id=answer.get("bot_id") or "",
        scopes=frozenset(scope.strip() for scope in granted.split(",") if scope.strip()),
        site=_site(answer.get("url")),
    )


def _site(url: object) -> str:
    """The address, where links may be made of it."""
    text = str(url or "")
    parts = urlsplit(text)
    return text if parts.scheme in {"http", "https"} and parts.netloc else ""
