"""Who may ask for the page, and who may change something through it: this page alone.

A browser runs whatever site somebody has open, and each of them can send requests to loopback. So
nothing is trusted for having arrived: the Host header names this machine (no DNS rebinding), what
is not the opening of a page comes from this origin, and what changes something brings a token that
only this run's pages hold. The answers say that nobody may frame, embed or sniff them.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.loopback import names_loopback

__all__ = ["CONTENT_SECURITY_POLICY", "TOKEN_HEADER", "Guard"]

TOKEN_HEADER = "X-Sandbox-Token"
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; "
    "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not `no-referrer`: under it, some requests of the page itself have the Origin `null`.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_READING = frozenset({"GET", "HEAD"})


class Guard:
    """ASGI middleware around everything that the page is made of; `page_token` is this run's.

    What it refuses has status 403 and says why, as `{"error": sentence}`.
    """

    def __init__(self, app: ASGIApp, page_token: str) -> None:
        self._app = app
        self._token = page_token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on; either way, the answer carries the page's headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                _harden(MutableHeaders(scope=message))
            await send(message)

        problem = self._problem(scope)
        if problem:
            refusal = JSONResponse({"error": problem}, status_code=403)
            await refusal(scope, receive, send_guarded)
            return
        await self._app(scope, receive, send_guarded)

    def _problem(self, scope: Scope) -> str:
        """Why the request is refused, or nothing."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not names_loopback(host):
            return "The sandbox answers on loopback only."
        reading = scope["method"] in _READING
        if not (reading and _opens_a_page(headers)) and not _from_here(
            headers, f"{scope['scheme']}://{host}"
        ):
            return "The sandbox takes this from its own page only."
        if not reading and not self._brings_the_token(headers):
            return "This page is of an earlier run. Reload it."
        return ""

    def _brings_the_token(self, headers: Headers) -> bool:
        brought = headers.get(TOKEN_HEADER, "").encode()
        return hmac.compare_digest(brought, self._token)


def _opens_a_page(headers: Mapping[str, str]) -> bool:
    """Whether a browser's tab goes there: a link, a bookmark, an address typed in; no frame."""
    return (
        headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    )


def _from_here(headers: Mapping[str, str], origin: str) -> bool:
    """Whether nothing says that the request comes from elsewhere.

    `same-site` does not do: to a browser, all ports of this machine are one site. What says
    nothing at all is no browser's request (and brings no person's trust with it).
    """
    if headers.get("origin", origin).lower() != origin.lower():
        return False
    return headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")


def _harden(headers: MutableHeaders) -> None:
    # Added, not set: of several policies, each must agree.
    headers.append("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    for name, value in _HEADERS.items():
        headers[name] = value
    # A page holds the token of its run; after a restart, Back must not bring up the old one.
    is_page = headers.get("content-type", "").startswith("text/html")
    headers.setdefault("Cache-Control", "no-store" if is_page else "no-cache")
