"""Response URLs over HTTP: what an app posts there, and what it is answered."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from sandbox.core import Core
from sandbox.decoding import decoded
from sandbox.errors import SlackError

__all__ = ["HookRoutes"]


class HookRoutes:
    """The addresses that interactions and commands name as their `response_url`."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def routes(self) -> list[Route]:
        """The one address; its token is all that it needs."""
        return [Route("/hooks/actions/{team}/{token}", self._take, methods=["POST"])]

    async def _take(self, request: Request) -> Response:
        try:
            body: Any = decoded(await request.body())
        except ValueError:
            body = None
        try:
            self._core.response_urls.take(request.path_params["token"], body)
        except SlackError as refusal:
            self._core.workspace.mistakes.note_refusal("response_url", refusal)
            if refusal.code in ("expired_url", "used_url"):
                return JSONResponse({"ok": False, "error": refusal.code}, status_code=404)
            # https://github.com/slackapi/java-slack-sdk/issues/1017: a bare word with status 400.
            return PlainTextResponse(refusal.code, status_code=400)
        return PlainTextResponse("ok")
