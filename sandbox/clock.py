"""Time in the sandbox: the workspace's own clock, which can be moved, and wall time, which can't.

Message timestamps and event times come from the workspace clock, so that weeks can pass in a
second. Signatures, trigger expiry, acknowledgement limits and rate limits use wall (or monotonic)
time, because the other side of them runs in wall time too.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

wall_time = time.time
steady_time = time.monotonic


class WorkspaceClock:
    """The clock of one workspace. Runs on with wall time unless frozen."""

    def __init__(self, wall: Callable[[], float] = wall_time) -> None:
        self._wall = wall
        self._offset = 0.0
        self._frozen_at: float | None = None
        self._last_micros = 0

    def seconds(self) -> float:
        """Seconds since the epoch, as the workspace sees it."""
        return self._frozen_at if self._frozen_at is not None else self._wall() + self._offset

    @property
    def frozen(self) -> bool:
        """Whether it stands still unless it is moved."""
        return self._frozen_at is not None

    def now(self) -> datetime:
        """The workspace's time in UTC."""
        return datetime.fromtimestamp(self.seconds(), UTC)

    def set(self, moment: datetime, *, frozen: bool = False) -> None:
        """Move to `moment` (must know its zone); from there run on, or stand still if `frozen`."""
        if moment.tzinfo is None:
            raise ValueError("the moment needs a time zone")
        seconds = moment.timestamp()
        self._frozen_at = seconds if frozen else None
        self._offset = seconds - self._wall()

    def advance(self, by: timedelta) -> None:
        """Move forward (or back) by `by`, frozen or not."""
        if self._frozen_at is not None:
            self._frozen_at += by.total_seconds()
        else:
            self._offset += by.total_seconds()

    def next_ts(self) -> str:
        """A message timestamp: strictly increasing, six decimals.

        A message's `ts` is its id in its channel, so it must rise even while the clock stands
        still or has been moved back.
        """
        self._last_micros = max(int(self.seconds() * 1_000_000), self._last_micros + 1)
        return f"{self._last_micros // 1_000_000}.{self._last_micros % 1_000_000:06d}"
