"""What the one who starts the sandbox adds to its page: who sits there, actions, first steps."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Deed", "Host", "HostAction", "HostStep"]


@dataclass(frozen=True)
class HostAction:
    """A button beside the clock.

    `run` is awaited when it is pressed, and one at a time, with the id of whom somebody acts as;
    what it gives, if anything, is a sentence for them. `hint` says in a few words what it does.
    """

    key: str
    label: str
    run: Callable[[str], Awaitable[str | None]]
    hint: str = ""


@dataclass(frozen=True)
class Deed:
    """One thing that somebody did on the page, whoever they acted as, and that went well.

    `verb` is the act's (`press`, `submit`, `command`, `shortcut`, `opens_home`, `say`, `action`,
    ...), `user` whom they acted as, `what` the name of the thing: a view's callback_id, an
    action_id, a command with its words, an action's key. `detail` is what else the act was told.
    """

    verb: str
    user: str
    what: str = ""
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class HostStep:
    """One of the first steps beside the page; ticked off by the first deed that `done` takes."""

    key: str
    title: str
    hint: str
    done: Callable[[Deed], bool]


@dataclass
class Host:
    """What is on the page beside the workspace.

    `sits_as` is the id of who is acted as at first (else the first person there is), `opens` the
    id of the channel that is open at first. `about` is a sentence under the workspace's name.
    """

    actions: tuple[HostAction, ...] = ()
    steps: tuple[HostStep, ...] = ()
    sits_as: str | None = None
    opens: str | None = None
    about: str = ""
