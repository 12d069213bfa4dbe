"""Verbs about what an app has to live with: the time, limits, faults and refusals."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sandbox.core import Core
from sandbox.faults import KINDS, FaultKind, FaultPlan, Refusal

__all__ = ["Conditions"]


class Conditions:
    """Moments are ISO dates and times with their zone."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def clock(self) -> str:
        """The workspace's time."""
        return self._core.workspace.clock.now().isoformat()

    def set_clock(self, moment: str, frozen: bool = False) -> str:
        """Move the workspace's clock to a moment; frozen, it stands still there."""
        self._core.workspace.clock.set(datetime.fromisoformat(moment), frozen=frozen)
        return self._moved()

    def advance(self, seconds: float) -> str:
        """Move the workspace's clock on."""
        self._core.workspace.clock.advance(timedelta(seconds=seconds))
        return self._moved()

    def _moved(self) -> str:
        now = self.clock()
        self._core.workspace.feed.add("clock_moved", now=now)
        return now

    def set_tiers(self, enabled: bool) -> None:
        """Switch Slack's rate limits on or off; every bucket starts full."""
        self._core.tiers.switch(enabled)

    def set_faults(self, kinds: list[FaultKind] | None = None, **plan: Any) -> None:
        """Put a plan in force: the fields of `FaultPlan`, all kinds where none are named."""
        self._core.set_faults(FaultPlan(kinds=tuple(kinds or KINDS), **plan))

    def refuse(
        self, method: str, error: str, about: str | None = None, holding: str = "", **more: str
    ) -> None:
        """Have Slack refuse a method from now on; the fields of `Refusal`."""
        self._core.refusals.append(Refusal(method, error, about, more, holding))
