"""People, groups and channels that a text speaks to, by the names the viewer may know."""

from __future__ import annotations

from urllib.parse import urlencode

from markupsafe import Markup

from sandbox.page.drawing.eyes import Eyes

__all__ = ["BROADCASTS", "broadcast", "channel", "group", "person"]

BROADCASTS = frozenset({"here", "channel", "everyone"})
_HIDDEN = "a private channel"


def person(user_id: str, eyes: Eyes, label: str = "") -> Markup:
    """`@Amara Osei`; marked where it is the viewer. `label` is for whom the workspace has not."""
    known = user_id in eyes.workspace.users
    name = eyes.person(user_id) if known or not label else label.removeprefix("@")
    return _mention("@" + name, marked=user_id == eyes.viewer.id)


def broadcast(to: str) -> Markup:
    """`@here` and the like, which speak to the viewer too."""
    return _mention("@" + to, marked=True)


def group(group_id: str, label: str = "") -> Markup:
    """A user group: the sandbox has none, so its label or its id."""
    return _mention("@" + (label.removeprefix("@") or group_id), marked=False)


def channel(channel_id: str, eyes: Eyes) -> Markup:
    """`#leadership` as a way there; no name where the viewer may not know of it."""
    name = eyes.channel(channel_id)
    if name is None:
        return Markup('<span class="mention">{}</span>').format(_HIDDEN)
    there = "/?" + urlencode({"as": eyes.viewer.id, "at": channel_id})
    return Markup('<a class="mention" href="{}">#{}</a>').format(there, name)


def _mention(name: str, *, marked: bool) -> Markup:
    tag = Markup("mark") if marked else Markup("span")
    return Markup('<{0} class="mention">{1}</{0}>').format(tag, name)
