"""What passes between the sandbox and the apps, as it happens: a page for developers.

`/inspector` is the page, `/inspector/lines` are earlier lines, `/inspector/entries/<id>` is what
one of them opens to, `/inspector/live` is the stream of new and changed lines.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from sandbox.core import Core
from sandbox.page.entries import Entries
from sandbox.page.passing import KINDS, Line, line_of_call, line_of_delivery
from sandbox.page.rendering import template
from sandbox.records import Json

__all__ = ["routes"]

_AT_FIRST = 300
# As many as the page keeps: what is older it would drop at once.
_AT_ONCE = 2000
# Under load many lines change between two frames; they travel together.
_GATHERING_SECONDS = 0.05
_PING_SECONDS = 15


def routes(core: Core) -> list[Route]:
    """The routes under /inspector. They only read; the page's guard stands before them."""
    inspector = _Inspector(core)
    return [
        Route("/inspector", inspector.page),
        Route("/inspector/lines", inspector.earlier),
        Route("/inspector/entries/{id}", inspector.entry),
        Route("/inspector/live", inspector.live),
    ]


class _Inspector:
    def __init__(self, core: Core) -> None:
        self._calls, self._sent = core.calls, core.delivery.log
        self._workspace = core.workspace
        self._entries = Entries(core)
        # A browser that comes back to a sandbox started anew must not take up where it was.
        self._run = secrets.token_hex(4)

    async def page(self, request: Request) -> Response:
        lines = self._lines(self._calls.latest(_AT_FIRST), self._sent.latest(_AT_FIRST))
        page = template("inspector.html").render(
            workspace=self._workspace.name,
            kinds=KINDS,
            lines=lines[-_AT_FIRST:],
            since=self._cursor(),
        )
        return HTMLResponse(page)

    async def earlier(self, request: Request) -> Response:
        """The lines before those that the page has: before these numbers of the two logs."""
        try:
            calls, sent = (_number(request, name) for name in ("call", "sent"))
        except ValueError:
            return HTMLResponse("", status_code=400)
        lines = self._lines(
            self._calls.latest(_AT_FIRST, calls), self._sent.latest(_AT_FIRST, sent)
        )
        return HTMLResponse(_drawn(lines[-_AT_FIRST:]))

    async def entry(self, request: Request) -> Response:
        try:
            return HTMLResponse(self._entries.draw(request.path_params["id"]))
        except LookupError:
            gone = '<p class="entry-note">This is no longer kept.</p>'
            return HTMLResponse(gone, status_code=404)

    async def live(self, request: Request) -> Response:
        since = request.headers.get("last-event-id") or request.query_params.get("since", "")
        return EventSourceResponse(self._news(since), ping=_PING_SECONDS)

    async def _news(self, since: str) -> AsyncIterator[ServerSentEvent]:
        run, calls, sent = _parts(since)
        if run != self._run:
            yield ServerSentEvent(event="anew", data="{}")
            return
        bell = self._calls.bell
        while not bell.closed:
            lines = self._lines(self._calls.after(calls), self._sent.after(sent))
            calls, sent = self._calls.seq, self._sent.seq
            if lines:
                data = json.dumps({"html": _drawn(lines[-_AT_ONCE:])})
                yield ServerSentEvent(event="lines", data=data, id=self._cursor())
                await asyncio.sleep(_GATHERING_SECONDS)
            else:
                await bell.rung(_PING_SECONDS)

    def _cursor(self) -> str:
        return f"{self._run}.{self._calls.seq}.{self._sent.seq}"

    def _lines(self, calls: list[Json], sent: list[Json]) -> list[Line]:
        lines = [line_of_call(call, self._workspace) for call in calls]
        lines += [line_of_delivery(one, self._workspace) for one in sent]
        return sorted(lines, key=lambda line: line.at)


def _drawn(lines: list[Line]) -> str:
    return template("inspector_lines.html").render(lines=lines, kinds=KINDS)


def _number(request: Request, name: str) -> int | None:
    given = request.query_params.get(name)
    return None if given is None else int(given)


def _parts(cursor: str) -> tuple[str, int, int]:
    run, _, numbers = cursor.partition(".")
    calls, _, sent = numbers.partition(".")
    if not (calls.isdecimal() and sent.isdecimal()):
        return "", 0, 0
    return run, int(calls), int(sent)
