"""The first steps: a short list beside the page that ticks itself off as somebody takes them."""

from __future__ import annotations

from markupsafe import Markup

from sandbox.feed import Feed
from sandbox.page.hosting import Deed, Host, HostStep
from sandbox.page.rendering import template

__all__ = ["Guide"]


class Guide:
    """The host's steps, and which of them were taken in this run, whoever was acted as.

    `host` may be set anew at any time: what was done stays done, by the steps' keys. Every change
    is told to the feed: `step_done`, `steps_dismissed` and `steps_shown`.
    """

    def __init__(self, host: Host, feed: Feed) -> None:
        self.host = host
        self._feed = feed
        self._done: set[str] = set()
        self._dismissed = False

    @property
    def dismissed(self) -> bool:
        """Whether the steps are put away."""
        return self._dismissed

    @dismissed.setter
    def dismissed(self, away: bool) -> None:
        if away != self._dismissed:
            self._dismissed = away
            self._feed.add("steps_dismissed" if away else "steps_shown")

    def note(self, deed: Deed) -> None:
        """Tick off whatever this deed fulfils; steps may be taken in any order."""
        for step in self.host.steps:
            if step.key not in self._done and step.done(deed):
                self._done.add(step.key)
                self._feed.add("step_done", key=step.key, title=step.title)

    def steps(self) -> list[tuple[HostStep, bool]]:
        """Each step, and whether it is done."""
        return [(step, step.key in self._done) for step in self.host.steps]

    def draw(self) -> Markup:
        """The panel as HTML, put away or not; nothing where the host has no steps."""
        steps = self.steps()
        if not steps:
            return Markup()
        return Markup(
            template("guide.html").render(
                steps=steps,
                done=sum(done for _, done in steps),
                dismissed=self._dismissed,
            )
        )
