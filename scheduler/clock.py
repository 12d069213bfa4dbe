"""The clocks: the only place of the project that reads the time."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Lock

__all__ = ["MovableClock", "SystemClock", "monotonic"]

monotonic = time.monotonic
"""Seconds from an arbitrary start, for measuring how long something takes or rests."""


def _utc() -> datetime:
    return datetime.now(UTC)


class SystemClock:
    """The machine's clock, in UTC. Stands still while the machine's is being set back."""

    def __init__(self, read: Callable[[], datetime] = _utc) -> None:
        self._read = read
        self._latest = read()
        self._lock = Lock()

    def now(self) -> datetime:
        """The present moment. Never goes backwards; may be called from any thread."""
        with self._lock:
            self._latest = max(self._latest, self._read())
            return self._latest


class MovableClock:
    """A clock that is moved by hand, forwards only.

    It stands still between moves, or runs on with `runs`, a count of seconds such as `monotonic`.
    """

    def __init__(self, starts_at: datetime, runs: Callable[[], float] | None = None) -> None:
        if starts_at.tzinfo is None:
            raise ValueError("the moment needs a time zone")
        self._runs = runs or (lambda: 0.0)
        self._set_to = starts_at.astimezone(UTC)
        self._set_when = self._runs()

    def now(self) -> datetime:
        """The present moment, as it was last set and has run on since."""
        return self._set_to + timedelta(seconds=self._runs() - self._set_when)

    def move_to(self, moment: datetime) -> None:
        """Make it `moment`.

        Raises:
            ValueError: the moment is past, or does not say its time zone.
        """
        if moment.tzinfo is None:
            raise ValueError("the moment needs a time zone")
        self.advance(moment - self.now())

    def advance(self, by: timedelta) -> None:
        """Let so much time pass at once.

        Raises:
            ValueError: it would go backwards.
        """
        if by < timedelta():
            raise ValueError("a clock is moved forwards only")
        self._set_to, self._set_when = self.now() + by, self._runs()
