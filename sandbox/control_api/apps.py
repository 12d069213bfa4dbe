"""Verbs about apps: made and installed, what they offer, and whether they are there."""

from __future__ import annotations

from dataclasses import asdict
from urllib.parse import parse_qsl, urlsplit

from sandbox.core import Core
from sandbox.records import Json

__all__ = ["Apps"]


class Apps:
    """`app` is an app's id; where it is left out, the first that is installed is meant."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def install(self, manifest: Json, request_url: str | None = None) -> Json:
        """Make an app and install it; its ids and credentials."""
        return asdict(self._core.workspace.install(manifest, request_url).installation)

    def register(self, manifest: Json, request_url: str | None = None) -> Json:
        """Make an app, without installing it; its ids and credentials."""
        return asdict(self._core.workspace.register(manifest, request_url).installation)

    def reinstall(self, app: str | None = None) -> Json:
        """Install an app again, with all the scopes it wants; its ids and credentials."""
        the_app = self._core.workspace.the_app(app)
        self._core.workspace.grant(the_app, the_app.wants)
        return asdict(the_app.installation)

    def offers(self) -> list[Json]:
        """What each installed app offers people, and may do and hear."""
        return [
            {
                "app": app.id,
                "name": app.name,
                "commands": [
                    {"command": command, "usage": hint.usage, "description": hint.description}
                    for command, hint in app.command_hints.items()
                ],
                "shortcuts": list(app.shortcuts),
                "scopes": list(app.scopes),
                "events": sorted(app.events),
            }
            for app in self._core.workspace.active_apps()
        ]

    def allow_install(self, user: str, url: str) -> str:
        """A person allows an app at the address it sends people to; where their browser goes."""
        return self._core.installs.allow(self._asking(url), user)

    def refuse_install(self, user: str, url: str) -> str:
        """A person refuses an app at that address; where their browser goes."""
        self._core.workspace.person(user)
        return self._core.installs.refuse(self._asking(url))

    def _asking(self, url: str) -> str:
        return self._core.installs.ask(dict(parse_qsl(urlsplit(url).query))).id

    async def verify_url(self, app: str | None = None) -> bool:
        """Send the url_verification challenge; whether it was answered."""
        return await self._core.http.verify_url(self._core.workspace.the_app(app))

    async def connected(self, at_least: int = 1, app: str | None = None) -> int:
        """Wait until the app holds that many sockets open; how many it holds."""
        the_app = self._core.workspace.the_app(app)
        await self._core.sockets.connected(the_app, at_least)
        return self._core.sockets.count(the_app)

    async def disconnect(self, reason: str = "refresh_requested", app: str | None = None) -> int:
        """Tell the app's sockets to go; how many were told."""
        return await self._core.sockets.disconnect(self._core.workspace.the_app(app), reason)
