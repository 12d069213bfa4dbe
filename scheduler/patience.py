"""How long is waited, how often is tried, and how much is done at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

__all__ = ["Patience", "backoff"]


@dataclass(frozen=True, slots=True)
class Patience:
    """The dispatcher's durations and sizes.

    The defaults keep `begin_within + send_timeout < lease`, and so no request outlives the lease
    under which it was begun: what another worker then looks for is there already or never will be.
    """

    send_timeout: timedelta = timedelta(seconds=10)
    """A request that takes longer is given up; whether it arrived is then unknown."""
    lease: timedelta = timedelta(seconds=45)
    """How long claimed deliveries are this worker's alone. Longer than three send time-outs."""
    begin_within: timedelta = timedelta(seconds=30)
    """What was claimed and could not be begun within so long is put back."""
    look_after: timedelta = timedelta(seconds=12)
    """How long after an unknown send it is looked for: until then it may still be under way."""
    first_rest: timedelta = timedelta(seconds=1)
    longest_rest: timedelta = timedelta(minutes=1)
    """Rests between attempts double from the first to the longest."""
    give_up_after: timedelta = timedelta(hours=24)
    """An attempt that fails so long after the first is the last."""
    turn: timedelta = timedelta(seconds=20)
    """How long one drain may go on before others have their turn."""
    batch: int = 25
    """Deliveries claimed in one transaction."""
    at_once: int = 8
    """Requests under way at a time, in one drain."""
    looked_up: int = 200
    """Unknown deliveries looked up in one drain of a workspace."""


def backoff(attempts: int, patience: Patience, random: Callable[[], float]) -> timedelta:
    """The rest after so many attempts, from one: doubling, shortened by up to half at random.

    `random` gives a float from 0 to below 1. The jitter keeps what failed together from coming
    back together.
    """
    doublings = min(attempts - 1, 20)  # beyond that any rest is at its longest
    longest = min(patience.first_rest * (1 << doublings), patience.longest_rest)
    return longest * (1 - random() / 2)
