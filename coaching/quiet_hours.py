"""Hours of the day in which a person is left in peace."""

from dataclasses import dataclass
from datetime import time

from typing_extensions import override

__all__ = ["EVENING_TO_MORNING", "QuietHours"]


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `start` up to and without `end`, on a wall clock; they may cross midnight."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start == self.end:
            raise ValueError("quiet hours that begin as they end leave no hour, or none out")

    def __contains__(self, at: time) -> bool:
        if self.start < self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end

    @override
    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


EVENING_TO_MORNING = QuietHours(time(19), time(7, 30))
"""Where a team does not say otherwise."""
