"""Who may change something through the page: a page of this run alone.

To what `sandbox.loopback` holds of every request, it adds the token that only this run's pages
hold, and answers that say that nobody may frame, embed or sniff them. It checks both, so that the
page does not depend on what stands before it.
"""

from __future__ import annotations

import hmac

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.loopback import READING, problem_of

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

        problem = problem_of(scope) or self._lacks_the_token(scope)
        if problem:
            refusal = JSONResponse({"error": problem}, status_code=403)
            await refusal(scope, receive, send_guarded)
            return
        await self._app(scope, receive, send_guarded)

    def _lacks_the_token(self, scope: Scope) -> str:
        """Why something that may change something is refused, or nothing."""
        brought = Headers(scope=scope).get(TOKEN_HEADER, "").encode()
        if scope["method"] in READING or hmac.compare_digest(brought, self._token):
            return ""
        return "This page is of an earlier run. Reload it."


def _harden(headers: MutableHeaders) -> None:
    # Added, not set: of several policies, each must agree.
    headers.append("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    for name, value in _HEADERS.items():
        headers[name] = value
    # A page holds the token of its run; after a restart, Back must not bring up the old one.
    is_page = headers.get("content-type", "").startswith("text/html")
    headers.setdefault("Cache-Control", "no-store" if is_page else "no-cache")
