"""Hours and days as people write them in a plan; what can't be read is refused with its mend."""

from datetime import date, time

from coaching.calendar import Span
from coaching.quiet_hours import QuietHours
from coaching.slot import WEEKDAYS, Slot

__all__ = [
    "NO_QUIET_HOURS",
    "day_from",
    "quiet_hours_from",
    "slot_from",
    "span_from",
    "time_from",
]

NO_QUIET_HOURS = "none"

_SPAN = "{from: 2026-12-21, until: 2027-01-03}"


def time_from(given: object) -> time:
    """A time of day from its text. `"9"` and `"9:00"` are refused with what to write."""
    text = given.strip() if isinstance(given, str) else ""
    hour, _, minute = text.partition(":")
    digits = hour.isdecimal() and (minute or "0").isdecimal() and text.isascii()
    right = digits and len(hour) < 3 and len(minute) < 3 and int(hour) < 24
    value = time(int(hour), int(minute or 0)) if right and int(minute or 0) < 60 else None
    if value is not None and text == f"{value:%H:%M}":
        return value
    raise ValueError(f'{_said(text)} is not a time; write it as "{value or time(9):%H:%M}"')


def day_from(given: object) -> date:
    """A day from its text, as ISO 8601 writes it."""
    text = given.strip() if isinstance(given, str) else ""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or text != day.isoformat():
        raise ValueError(f"{_said(text)} is not a day; write it as 2026-12-21")
    return day


def span_from(given: object) -> Span:
    """Days in a row from `from` and `until`, both included."""
    if not isinstance(given, dict) or given.keys() != {"from", "until"}:
        raise ValueError(f"this is not a span of days; write it as {_SPAN}")
    first, last = (day_from(given[key]) for key in ("from", "until"))
    if last < first:
        raise ValueError(f"it ends on {last}, before it begins; write it as {_SPAN}")
    return Span(first, last)


def quiet_hours_from(given: object) -> QuietHours | None:
    """Quiet hours from their text, such as `19:00-07:30`; None from `none`."""
    text = given.strip() if isinstance(given, str) else ""
    if text == NO_QUIET_HOURS:
        return None
    start, dash, end = text.partition("-")
    if not dash or ":" not in start or ":" not in end:
        raise ValueError(
            f'{_said(text)} are not quiet hours; write them as "19:00-07:30", or {NO_QUIET_HOURS}'
        )
    hours = time_from(start), time_from(end)
    if hours[0] == hours[1]:
        raise ValueError(f"they end as they begin; write another end, or {NO_QUIET_HOURS}")
    return QuietHours(*hours)


def slot_from(given: object) -> Slot:
    """A slot from its text, such as `Tuesday 09:00`; nine where it names a weekday alone."""
    text = given.strip() if isinstance(given, str) else ""
    day, _, hour = text.partition(" ")
    weekday = next((n for n, name in enumerate(WEEKDAYS) if name.casefold() == day.casefold()), -1)
    if weekday < 0:
        raise ValueError(f'{_said(text)} is not a slot; write it as "Tuesday 09:00"')
    return Slot(weekday, time_from(hour) if hour else time(9))


def _said(text: str) -> str:
    return f'"{text[:20]}"' if text.isprintable() and text else "this"
