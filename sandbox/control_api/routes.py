"""The addresses of the control API.

Every verb is a POST to /control/<verb> with a JSON object of arguments, and answers a JSON object;
the feed is a GET. The per-run control token goes in the Authorization header.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.answering import EXPECTED, refusal
from sandbox.control_api.verbs import verbs
from sandbox.core import Core
from sandbox.decoding import decoded

__all__ = ["ControlRoutes"]

_LONGEST_WAIT = 60.0


class ControlRoutes:
    """The routes under /control/, for whoever has `token`."""

    def __init__(self, core: Core, token: str) -> None:
        self._feed = core.workspace.feed
        self._token = token
        self._verbs = verbs(core)

    def routes(self) -> list[Route]:
        """One for every verb, and one for the feed."""
        return [
            Route("/control/feed", self._entries, methods=["GET"]),
            Route("/control/{verb}", self._act, methods=["POST"]),
        ]

    async def _act(self, request: Request) -> Response:
        if not self._allowed(request):
            return _not_allowed()
        verb = self._verbs.get(request.path_params["verb"])
        if verb is None:
            return JSONResponse({"error": "no such verb"}, status_code=404)
        try:
            result = verb(**decoded(await request.body()))
            if isinstance(result, Awaitable):
                result = await result
        except EXPECTED as error:
            return refusal(error)
        return JSONResponse({"result": result})

    async def _entries(self, request: Request) -> Response:
        """What happened after entry `after`; up to `wait` seconds later, where nothing has yet."""
        if not self._allowed(request):
            return _not_allowed()
        asked = request.query_params
        try:
            after = int(asked.get("after", self._feed.seq))
            wait = min(float(asked.get("wait", 0)), _LONGEST_WAIT)
        except ValueError as error:
            return refusal(error)
        entries = await self._feed.wait(after, wait)
        return JSONResponse({"entries": entries, "seq": self._feed.seq})

    def _allowed(self, request: Request) -> bool:
        given = request.headers.get("authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode())


def _not_allowed() -> JSONResponse:
    return JSONResponse({"error": "wrong control token"}, status_code=401)
