"""A rule that has no short phrase, described part by part."""

from collections.abc import Callable, Mapping

from coaching.rhythm_words import MONTHS, ORDINALS, WEEKDAYS, joined, nth

__all__ = ["in_plain_words"]

_UNITS = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
_MONTHS = {number: name for name, number in MONTHS.items()}
_WEEKDAYS = {day: name for name, day in WEEKDAYS.items()}
_ORDINALS = {number: name for name, number in ORDINALS.items()}


def in_plain_words(parts: Mapping[str, str]) -> str:
    """What the parts of a rule say, without its COUNT and UNTIL."""
    every = parts.get("INTERVAL", "1")
    unit = _UNITS[parts["FREQ"]]
    count = "" if every == "1" else f"{_ORDINALS.get(every) or nth(int(every))} "
    told = [tell(parts[part]) for part, tell in _TOLD.items() if part in parts]
    return ", ".join([f"every {count}{unit}", *told])


def _each(value: str, name: Callable[[str], str]) -> str:
    return joined([name(item) for item in value.split(",")])


def _place(number: str) -> str:
    """`first`, `last`, `second to last`, `21st`."""
    count = number.removeprefix("-")
    named = _ORDINALS.get(count) or nth(int(count))
    if not number.startswith("-"):
        return named
    return "last" if count == "1" else f"{named} to last"


def _weekday(item: str) -> str:
    day = _WEEKDAYS[item[-2:]]
    number = item[:-2]
    return f"the {_place(number)} {day}" if number else day


def _of_the(prefix: str, noun: str, whole: str) -> Callable[[str], str]:
    """Tells numbers as `on the first and last days of the month`."""
    return lambda value: (
        f"{prefix} the {_each(value, _place)} {noun}{'s' if ',' in value else ''} of the {whole}"
    )


_TOLD: dict[str, Callable[[str], str]] = {
    "BYMONTH": lambda value: f"in {_each(value, _MONTHS.__getitem__)}",
    "BYWEEKNO": _of_the("in", "week", "year"),
    "BYYEARDAY": _of_the("on", "day", "year"),
    "BYMONTHDAY": _of_the("on", "day", "month"),
    "BYDAY": lambda value: f"on {_each(value, _weekday)}",
    "BYSETPOS": lambda value: f"of these the {_each(value, _place)}",
    "WKST": lambda value: f"weeks from {_WEEKDAYS[value]} on",
}
"""In the order in which a rule narrows down."""
