"""Which forms were opened from the home: what is done in them is to be seen there at once.

A view says so in its `callback_id`, behind the route: it comes back with each press and with Send.
"""

from collections.abc import Mapping
from typing import Any

from platforms.slack.rich_text import Json

__all__ = ["is_from_home", "marked", "route_in"]

_MARK = "@home"


def is_from_home(body: Mapping[str, Any]) -> bool:
    """Whether what somebody did was done on their home, or in a form that was opened there."""
    view = body.get("view") or {}
    return view.get("type") == "home" or str(view.get("callback_id")).endswith(_MARK)


def marked(view: Json, body: Mapping[str, Any]) -> Json:
    """The view as it answers `body`: from the home, what follows is from there too."""
    return {**view, "callback_id": f"{view['callback_id']}{_MARK}"} if is_from_home(body) else view


def route_in(view: Mapping[str, Any]) -> str:
    """The route of the form that a view shows."""
    return str(view["callback_id"]).removesuffix(_MARK)
