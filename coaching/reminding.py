"""When somebody who has not answered is reminded: once, on a working day, at the hour of before."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from coaching.calendar import Calendar
from coaching.recurrence import on_wall

__all__ = ["REMINDER_AFTER", "reminder_at"]

REMINDER_AFTER = timedelta(hours=24)
"""How long a prompt is left alone at least."""

_DAY = timedelta(days=1)


def reminder_at(asked_at: datetime, zone: ZoneInfo, calendar: Calendar) -> datetime:
    """When (UTC) somebody who was asked at `asked_at` is reminded, on their wall clock in `zone`.

    On the next day that is no day off, at the hour at which they were asked, and at least 24 hours
    later: where the clock goes forward in between, the next morning is too soon, and it comes on
    the working day after.
    """
    wall = asked_at.astimezone(zone)
    day, at = wall.date(), wall.time()
    while True:
        day += _DAY
        if calendar.is_day_off(day):
            continue
        moment = on_wall(day, at, zone)
        # On a day that the zone leaves out, or whose end a gap takes, it would be the next day.
        if moment >= asked_at + REMINDER_AFTER and moment.astimezone(zone).date() == day:
            return moment
