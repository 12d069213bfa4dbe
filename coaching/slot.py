"""The slot: when a team's sittings come."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from typing_extensions import override

from coaching.recurrence import on_wall

__all__ = ["WEEKDAYS", "Slot", "first_sitting"]

_WEEK = timedelta(days=7)

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Slot:
    """A weekday (0 is Monday) and an hour, on each person's own wall clock."""

    weekday: int
    at: time

    def day_from(self, day: date) -> date:
        """The slot's day that is `day` or comes next after it."""
        return day + timedelta(days=(self.weekday - day.weekday()) % 7)

    @override
    def __str__(self) -> str:
        return f"{WEEKDAYS[self.weekday]} {self.at:%H:%M}"


def first_sitting(slot: Slot, zone: ZoneInfo, now: datetime) -> date:
    """The day of the first sitting whose hour is still to come, on the clock of `zone`."""
    day = slot.day_from(now.astimezone(zone).date())
    return day + _WEEK if on_wall(day, slot.at, zone) <= now else day
