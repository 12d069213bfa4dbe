"""What came of a host's action: its sentence, and where there is something new since."""

from __future__ import annotations

from markupsafe import Markup

from sandbox.core import Core
from sandbox.page.places import Place, Places
from sandbox.page.rendering import template
from sandbox.records import Json, User

__all__ = ["News"]


class News:
    """The strip above the place, by person, until they put it away."""

    def __init__(self, core: Core, places: Places) -> None:
        self._core = core
        self._places = places
        self._told: dict[str, Markup] = {}

    def of(self, user: User) -> Markup:
        """What is still to be read of it, or nothing."""
        return self._told.get(user.id, Markup())

    def dismiss(self, user: User) -> None:
        """The person has read it."""
        self._told.pop(user.id, None)

    def gather(self, user: User, after: int, said: str) -> Markup:
        """Put together what the person has to see of what happened after entry number `after`."""
        by_place: dict[str, list[Json]] = {}
        for entry in self._core.workspace.feed.after(after):
            posted = entry["kind"] in ("message_posted", "ephemeral")
            if posted and entry["user"] != user.id and self._places.hears(user, entry):
                whispered = "whispered" if entry["to"] else ""
                by_place.setdefault(entry["channel"] + whispered, []).append(entry)
        items = []
        for entries in by_place.values():
            place = self._places.find(user, entries[0]["channel"])
            if place is not None:
                items.append(_item(place, entries, user))
        items.sort(key=lambda item: str(item["for_you"]))
        self._told[user.id] = Markup(template("news.html").render(said=said, items=items))
        return self._told[user.id]


def _item(place: Place, entries: list[Json], user: User) -> Json:
    first = entries[0]
    root = first["thread_ts"] if first["thread_ts"] != first["ts"] else None
    return {
        "count": len(entries),
        "name": place.name,
        "for_you": place.kind == "dm" or first["to"] == user.id,
        "user": user.id,
        "at": place.at,
        "ts": first["ts"],
        "root": root,
    }
