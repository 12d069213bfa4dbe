"""Small pieces of plain English that several messages share."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from conversation.messages import Bold, Moment, Span

__all__ = ["and_list", "bold_list", "day", "day_seen_from", "first_words", "minutes", "moment"]

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day(on: date) -> str:
    """`Friday 4 December`."""
    return f"{_WEEKDAYS[on.weekday()]} {on.day} {_MONTHS[on.month - 1]}"


def day_seen_from(today: date, on: date) -> str:
    """`Friday 4 December`; in another year `Friday 3 December 2027`."""
    return day(on) if on.year == today.year else f"{day(on)} {on.year}"


def moment(at: datetime, zone: ZoneInfo) -> Moment:
    """A moment on the reader's own clock; in words on the team's: `Thursday 3 December, 17:00`."""
    wall = at.astimezone(zone)
    return Moment(at, f"{day(wall.date())}, {wall:%H:%M}")


def minutes(count: int) -> str:
    """`about 1 minute`."""
    return f"about {count} minute{'' if count == 1 else 's'}"


def and_list(words: Sequence[str]) -> str:
    """`one, two and three`; `salt and pepper, and oil`."""
    return _last_joint(words).join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def bold_list(words: Sequence[str]) -> tuple[Span, ...]:
    """The same, each word set off."""
    spans: list[Span] = []
    for index, word in enumerate(words):
        if index:
            spans.append(_last_joint(words) if index == len(words) - 1 else ", ")
        spans.append(Bold(word))
    return tuple(spans)


def _last_joint(words: Sequence[str]) -> str:
    """What stands before the last word: a comma more where a word has an "and" of its own."""
    return ", and " if any(" and " in word for word in words) else " and "


def first_words(text: str, most: int) -> str:
    """The start of a text, on one line, cut at a word."""
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    return flat[: most - 1].rsplit(" ", 1)[0] + "…"
