"""Slack's rate limits: so many calls a minute for each method, app and workspace.

https://docs.slack.dev/apis/web-api/rate-limits. Slack publishes the numbers a minute, not the
shape of its buckets; a full bucket of one minute's calls that refills evenly is our reading. The
burst of chat.postMessage ("short bursts of more than one are allowed") is not published either.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.clock import steady_time

# t5 is "special": auth.test and chat.getPermalink allow "hundreds of requests per minute".
PER_MINUTE = {"t1": 1, "t2": 20, "t3": 50, "t4": 100, "t5": 600}
POST_BURST = 5
POST_PER_SECOND = 1.0


@dataclass
class _Bucket:
    capacity: float
    per_second: float
    level: float
    filled: float

    def take(self, now: float) -> float:
        """Zero if a call fits, else the seconds until one will."""
        self.level = min(self.capacity, self.level + (now - self.filled) * self.per_second)
        self.filled = now
        # A refill computed in floating point may fall short of a whole call by a rounding error.
        if self.level >= 1.0 - 1e-9:
            self.level -= 1.0
            return 0.0
        return (1.0 - self.level) / self.per_second


class Tiers:
    """The buckets of one workspace. Off until `enabled`."""

    def __init__(
        self, *, enabled: bool = False, monotonic: Callable[[], float] = steady_time
    ) -> None:
        self.enabled = enabled
        self._monotonic = monotonic
        self._buckets: dict[tuple[str, ...], _Bucket] = {}

    def retry_after(self, app: str, method: str, tier: str, channel: str | None = None) -> int:
        """Take one call; zero, or the whole seconds for a Retry-After header."""
        if not self.enabled:
            return 0
        per_minute = PER_MINUTE[tier]
        wait = self._take((app, method), per_minute, per_minute / 60)
        if not wait and channel is not None:
            wait = self._take((app, method, channel), POST_BURST, POST_PER_SECOND)
        return math.ceil(wait)

    def switch(self, enabled: bool) -> None:
        """Turn limits on or off; either way every bucket starts full."""
        self.enabled = enabled
        self._buckets.clear()

    def _take(self, key: tuple[str, ...], capacity: float, per_second: float) -> float:
        now = self._monotonic()
        bucket = self._buckets.setdefault(key, _Bucket(capacity, per_second, capacity, now))
        return bucket.take(now)
