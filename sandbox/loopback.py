"""The names this machine answers to: its own, so that no web page elsewhere reaches the sandbox."""

from __future__ import annotations

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


def names_loopback(host: str) -> bool:
    """Whether a Host header, with its port or without, is one of this machine's own names."""
    host = host.lower()
    return host in _LOOPBACK or host.rsplit(":", 1)[0] in _LOOPBACK


class LoopbackOnly:
    """Refuses requests that came here under another name (DNS rebinding from a web page)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on if its Host header names this machine's loopback."""
        if scope["type"] in ("http", "websocket"):
            headers = dict(scope["headers"])
            if not names_loopback(headers.get(b"host", b"").decode("latin-1")):
                if scope["type"] == "websocket":
                    await receive()
                    await send({"type": "websocket.close", "code": 1008})
                    return
                refusal = PlainTextResponse("the sandbox answers on loopback only", 403)
                await refusal(scope, receive, send)
                return
        await self._app(scope, receive, send)
