"""The HTTP door: signed POSTs to an app's request URLs.

https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import secrets
from typing import Any
from urllib.parse import urlencode

import aiohttp

from sandbox.decoding import decoded
from sandbox.delivery import Kind, Receipt, Retry
from sandbox.records import VERIFICATION_TOKEN, App, Json
from sandbox.workspace import Workspace


def signature(secret: str, timestamp: str, body: str) -> str:
    """The value of X-Slack-Signature."""
    base = f"v0:{timestamp}:{body}".encode()
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class SignedHttp:
    """Posts envelopes to request URLs; a `Door`."""

    def __init__(self, workspace: Workspace, ack_seconds: float) -> None:
        self._workspace = workspace
        self._ack_seconds = ack_seconds
        self._session: aiohttp.ClientSession | None = None

    async def send(self, app: App, kind: Kind, payload: Json, retry: Retry | None) -> Receipt:
        """POST one envelope. Redirects are not followed: an app answers at its own address."""
        url = request_url(app, kind, payload)
        if not url:
            return Receipt(None, problem="no_request_url")
        if kind == "events_api":
            body, content_type = json.dumps(payload), "application/json"
        else:
            fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
            body, content_type = urlencode(fields), "application/x-www-form-urlencoded"
        return await self._post(app, url, body, content_type, retry)

    async def verify_url(self, app: App) -> bool:
        """Send the `url_verification` challenge that Slack sends when a URL is entered."""
        challenge = secrets.token_hex(20)
        body = json.dumps(
            {
                "token": VERIFICATION_TOKEN,
                "challenge": challenge,
                "type": "url_verification",
            }
        )
        receipt = await self._post(app, app.events_url or "", body, "application/json", None)
        answered = receipt.body
        if isinstance(answered, dict):
            answered = answered.get("challenge")
        return receipt.accepted and answered == challenge

    async def stop(self) -> None:
        """Close the client session."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _post(
        self, app: App, url: str, body: str, content_type: str, retry: Retry | None
    ) -> Receipt:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        timestamp = str(int(self._workspace.wall()))
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (sandbox)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(app.installation.signing_secret, timestamp, body),
        }
        if retry is not None:
            headers["X-Slack-Retry-Num"] = str(retry.number)
            headers["X-Slack-Retry-Reason"] = retry.reason
        try:
            async with (
                asyncio.timeout(self._ack_seconds),
                self._session.post(
                    url, data=body.encode(), headers=headers, allow_redirects=False
                ) as answer,
            ):
                return Receipt(
                    answer.status,
                    _answer_in(await answer.text(errors="replace")),
                    problem="" if answer.status == 200 else "http_error",
                    no_retry=answer.headers.get("X-Slack-No-Retry") == "1",
                )
        except TimeoutError:
            return Receipt(None, problem="http_timeout")
        except aiohttp.ClientError:
            return Receipt(None, problem="connection_failed")


def request_url(app: App, kind: Kind, payload: Json) -> str | None:
    """Where an app wants what is sent to it; None where its manifest says nothing of that."""
    if kind == "events_api":
        return app.events_url
    if kind == "slash_commands":
        return app.commands.get(payload["command"])
    if payload.get("type") == "block_suggestion":
        return app.options_url
    return app.interactivity_url


def _answer_in(text: str) -> Any:
    try:
        return decoded(text)
    except ValueError:
        return text
