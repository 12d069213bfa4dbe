"""What a single type does not say: dates, numbers, and what has to hold between an element's keys.

The sentences here are Believed; that Slack refuses these is in its reference.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from sandbox.block_kit.rules import Place, Rule, number, pattern, text

CLOCK = pattern(r"([01]\d|2[0-3]):[0-5]\d", "must be a time as HH:MM")
_NUMBER = r"[+-]?(\d{1,15}(\.\d{0,15})?|\.\d{1,15})"
NUMERIC = pattern(_NUMBER, "must be a number")
TEN_DIGITS = number(1_000_000_000, 9_999_999_999, whole=True)


def options_of(element: dict[str, Any]) -> list[Any]:
    """Return the options on offer, those in groups too; if malformed, what there is of them."""
    groups = element.get("option_groups")
    held = [group.get("options") for group in _dicts(groups)]
    lists = [element.get("options"), *held]
    return [option for options in lists if isinstance(options, list) for option in options]


def face_of(option: object) -> tuple[object, object]:
    """Return what makes two options the same: text and value; Slack says "exactly matches"."""
    if not isinstance(option, dict):
        return (None, None)
    label = option.get("text")
    return (label.get("text") if isinstance(label, dict) else label, option.get("value"))


def _dicts(value: object) -> list[dict[str, Any]]:
    items = value if isinstance(value, list) else []
    return [item for item in items if isinstance(item, dict)]


def initial_on_offer(value: dict[str, Any], place: Place) -> Iterator[str]:
    """Check that what is chosen at first is one of the options."""
    faces = [face_of(option) for option in options_of(value)]
    first = value.get("initial_option")
    if isinstance(first, dict) and face_of(first) not in faces:
        yield (place / "initial_option").says("must match one of the options")
    for index, option in enumerate(_dicts(value.get("initial_options"))):
        if face_of(option) not in faces:
            yield (place / "initial_options" / index).says("must match one of the options")


def in_order(low: str, high: str) -> Rule:
    """Return the rule that the number under `low` is no more than the one under `high`."""

    def rule(value: dict[str, Any], place: Place) -> Iterator[str]:
        lowest, highest = to_number(value.get(low)), to_number(value.get(high))
        if lowest is not None and highest is not None and lowest > highest:
            yield (place / low).says(f"must be no more than `{high}`")

    return rule


def to_number(value: object) -> float | None:
    """Return a number, or a string that is one to Slack, as a number; None for all else."""
    if isinstance(value, str):
        return float(value) if re.fullmatch(_NUMBER, value, re.ASCII) else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def initial_length(value: dict[str, Any], place: Place) -> Iterator[str]:
    """Check that the first value of a text input keeps to the input's own bounds."""
    low, high = value.get("min_length"), value.get("max_length")
    bounds = text(high if isinstance(high, int) else None, low if isinstance(low, int) else 0)
    if isinstance(value.get("initial_value"), str) and value["initial_value"]:
        yield from bounds(value["initial_value"], place / "initial_value")


def initial_number(value: dict[str, Any], place: Place) -> Iterator[str]:
    """Check that the first value of a number input keeps to the input's own bounds."""
    first = to_number(value.get("initial_value"))
    low, high = to_number(value.get("min_value")), to_number(value.get("max_value"))
    if first is None:
        return
    if (low is not None and first < low) or (high is not None and first > high):
        yield (place / "initial_value").says("must be between `min_value` and `max_value`")
    if value.get("is_decimal_allowed") is False and first % 1:
        yield (place / "initial_value").says("must be a whole number")


def no_more_than_selectable(key: str) -> Rule:
    """Return the rule that a menu starts with no more items than may be selected."""

    def rule(value: dict[str, Any], place: Place) -> Iterator[str]:
        most, first = value.get("max_selected_items"), value.get(key)
        if isinstance(most, int) and isinstance(first, list) and len(first) > most:
            yield (place / key).says(f"no more than {most} items allowed")

    return rule


def calendar_date(value: object, place: Place) -> Iterator[str]:
    """Check a day of the calendar, YYYY-MM-DD."""
    try:
        right = isinstance(value, str) and str(date.fromisoformat(value)) == value
    except ValueError:
        right = False
    if not right:
        yield place.says("must be a date as YYYY-MM-DD")
