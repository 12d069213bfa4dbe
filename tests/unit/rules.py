"""Recurrence rules of every kind that RFC 5545 has over days, for property tests."""

from datetime import date

from hypothesis import strategies as st

from tests.unit.walks import DAYS

__all__ = ["rules_and_starts"]


def numbers(low: int, high: int, *, ends: bool = True) -> st.SearchStrategy[str]:
    """A list of numbers, from the front and, with `ends`, from the end."""
    one = st.integers(low, high)
    either = st.one_of(one, one.map(lambda number: -number)) if ends else one
    lists = st.lists(either, min_size=1, max_size=4, unique=True)
    return lists.map(lambda found: ",".join(map(str, found)))


weekdays = st.lists(st.sampled_from(DAYS), min_size=1, max_size=5, unique=True).map(",".join)


def counted(most: int) -> st.SearchStrategy[str]:
    number = st.one_of(st.integers(1, most), st.integers(-most, -1))
    item = st.tuples(number, st.sampled_from(DAYS)).map(lambda made: f"{made[0]}{made[1]}")
    return st.lists(item, min_size=1, max_size=3, unique=True).map(",".join)


MONTHS = {"BYMONTH": numbers(1, 12, ends=False)}
OPTIONAL: dict[str, dict[str, st.SearchStrategy[str]]] = {
    "DAILY": MONTHS | {"BYMONTHDAY": numbers(1, 31), "BYDAY": weekdays},
    "WEEKLY": MONTHS | {"BYDAY": weekdays},
    "MONTHLY": MONTHS | {"BYMONTHDAY": numbers(1, 31), "BYDAY": weekdays | counted(5)},
    "YEARLY": MONTHS | {"BYMONTHDAY": numbers(1, 31), "BYDAY": weekdays | counted(6)},
}
BY_WEEKS: dict[str, st.SearchStrategy[str]] = {
    "BYWEEKNO": numbers(1, 51, ends=False) | st.integers(-10, -1).map(str),
    "BYDAY": weekdays,
}
BY_YEARDAYS = MONTHS | {"BYYEARDAY": numbers(1, 366), "BYDAY": weekdays}


@st.composite
def rules_and_starts(draw: st.DrawFn) -> tuple[str, date]:
    """A rule and the day it starts on."""
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    optional = OPTIONAL[frequency]
    if frequency == "YEARLY":
        optional = draw(st.sampled_from([optional, BY_WEEKS, BY_YEARDAYS]))
    named = draw(st.sets(st.sampled_from(sorted(optional))))
    parts = {"FREQ": frequency} | {part: draw(optional[part]) for part in sorted(named)}
    maybe = st.booleans()
    if draw(maybe):
        parts["INTERVAL"] = str(draw(st.integers(1, 5)))
    if draw(maybe) and named:
        parts["BYSETPOS"] = draw(numbers(1, 4))
    if draw(maybe):
        parts["WKST"] = draw(st.sampled_from(DAYS))
    ending = draw(st.sampled_from(["", "COUNT", "UNTIL"]))
    if ending == "COUNT":
        parts["COUNT"] = str(draw(st.integers(1, 20)))
    starts_on = draw(st.dates(date(2020, 1, 1), date(2036, 12, 31)))
    if ending == "UNTIL":
        until = draw(st.dates(starts_on, date(2039, 12, 31)))
        parts["UNTIL"] = f"{until:%Y%m%d}"
    return ";".join(f"{part}={value}" for part, value in parts.items()), starts_on
