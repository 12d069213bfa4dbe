"""The text of a recurrence rule: its parts, which of them can stand together, its one spelling."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

__all__ = ["DAYS", "check_text", "normal", "parts_of", "text_of"]

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""The weekdays as RFC 5545 writes them, in the order of `date.weekday`."""

_DAY = f"({'|'.join(DAYS)})"
_SIGN = "[+-]?"


def _list(item: str) -> str:
    return f"{item}(,{item})*"


_SHAPES = {
    "FREQ": "(DAILY|WEEKLY|MONTHLY|YEARLY)",
    "INTERVAL": "[1-9][0-9]{0,2}",
    "BYMONTH": _list("([1-9]|1[0-2])"),
    # dateutil misses days of weeks 52 and 53 that fall into January.
    "BYWEEKNO": _list(r"([1-9]|[1-4][0-9]|5[01]|-[1-9]|-10)"),
    "BYYEARDAY": _list(f"{_SIGN}([1-9][0-9]?|[12][0-9][0-9]|3[0-5][0-9]|36[0-6])"),
    "BYMONTHDAY": _list(f"{_SIGN}([1-9]|[12][0-9]|3[01])"),
    "BYDAY": _list(f"({_SIGN}([1-9]|[1-4][0-9]|5[0-3]))?{_DAY}"),
    "BYSETPOS": _list(f"{_SIGN}([1-9][0-9]?|[12][0-9][0-9]|3[0-5][0-9]|36[0-6])"),
    "COUNT": "[1-9][0-9]{0,2}",
    "UNTIL": "[0-9]{8}",
    "WKST": _DAY,
}
"""Stricter than dateutil: it never ends from INTERVAL=0, and drops what it cannot place."""

_EXAMPLE = "FREQ=MONTHLY;BYDAY=1MO"
_MENDS = {
    "INTERVAL": "a whole number from 1 on, such as INTERVAL=2",
    "BYMONTH": "months from 1 to 12, such as BYMONTH=3,9",
    "BYWEEKNO": "weeks from 1 to 51, or from -1, the last, to -10, such as BYWEEKNO=20",
    "BYYEARDAY": "days from 1 to 366, or -1 for the last, such as BYYEARDAY=100",
    "BYMONTHDAY": "days from 1 to 31, or -1 for the last, such as BYMONTHDAY=15",
    "BYDAY": "weekdays such as BYDAY=TU,TH, or BYDAY=1MO for the first Monday",
    "BYSETPOS": "places from 1 on, or -1 for the last, such as BYSETPOS=-1",
    "COUNT": "a whole number from 1 to 999, such as COUNT=12",
    "UNTIL": "a day, such as UNTIL=20261218",
    "WKST": "a weekday, such as WKST=SU",
}
_ONLY_IN = {
    "BYWEEKNO": {"YEARLY"},
    "BYYEARDAY": {"YEARLY"},
    "BYMONTHDAY": {"DAILY", "MONTHLY", "YEARLY"},
}
_OF_THE_HOUR = ("BYHOUR", "BYMINUTE", "BYSECOND")
_WITHIN_A_DAY = {"HOURLY", "MINUTELY", "SECONDLY"}


def check_text(rule: str) -> None:
    """Go on if `rule` is written as RFC 5545 has it, over days.

    Raises:
        ValueError: says what is wrong, and what to write, in a sentence.
    """
    pairs = [part.partition("=")[::2] for part in rule.upper().split(";")]
    parts = dict(pairs)
    for part in _OF_THE_HOUR:
        if part in parts:
            raise ValueError(f"{part} does not belong in the rule: the hour stands in `at`")
    if parts.get("FREQ") in _WITHIN_A_DAY:
        raise ValueError(f"{parts['FREQ']} is too often: FREQ=DAILY is the most, at the hour `at`")
    if not re.fullmatch(_SHAPES["FREQ"], parts.get("FREQ", "")):
        raise ValueError(
            f"not a recurrence rule: it begins with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY,"
            f" such as {_EXAMPLE}"
        )
    for part, value in pairs:
        if not re.fullmatch(_SHAPES.get(part, "(?!)"), value):
            mend = _MENDS.get(part, f"what can is like {_EXAMPLE}")
            raise ValueError(f"`{f'{part}={value}'[:40]}` can't be kept; write {mend}")
    if len(parts) < len(pairs) or {"COUNT", "UNTIL"} <= parts.keys():
        raise ValueError("each part stands once, and COUNT or UNTIL, not both")
    _check_together(parts)


def _check_together(parts: Mapping[str, str]) -> None:
    frequency = parts["FREQ"]
    for part in parts.keys() & _ONLY_IN.keys():
        if frequency not in _ONLY_IN[part]:
            raise ValueError(f"{part} does not go with FREQ={frequency}")
    if re.search("[0-9]", parts.get("BYDAY", "")):
        if frequency not in {"MONTHLY", "YEARLY"}:
            raise ValueError(
                f"`BYDAY={parts['BYDAY'][:20]}` counts weekdays within a month or a year:"
                f" with FREQ={frequency} write them without the number"
            )
        if "BYWEEKNO" in parts:
            raise ValueError("BYDAY with a number does not go with BYWEEKNO")
    others = [part for part in parts if part.startswith("BY") and part != "BYSETPOS"]
    if "BYSETPOS" in parts and not others:
        raise ValueError("BYSETPOS picks from what another part names, such as BYDAY=MO,TU,WE")
    if "UNTIL" in parts:
        try:
            datetime.strptime(parts["UNTIL"], "%Y%m%d")
        except ValueError:
            raise ValueError(f"UNTIL={parts['UNTIL']} is no day; write {_MENDS['UNTIL']}") from None


def parts_of(rule: str) -> dict[str, str]:
    """The parts of a rule, in capitals, by name."""
    return dict(part.partition("=")[::2] for part in rule.upper().split(";"))


def text_of(parts: Mapping[str, str]) -> str:
    """The rule that has these parts."""
    return ";".join(f"{part}={value}" for part, value in parts.items())


def normal(rule: str) -> str:
    """The one spelling of a rule: in order, without what goes without saying."""
    given = parts_of(rule)
    parts = {part: _in_order(part, given[part]) for part in _SHAPES if part in given}
    if parts.get("INTERVAL") == "1":
        del parts["INTERVAL"]
    weeks_matter = "BYWEEKNO" in parts or (
        parts["FREQ"] == "WEEKLY" and parts.keys() & {"INTERVAL", "BYSETPOS"}
    )
    if parts.get("WKST") == "MO" or not weeks_matter:
        parts.pop("WKST", None)
    return text_of(parts)


def _in_order(part: str, value: str) -> str:
    if not part.startswith("BY"):
        return value
    items: Iterable[str] = {item.replace("+", "") for item in value.split(",")}
    return ",".join(sorted(items, key=_place))


def _place(item: str) -> tuple[bool, int, int]:
    """Where an item of a list stands: from the start before from the end, Monday before Sunday."""
    number = int(re.sub("[A-Z]", "", item) or 0)
    weekday = DAYS.index(item[-2:]) if item[-2:] in DAYS else 0
    return (number < 0, number, weekday)
