"""Slack's requests over HTTP: verified first, then read, then handed to Bolt."""

from collections.abc import Awaitable, Callable

from slack_bolt.adapter.starlette.async_handler import (
    to_async_bolt_request,
    to_starlette_response,
)
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

__all__ = ["MOST_BYTES", "slack_events_endpoint"]

MOST_BYTES = 1_000_000
"""A view of 250 KB, whose every byte becomes three in a form's encoding, with room to spare."""


def slack_events_endpoint(
    app: AsyncApp, signing_secret: str
) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint for POST /slack/events: events, interactions and commands alike.

    Answers 413 to a body over MOST_BYTES, 401 to a wrong, missing or stale signature, 400 to a
    signed body that cannot be read, and otherwise what Bolt answers. Bolt by itself reads before it
    verifies, and answers 500 to what it cannot read.
    """
    verifier = SignatureVerifier(signing_secret)

    async def endpoint(request: Request) -> Response:
        body = await _body_of(request)
        if body is None:
            return PlainTextResponse("too large", 413)
        if not _is_signed(verifier, request, body):
            return PlainTextResponse("not signed", 401)
        try:
            read = to_async_bolt_request(request, body)
        except (ValueError, AttributeError):
            # Broken JSON; or JSON that is no object, which Bolt takes for one.
            return PlainTextResponse("not readable", 400)
        return to_starlette_response(await app.async_dispatch(read))

    return endpoint


async def _body_of(request: Request) -> bytes | None:
    """The whole body; None as soon as it is too long."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)


def _is_signed(verifier: SignatureVerifier, request: Request, body: bytes) -> bool:
    timestamp = request.headers.get("x-slack-request-timestamp", "")
    signature = request.headers.get("x-slack-signature", "")
    # The verifier trusts its caller with these: it raises for what is no number or not ASCII, and
    # Slack signs nothing but UTF-8.
    if not (timestamp.isascii() and timestamp.isdecimal() and signature.isascii()):
        return False
    try:
        return verifier.is_valid(body, timestamp, signature)
    except UnicodeDecodeError:
        return False
