"""Who may ask the sandbox for anything: this machine, and of what a browser on it shows, its page.

A browser runs whatever site somebody has open, and each of them can send requests to loopback. So
nothing is trusted for having arrived: the Host header names this machine (no DNS rebinding), and
what is not the opening of a page does not come from another site.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["READING", "LoopbackOnly", "problem_of"]

READING = frozenset({"GET", "HEAD"})
"""The HTTP methods that only look."""

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_OTHER_NAME = "The sandbox answers on loopback only."
_OTHER_SITE = "The sandbox takes this from its own page only."


class LoopbackOnly:
    """ASGI middleware around all of the sandbox.

    Refuses what came here under another name, and what another site's page sends; the status is
    403, the body says why as `{"error": sentence}`. Programs, which say nothing of an origin, pass:
    they have to know a token for whatever they want.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "websocket":
            # By name only: a socket needs its own ticket, and some clients make an Origin up.
            if not _names_loopback(Headers(scope=scope).get("host", "")):
                await receive()
                await send({"type": "websocket.close", "code": 1008})
                return
        elif scope["type"] == "http":
            problem = problem_of(scope)
            if problem:
                await JSONResponse({"error": problem}, status_code=403)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def problem_of(scope: Scope) -> str:
    """Why an HTTP request is refused, whatever it asks for; or nothing."""
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    if not _names_loopback(host):
        return _OTHER_NAME
    if scope["method"] in READING and _opens_a_page(headers):
        return ""
    return "" if _from_here(headers, f"{scope['scheme']}://{host}") else _OTHER_SITE


def _names_loopback(host: str) -> bool:
    """Whether a Host header, with its port or without, is one of this machine's own names."""
    host = host.lower()
    return host in _LOOPBACK or host.rsplit(":", 1)[0] in _LOOPBACK


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
