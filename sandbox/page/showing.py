"""The parts of the page, drawn for one person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from sandbox.core import Core
from sandbox.page.drawing import views
from sandbox.page.drawing.eyes import Eyes
from sandbox.page.hosting import Host
from sandbox.page.lines import Lines
from sandbox.page.places import Place, Places, Stretch
from sandbox.page.reading import Reading
from sandbox.page.rendering import template
from sandbox.people import People
from sandbox.records import Channel, Json, Message, User, View

__all__ = ["Showing"]


class Showing:
    """Draws; changes nothing.

    `host` and `busy` (the key of the host's action that runs) are asked for each time, `errors`
    for what stands under a view's inputs.
    """

    def __init__(
        self,
        core: Core,
        places: Places,
        reading: Reading,
        people: People,
        host: Callable[[], Host],
        busy: Callable[[], str | None],
        errors: Callable[[View], Mapping[str, str]],
    ) -> None:
        self._core = core
        self._places = places
        self._reading = reading
        self._host = host
        self._busy = busy
        self._errors = errors
        self.lines = Lines(core, people, reading)

    def eyes(self, user: User) -> Eyes:
        """The person's eyes."""
        return Eyes(self._core.workspace, user)

    # Around the place

    def clock(self, user: User) -> Markup:
        """The time on the person's wall, and the host's actions."""
        clock = self._core.workspace.clock
        at = clock.now().astimezone(ZoneInfo(user.tz))
        return _draw(
            "clock.html",
            at=at,
            now=int(clock.seconds() * 1000),
            frozen=clock.frozen,
            zone=user.tz,
            city=user.tz.rsplit("/", 1)[-1].replace("_", " "),
            actions=self._host().actions,
            busy=self._busy(),
        )

    def actors(self, user: User) -> Markup:
        """Everybody who can be acted as."""
        people = self._places.people()
        return _draw("actors.html", people=people, user=user)

    def side(self, user: User, place: Place | None) -> Markup:
        """Where the person can go, with what is unread."""

        def entry(one: Place) -> Json:
            return {
                "place": one,
                "unread": self._unread(user, one),
                "private": one.channel is not None and one.channel.kind == "private_channel",
                "archived": one.channel is not None and one.channel.archived,
            }

        by_app = {
            app.id: {
                "name": app.name,
                "dm": next((entry(p) for p in self._places.direct(user) if p.app is app), None),
                "home": next((entry(p) for p in self._places.homes() if p.app is app), None),
            }
            for app in self._core.workspace.apps.values()
            if app.active or self._core.workspace.dm(app, user.id)
        }
        return _draw(
            "side.html",
            user=user,
            channels=[entry(one) for one in self._places.channels(user)],
            apps=by_app.values(),
            at=place.at if place else "",
            about=self._host().about,
        )

    def modals(self, user: User) -> Markup:
        """The modal that the person looks at, or nothing."""
        stack = self._core.modals.stack(user.id)
        if not stack:
            return Markup()
        view = stack[-1]
        name = self._core.workspace.apps[view.app_id].name
        return views.modal(view, self.eyes(user), name, self._errors(view), len(stack))

    def home(self, user: User, place: Place) -> Markup:
        """What an app has published in the person's Home tab, or that there is nothing."""
        view = self._core.modals.home(place.app, user.id) if place.app else None
        return views.home(view, self.eyes(user)) if view else _draw("nothing.html", place=place)

    # The place

    def main(self, user: User, place: Place | None, reaching: str | None = None) -> Markup:
        """The middle of the page."""
        if place is None:
            return _draw("nowhere.html", user=user)
        if place.kind == "home":
            tabs = self._tabs(user, place)
            return _draw("home.html", place=place, home=self.home(user, place), tabs=tabs)
        channel = place.channel
        stretch = Stretch([], False)
        if channel is not None:
            read = self._reading.up_to(user.id, channel.id)
            unread = self._reading.unread(user.id, channel)
            first = unread[0].ts if unread and read else None
            stretch = self._places.messages(user, channel, reaching=reaching)
        else:
            first = None
        return _draw(
            "place.html",
            place=place,
            tabs=self._tabs(user, place),
            head=self.head(user, place),
            lines=self.stretch(user, channel, stretch, first) if channel else "",
            empty=not stretch.messages,
            more=stretch.more,
            composer=self.composer(user, place),
        )

    def head(self, user: User, place: Place) -> Markup:
        """The place's name, and who is in it."""
        members = place.channel.members if place.kind == "channel" and place.channel else []
        users = self._core.workspace.users
        there = [users[member] for member in members if member in users]
        return _draw("head.html", place=place, members=there, user=user)

    def stretch(
        self, user: User, channel: Channel, stretch: Stretch, first_new: str | None = None
    ) -> Markup:
        """Messages of the main list under one another, with what stands between them."""
        above = None
        if stretch.messages:
            above = self._places.previous(user, channel, stretch.messages[0].ts)
        drawn = []
        for message in stretch.messages:
            drawn.append(self.divider(user, message, above))
            if message.ts == first_new:
                read = self._reading.up_to(user.id, channel.id)
                drawn.append(self.lines.new_since(self.eyes(user), read))
            drawn.append(self.line(user, message, above))
            above = message
        return Markup("").join(drawn)

    def divider(self, user: User, message: Message, above: Message | None) -> Markup:
        """The day, where a message is the first of it."""
        return self.lines.divider(self.eyes(user), message, above)

    def line(
        self, user: User, message: Message, above: Message | None, *, aside: bool = False
    ) -> Markup:
        """One message; `aside`, in its thread."""
        return self.lines.line(self.eyes(user), message, above, aside=aside)

    def aside(self, user: User, place: Place | None, ts: str | None) -> Markup:
        """The thread beside the place, or nothing."""
        if place is None or place.channel is None or ts is None:
            return Markup()
        thread = self._places.thread(user, place.channel, ts)
        if not thread:
            return Markup()
        drawn = [self.line(user, thread[0], None, aside=True)]
        replies = [
            self.line(user, message, above, aside=True)
            for message, above in zip(thread[1:], [None, *thread[1:]], strict=False)
        ]
        return _draw(
            "thread.html",
            place=place,
            ts=ts,
            root=drawn[0],
            replies=Markup("").join(replies),
            count=len(thread) - 1,
            composer=self.composer(user, place, ts),
        )

    def composer(self, user: User, place: Place, thread: str | None = None) -> Markup:
        """Where one writes; or why one cannot."""
        shortcuts = [
            (one.name, shortcut)
            for one in self._core.workspace.active_apps()
            for shortcut in one.shortcuts
            if shortcut["type"] == "global"
        ]
        return _draw(
            "composer.html",
            place=place,
            thread=thread,
            why=self.closed(place),
            shortcuts=shortcuts,
            user=user,
        )

    def closed(self, place: Place) -> str:
        """Why nobody can write there, as a sentence; or nothing."""
        app = place.app
        if place.channel is not None and place.channel.archived:
            return "This channel is archived. Nothing more can be written here."
        if app is not None and not app.active:
            return f"{app.name} has been removed from this workspace."
        if app is not None and app.messages_tab_read_only:
            return f"{app.name} takes no messages here. Its buttons, its commands and its home do."
        return ""

    def _unread(self, user: User, place: Place) -> int:
        if place.channel is None:
            return 0
        listed = self._reading.unread(user.id, place.channel)
        return len(listed) + len(self._reading.unread_aside(user.id, place.channel))

    def _tabs(self, user: User, place: Place) -> list[tuple[str, Place]]:
        """Of a place of an app's, both its tabs."""
        if place.app is None:
            return []
        homes = [("Home", one) for one in self._places.homes() if one.app is place.app]
        direct = [("Messages", one) for one in self._places.direct(user) if one.app is place.app]
        return [*homes, *direct]


def _draw(name: str, **what: Any) -> Markup:
    return Markup(template(name).render(**what))
