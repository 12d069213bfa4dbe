"""The HTTP face: Slack's requests, and whether the process lives and can work."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from coaching.errors import WidelensError
from coaching.ports import Clock, DueBoard
from storage import migration_state

__all__ = ["LONGEST_DELAY", "Endpoint", "Readiness", "create_web"]

Endpoint = Callable[[Request], Awaitable[Response]]

LONGEST_DELAY = timedelta(minutes=5)
"""What is due longer than this, and could go, says that the process does not keep up."""


class Readiness:
    """Whether the process can work: the database answers, has this version's tables, no backlog."""

    def __init__(
        self, *, database_url: str, board: DueBoard, clock: Clock, workspace_id: str
    ) -> None:
        self._database_url = database_url
        self._board = board
        self._clock = clock
        self._workspace_id = workspace_id

    async def problems(self) -> list[str]:
        """A sentence for each thing in the way; none where it can work."""
        try:
            state = await asyncio.to_thread(migration_state, self._database_url)
            if not state.is_current:
                return [state.sentence]
            late = await self._board.due(self._clock.now() - LONGEST_DELAY)
        except WidelensError as error:
            return [f"the database can't be used ({type(error).__name__})"]
        if self._workspace_id in late:
            minutes = LONGEST_DELAY // timedelta(minutes=1)
            return [f"what was due more than {minutes} minutes ago is still to be done"]
        return []


def create_web(readiness: Readiness, slack_events: Endpoint | None) -> Starlette:
    """The application; without `slack_events` (Socket Mode) it only tells how the process is."""

    async def healthz(_request: Request) -> Response:
        return JSONResponse({"status": "alive"})

    async def readyz(_request: Request) -> Response:
        problems = await readiness.problems()
        said = {"status": "not ready" if problems else "ready", "problems": problems}
        return JSONResponse(said, status_code=503 if problems else 200)

    routes = [Route("/healthz", healthz), Route("/readyz", readyz)]
    if slack_events is not None:
        routes.append(Route("/slack/events", slack_events, methods=["POST"]))
    return Starlette(routes=routes)
