"""The next dates of a cadence as a lead or coach reads them, with what is skipped or moved."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from coaching.occasion import Occasion
from coaching.use_cases.coming_dates import SHOWN, Dates
from conversation.compose.phrases import day_seen_from

__all__ = ["dates_said", "how_many"]

_FEW = 3
"""Dates that are skipped for one reason, in a row, up to which each is said."""


def how_many(dates: Dates) -> str:
    """What leads over from a rhythm to its dates; the whole of it where there are none."""
    comes = sum(dates.comes(one) for one in dates.occasions)
    if comes == SHOWN:
        return " · the next five dates:"
    if not comes and dates.ends:
        return " · never comes from that day on. Choose another day, or how often."
    if not comes:
        return f" · none of its next {len(dates.occasions)} dates comes:"
    if dates.ends:
        return f" · {'one date is' if comes == 1 else f'{comes} dates are'} left:"
    return f" · of its next {len(dates.occasions)} dates, {comes} come:"


def dates_said(dates: Dates, today: date) -> Iterator[str]:
    """Each date in a line of its own; long runs of what is skipped in one."""
    for why, run in groupby(dates.occasions, lambda one: _why_not(one, dates)):
        together = list(run)
        if why and len(together) > _FEW:
            last = day_seen_from(today, together[-1].day)
            yield f"{len(together)} dates until {last}: {why}"
        elif why:
            yield from (f"{day_seen_from(today, one.day)}: {why}" for one in together)
        else:
            yield from (_when(one, today) + _moved(one, today) for one in together)


def _why_not(occasion: Occasion, dates: Dates) -> str:
    """Why one does not come; "" where it does."""
    if occasion.day in dates.met:
        return "it had its turn that day already"
    if occasion.comes:
        return ""
    what, _, more = occasion.reason.partition("; ")
    if more.startswith("blackout"):
        return f"skipped, {_kind(what)}, and your team is asked nothing on the working day before"
    if more:
        return f"skipped, {_kind(what)}, and it comes on the working day before anyway"
    return f"skipped, {_kind(what)}"


def _moved(occasion: Occasion, today: date) -> str:
    if not occasion.reason:
        return ""
    own = day_seen_from(today, occasion.day)
    return f", instead of {own}: {_kind(occasion.reason)}"


def _kind(reason: str) -> str:
    """A reason of the calendar, as a person says it."""
    if reason == "blackout":
        return "your team is asked nothing then"
    if reason == "weekend":
        return "a day off"
    return f"a holiday ({reason.removeprefix('holiday: ')})"


def _when(occasion: Occasion, today: date) -> str:
    return f"{day_seen_from(today, occasion.hour.day)}, {occasion.hour.at:%H:%M}"
