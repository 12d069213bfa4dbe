"""What an app has left before people at some time: things to press and to send, without its doing.

So a test can meet an app with the buttons and open forms of an older version of it.
"""

from __future__ import annotations

from typing import Any

from sandbox.core import Core
from sandbox.modals import checked_view
from sandbox.records import Json


class Leftovers:
    """Puts them there."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def message(self, user: str, blocks: list[Json], text: str) -> Json:
        """A message in the direct conversation of the app and a person."""
        workspace = self._core.workspace
        app = workspace.the_app()
        channel = workspace.open_dm(app, workspace.person(user).id)
        bot = app.installation.bot_user_id
        posted = self._core.messages.post(channel, bot, text, blocks=blocks, app=app)
        return self._core.messages.seen(posted)

    def form(self, user: str, view: Json, state: dict[str, dict[str, Any]]) -> Json:
        """A form that is open, and filled in so far as `state` says."""
        workspace = self._core.workspace
        opened = self._core.modals.open(workspace.the_app(), user, checked_view(view))
        opened.state |= state
        return self._core.modals.shown(opened)

    def home(self, user: str, blocks: list[Json]) -> Json:
        """A page of their own."""
        view = checked_view({"type": "home", "blocks": blocks}, home=True)
        published = self._core.modals.publish(self._core.workspace.the_app(), user, view)
        return self._core.modals.shown(published)
