"""When it is worth trying again what was put to rest."""

import math
from collections.abc import Callable

__all__ = ["Alarm"]

_GRAIN = 100
"""Alarms a second. Rounding up merges what rests together and outlasts the store's rounding."""


class Alarm:
    """The moments, on a monotonic clock, at which the rests known to this process end."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._moments: set[int] = set()

    def set_in(self, seconds: float) -> None:
        """Something can be tried again in so many seconds, and a moment more."""
        self._moments.add(math.ceil((self._monotonic() + seconds) * _GRAIN) + 1)

    def clear_past(self) -> None:
        """Forget the moments that have passed: what rested until then is looked at now."""
        now = self._monotonic() * _GRAIN
        self._moments = {moment for moment in self._moments if moment > now}

    def rings_in(self) -> float | None:
        """Seconds until the next moment, 0 where it has passed; None where nothing rests."""
        if not self._moments:
            return None
        return max(0.0, min(self._moments) / _GRAIN - self._monotonic())
