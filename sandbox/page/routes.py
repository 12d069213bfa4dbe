"""The page, its parts and its acts, over HTTP."""

from __future__ import annotations

import secrets
from pathlib import Path
from urllib.parse import quote

from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox.answering import EXPECTED, refusal
from sandbox.core import Core
from sandbox.decoding import decoded
from sandbox.emoji import emoji, known
from sandbox.living import Living
from sandbox.page import inspector
from sandbox.page.acts import PageActs
from sandbox.page.guard import Guard
from sandbox.page.guide import Guide
from sandbox.page.hosting import Host
from sandbox.page.live import Live
from sandbox.page.news import News
from sandbox.page.places import Place, Places
from sandbox.page.reading import Reading
from sandbox.page.rendering import template
from sandbox.page.showing import Showing
from sandbox.people import People
from sandbox.records import Json, User

__all__ = ["Page"]

_STATIC = Path(__file__).parent / "static"
_SHOWN_AS_THEY_ARE = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif")
_WITH_MODALS = frozenset(
    {"press", "press_in_view", "change", "submit", "close", "shortcut", "command"}
)
_LARGEST_FILE = 20_000_000


class Page:
    """The workspace in a browser. `host` may be set at any time."""

    def __init__(self, core: Core, host: Host) -> None:
        self._core = core
        self.token = secrets.token_urlsafe(24)
        self._run = secrets.token_hex(4)
        self._people = People(core)
        self._living = Living(core)
        self._places = Places(core)
        self._reading = Reading(core)
        self._guide = Guide(host, core.workspace.feed)
        self._news = News(core, self._places)
        self._acts = PageActs(
            core, self._people, self._places, self._reading, self._guide, self._news
        )
        self._showing = Showing(
            core,
            self._places,
            self._reading,
            self._people,
            host=lambda: self.host,
            busy=lambda: self._acts.busy,
            errors=self._acts.errors,
        )
        self._live = Live(core, self._places, self._showing, self._guide, self._news)

    @property
    def host(self) -> Host:
        """What is on the page beside the workspace."""
        return self._guide.host

    @host.setter
    def host(self, host: Host) -> None:
        self._guide.host = host

    @property
    def patience(self) -> float:
        """Seconds for which an app that has acknowledged may take to show something."""
        return self._acts.patience

    @patience.setter
    def patience(self, seconds: float) -> None:
        self._acts.patience = seconds

    def all_read(self) -> None:
        """Everybody has read everything so far: for a host that starts after weeks have passed."""
        self._reading.all_read()

    def routes(self) -> list[BaseRoute]:
        """The routes of the page, behind its guard; to come last, for it takes what is left."""
        routes = [
            Route("/", self._page),
            Route("/page/regions", self._regions),
            Route("/page/older", self._older),
            Route("/page/modals", self._modals),
            Route("/page/names", self._names),
            Route("/page/emoji", self._emoji),
            Route("/page/live", self._events),
            Route("/page/files/{id}/{name}", self._file),
            Route("/page/upload", self._upload, methods=["POST"]),
            Route("/page/act/{verb}", self._act, methods=["POST"]),
            Mount("/page/static", StaticFiles(directory=_STATIC)),
            *inspector.routes(self._core),
        ]
        # An application of its own, so that the answers to wrong addresses are guarded as well.
        return [Mount("/", Guard(Starlette(routes=routes), self.token))]

    # The page

    async def _page(self, request: Request) -> Response:
        user = self._asked_for(request)
        if user is None:
            return HTMLResponse(template("nobody.html").render(name=self._core.workspace.name))
        return HTMLResponse(
            template("page.html").render(
                name=self._core.workspace.name,
                token=self.token,
                run=self._run,
                **self._all_regions(request, user),
            )
        )

    async def _regions(self, request: Request) -> Response:
        """What of the page changes as somebody goes elsewhere in it."""
        user = self._asked_for(request)
        if user is None:
            raise HTTPException(404)
        return JSONResponse(self._all_regions(request, user))

    def _all_regions(self, request: Request, user: User) -> Json:
        asked, showing = request.query_params, self._showing
        place = self._place(user, asked.get("at"))
        thread = asked.get("thread")
        aside = showing.aside(user, place, thread)
        return {
            "seq": self._core.workspace.feed.seq,
            "user": user.id,
            "at": place.at if place else "",
            "channel": _channel_of(place),
            "thread": thread if aside else "",
            "title": place.title if place else "Nowhere yet",
            "actors": showing.actors(user),
            "clock": showing.clock(user),
            "side": showing.side(user, place),
            "main": showing.main(user, place, asked.get("m")),
            "aside": aside,
            "modals": showing.modals(user),
            "guide": self._guide.draw(),
            "news": self._news.of(user),
        }

    def _place(self, user: User, at: str | None) -> Place | None:
        """Where the page is asked for, else what the host opens, else the first place there is."""
        for wanted in (at, self.host.opens):
            found = self._places.find(user, wanted) if wanted else None
            if found is not None:
                return self._places.opened(user, found)
        first = next(iter(self._places.all_of(user)), None)
        return self._places.opened(user, first) if first else None

    # Its parts

    async def _older(self, request: Request) -> Response:
        user, asked = self._actor(request), request.query_params
        place = self._places.find(user, asked.get("at", ""))
        if place is None or place.channel is None:
            raise HTTPException(404)
        stretch = self._places.messages(user, place.channel, before=asked.get("before"))
        html = self._showing.stretch(user, place.channel, stretch)
        return JSONResponse({"html": html, "more": stretch.more})

    async def _modals(self, request: Request) -> Response:
        return HTMLResponse(self._showing.modals(self._actor(request)))

    async def _names(self, request: Request) -> Response:
        """What the composer can complete for the person."""
        user = self._actor(request)
        users = [one for one in self._core.workspace.users.values() if not one.deleted]
        return JSONResponse(
            {
                "people": [{"id": one.id, "name": one.name, "more": one.handle} for one in users],
                "channels": [
                    {"id": place.at, "name": place.name} for place in self._places.channels(user)
                ],
                "commands": [
                    {
                        "name": command,
                        "more": app.usage.get(command, ""),
                        "app": app.name,
                        "escapes": app.command_hints[command].escapes,
                    }
                    for app in self._core.workspace.active_apps()
                    for command in app.commands
                ],
            }
        )

    async def _emoji(self, request: Request) -> Response:
        faces = {name: emoji(name) for name in known()}
        return JSONResponse({name: face for name, face in faces.items() if face})

    async def _events(self, request: Request) -> Response:
        asked = request.query_params
        if asked.get("run", self._run) != self._run:
            # A page of an earlier run, with people who may not be here: it has to load anew.
            return EventSourceResponse(self._live.greeting(self._run))
        user = self._actor(request)
        seq = self._core.workspace.feed.seq
        given = request.headers.get("last-event-id") or asked.get("after")
        after = int(given) if given and given.isdecimal() else seq
        return EventSourceResponse(self._live.events(user, after, self._run))

    async def _file(self, request: Request) -> Response:
        """A file, to whoever sees a place where it was shared; never as a page of its own."""
        user = self._actor(request)
        try:
            file = self._core.files.get(request.path_params["id"])
        except LookupError:
            raise HTTPException(404) from None
        if not any(self._places.find(user, channel) for channel in file.shares):
            raise HTTPException(404)
        harmless = file.mimetype in _SHOWN_AS_THEY_ARE
        kind = "inline" if harmless else "attachment"
        return Response(
            file.content,
            media_type=file.mimetype if harmless else "application/octet-stream",
            headers={"Content-Disposition": f"{kind}; filename*=UTF-8''{quote(file.name)}"},
        )

    # Its acts

    async def _act(self, request: Request) -> Response:
        try:
            told = decoded(await request.body())
            user = self._person(told.pop("as", None))
            verb = request.path_params["verb"]
            answer = await self._acts.do(verb, user, told)
        except EXPECTED as error:
            return refusal(error)
        if verb in _WITH_MODALS:
            answer["modals"] = self._showing.modals(user)
        return JSONResponse(answer)

    async def _upload(self, request: Request) -> Response:
        asked = request.query_params
        try:
            user = self._person(asked.get("as"))
            place = self._places.find(user, asked.get("channel", ""))
            if place is None or place.channel is None:
                raise LookupError("That place is not there any more.")
            if int(request.headers.get("content-length", 0)) > _LARGEST_FILE:
                raise ValueError("That file is larger than 20 MB.")
            self._living.upload(
                user.id,
                place.channel.id,
                asked.get("name") or "file",
                await request.body(),
                request.headers.get("content-type", ""),
                asked.get("thread") or None,
                asked.get("text") or "",
            )
        except EXPECTED as error:
            return refusal(error)
        return JSONResponse({})

    # Who

    def _person(self, user_id: object) -> User:
        user = self._core.workspace.users.get(str(user_id))
        if user is None or user.app_id is not None:
            raise LookupError("That person is not here any more. Reload the page?")
        return user

    def _actor(self, request: Request) -> User:
        try:
            return self._person(request.query_params.get("as"))
        except LookupError:
            raise HTTPException(404) from None

    def _asked_for(self, request: Request) -> User | None:
        """Whom the page is asked for, else who sits there, else the first person there is."""
        there = {user.id: user for user in self._places.people()}
        for wanted in (request.query_params.get("as"), self.host.sits_as):
            if wanted in there:
                return there[wanted]
        return next(iter(there.values()), None)


def _channel_of(place: Place | None) -> str:
    return place.channel.id if place is not None and place.channel is not None else ""
