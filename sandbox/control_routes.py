"""The control API: acting as people, moving the clock, asking what happened.

Every verb is a POST to /control/<verb> with a JSON object of arguments, and answers a JSON object;
the feed is a GET. The per-run control token goes in the Authorization header.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.answering import EXPECTED, refusal
from sandbox.core import Core
from sandbox.errors import NotPossible
from sandbox.faults import KINDS, FaultPlan, Refusal
from sandbox.leftovers import Leftovers
from sandbox.living import Living
from sandbox.people import People
from sandbox.records import Json
from sandbox.viewing import Viewing

Verb = Callable[..., Any]
_LONGEST_WAIT = 60.0


class ControlRoutes:
    """The verbs and their routes."""

    def __init__(self, core: Core, token: str) -> None:
        self._core = core
        self._token = token
        living, people, viewing = Living(core), People(core), Viewing(core)
        self._living = living
        leftovers = Leftovers(core)
        self._verbs: dict[str, Verb] = {
            "install": self._install,
            "register": self._register,
            "reinstall": self._reinstall,
            "uninstall": living.uninstall,
            "offers": self._offers,
            "allow_install": self._allow_install,
            "refuse_install": self._refuse_install,
            "verify_url": self._verify_url,
            "add_person": living.add_person,
            "add_channel": living.add_channel,
            "rename_channel": living.rename_channel,
            "archive_channel": living.archive_channel,
            "unarchive_channel": living.unarchive_channel,
            "delete_channel": living.delete_channel,
            "add_app": living.add_app,
            "remove_app": living.remove_app,
            "joins": living.joins,
            "leaves": living.leaves,
            "deactivate": living.deactivate,
            "status": living.status,
            "do_not_disturb": living.do_not_disturb,
            "say": living.say,
            "edit": living.edit,
            "delete": living.delete,
            "react": living.react,
            "unreact": living.unreact,
            "upload": self._upload,
            "file": self._file,
            "opens_home": living.opens_home,
            "press": people.press,
            "press_in_view": viewing.press_in_view,
            "change": viewing.change,
            "seek": viewing.seek,
            "submit": viewing.submit,
            "close": viewing.close,
            "shortcut": people.shortcut,
            "command": people.command,
            "leave_message": leftovers.message,
            "leave_form": leftovers.form,
            "leave_home": leftovers.home,
            "clock": self._clock,
            "set_clock": self._set_clock,
            "advance": self._advance,
            "set_faults": self._set_faults,
            "refuse": self._refuse,
            "set_tiers": self._core.tiers.switch,
            "redeliver": self._core.delivery.redeliver,
            "settled": self._core.delivery.settled,
            "connected": self._connected,
            "disconnect": self._disconnect,
            "calls": self._calls,
            "events": self._events,
            "messages": self._messages,
            "sees": self._sees,
            "views": self._views,
            "mistakes": self._core.workspace.mistakes.taken,
        }

    def routes(self) -> list[Route]:
        """The routes under /control/."""
        return [
            Route("/control/feed", self._feed, methods=["GET"]),
            Route("/control/{verb}", self._act, methods=["POST"]),
        ]

    async def _act(self, request: Request) -> Response:
        if not self._allowed(request):
            return JSONResponse({"error": "wrong control token"}, status_code=401)
        verb = self._verbs.get(request.path_params["verb"])
        if verb is None:
            return JSONResponse({"error": "no such verb"}, status_code=404)
        try:
            result = verb(**await request.json())
            if isinstance(result, Awaitable):
                result = await result
        except EXPECTED as error:
            return refusal(error)
        return JSONResponse({"result": result})

    async def _feed(self, request: Request) -> Response:
        if not self._allowed(request):
            return JSONResponse({"error": "wrong control token"}, status_code=401)
        feed = self._core.workspace.feed
        after = int(request.query_params.get("after", feed.seq))
        wait = min(float(request.query_params.get("wait", 0)), _LONGEST_WAIT)
        entries = await feed.wait(after, wait)
        return JSONResponse({"entries": entries, "seq": feed.seq})

    def _allowed(self, request: Request) -> bool:
        given = request.headers.get("authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode())

    # The app

    def _install(self, manifest: Json, request_url: str | None = None) -> Json:
        return asdict(self._core.workspace.install(manifest, request_url).installation)

    def _register(self, manifest: Json, request_url: str | None = None) -> Json:
        return asdict(self._core.workspace.register(manifest, request_url).installation)

    def _reinstall(self, app: str | None = None) -> Json:
        workspace = self._core.workspace
        the_app = workspace.the_app() if app is None else workspace.apps[app]
        workspace.grant(the_app, the_app.wants)
        return asdict(the_app.installation)

    def _offers(self) -> list[Json]:
        return [
            {
                "app": app.id,
                "name": app.name,
                "commands": [
                    {"command": command, **asdict(hint)}
                    for command, hint in app.command_hints.items()
                ],
                "shortcuts": list(app.shortcuts),
                "scopes": list(app.scopes),
                "events": sorted(app.events),
            }
            for app in self._core.workspace.active_apps()
        ]

    def _allow_install(self, user: str, url: str) -> str:
        return self._core.installs.allow(self._asking(url), user)

    def _refuse_install(self, user: str, url: str) -> str:
        self._core.workspace.person(user)
        return self._core.installs.refuse(self._asking(url))

    def _asking(self, url: str) -> str:
        return self._core.installs.ask(dict(parse_qsl(urlsplit(url).query))).id

    # Files

    def _upload(self, content: str, **what: Any) -> Json:
        return self._living.upload(content=base64.b64decode(content), **what)

    def _file(self, file: str) -> str:
        return base64.b64encode(self._core.files.get(file).content).decode()

    async def _verify_url(self, app: str | None = None) -> bool:
        return await self._core.http.verify_url(self._core.workspace.the_app(app))

    async def _connected(self, at_least: int = 1, app: str | None = None) -> int:
        the_app = self._core.workspace.the_app(app)
        await self._core.sockets.connected(the_app, at_least)
        return self._core.sockets.count(the_app)

    async def _disconnect(self, reason: str = "refresh_requested", app: str | None = None) -> int:
        return await self._core.sockets.disconnect(self._core.workspace.the_app(app), reason)

    # Time, limits and faults

    def _clock(self) -> str:
        return self._core.workspace.clock.now().isoformat()

    def _set_clock(self, moment: str, frozen: bool = False) -> str:
        self._core.workspace.clock.set(datetime.fromisoformat(moment), frozen=frozen)
        return self._moved()

    def _advance(self, seconds: float) -> str:
        self._core.workspace.clock.advance(timedelta(seconds=seconds))
        return self._moved()

    def _moved(self) -> str:
        now = self._clock()
        self._core.workspace.feed.add("clock_moved", now=now)
        return now

    def _set_faults(self, kinds: list[str] | None = None, **plan: Any) -> None:
        self._core.set_faults(FaultPlan(kinds=tuple(kinds or KINDS), **plan))  # type: ignore[arg-type]

    def _refuse(
        self, method: str, error: str, about: str | None = None, holding: str = "", **more: str
    ) -> None:
        self._core.refusals.append(Refusal(method, error, about, more, holding))

    # What happened

    def _calls(self, method: str | None = None) -> list[Json]:
        return [call for call in self._core.calls if method in (None, call["method"])]

    def _events(self) -> list[Json]:
        return list(self._core.delivery.log)

    def _messages(self, channel: str | None = None, with_replies: bool = True) -> list[Json]:
        wanted = self._core.workspace.channel(channel).id if channel else None
        found = [
            message
            for message in [*self._core.messages, *self._core.messages.ephemerals()]
            if wanted in (None, message.channel) and (with_replies or not message.is_reply)
        ]
        found.sort(key=lambda message: float(message.ts))
        return [self._core.messages.seen(message) for message in found]

    def _sees(self, user: str, channel: str | None = None) -> list[Json]:
        """What a person sees in a channel, or in the direct message with the app."""
        workspace = self._core.workspace
        if channel is None:
            dm = workspace.dm(workspace.the_app(), workspace.person(user).id)
            if dm is None:
                return []
            place = dm
        else:
            place = workspace.channel(channel)
        if user not in place.members:
            raise NotPossible(f"{user} is not in {place.name}")
        messages = [
            *self._core.messages.of(place.id),
            *self._core.messages.ephemerals(user, place.id),
        ]
        messages.sort(key=lambda message: float(message.ts))
        return [self._core.messages.seen(message) for message in messages]

    def _views(self, user: str) -> list[Json]:
        stack = self._core.modals.stack(self._core.workspace.person(user).id)
        return [self._core.modals.shown(view) for view in stack]
