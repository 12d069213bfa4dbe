"""The words of a rhythm, each beside what stands for it in a rule."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from coaching.rule_text import DAYS

__all__ = ["LISTS", "MONTHS", "NUMBERS", "ORDINALS", "SLOTS", "WEEKDAYS", "Slot", "joined", "nth"]

WEEKDAYS = dict(
    zip(
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        DAYS,
        strict=True,
    )
)
_MONTH_NAMES = (
    "January February March April May June July August September October November December"
)
MONTHS = {name: str(number) for number, name in enumerate(_MONTH_NAMES.split(), 1)}
_NUMBER_NAMES = "one two three four five six seven eight nine ten eleven twelve"
NUMBERS = {name: str(number) for number, name in enumerate(_NUMBER_NAMES.split(), 1)}
_ORDINAL_NAMES = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
ORDINALS = {name: str(number) for number, name in enumerate(_ORDINAL_NAMES.split(), 1)}
_PLACES = {name: ORDINALS[name] for name in ("first", "second", "third", "fourth", "fifth")} | {
    "last": "-1"
}


def nth(number: int) -> str:
    """A number as the day of a month is written: 1st, 22nd, 13th."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number in {11, 12, 13} else ending}"


def joined(names: list[str]) -> str:
    """A list as it is said: `Monday, Wednesday and Friday`."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


class Slot(Protocol):
    """A place in a phrase: its words, and what they are in the rule. None where it has none."""

    def read(self, words: str) -> str | None:
        """What stands in the rule for these words, in small letters."""
        ...

    def say(self, rule: str) -> str | None:
        """The words for what stands in the rule."""
        ...


class _One:
    """One of several names."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._rule = {name.lower(): rule for name, rule in names.items()}
        self._words = {rule: name for name, rule in names.items()}

    def read(self, words: str) -> str | None:
        return self._rule.get(words)

    def say(self, rule: str) -> str | None:
        return self._words.get(rule)


@dataclass(frozen=True)
class _Several:
    """A list, `Monday and Thursday`."""

    of: Slot

    def read(self, words: str) -> str | None:
        found = [self.of.read(word) for word in _listed(words)]
        return _all(found, ",".join)

    def say(self, rule: str) -> str | None:
        return _all([self.of.say(item) for item in rule.split(",")], joined)


@dataclass(frozen=True)
class _Counted:
    """Weekdays counted within a month, `first and third Tuesday`."""

    places: Slot
    days: Slot

    def read(self, words: str) -> str | None:
        counts, _, name = words.rpartition(" ")
        day = self.days.read(name)
        places = [self.places.read(word) for word in _listed(counts)]
        return None if day is None else _all(places, lambda all_: ",".join(n + day for n in all_))

    def say(self, rule: str) -> str | None:
        items = rule.split(",")
        if len({item[-2:] for item in items}) > 1:
            return None
        places = _all([self.places.say(item[:-2]) for item in items], joined)
        day = self.days.say(items[0][-2:])
        return f"{places} {day}" if places and day else None


def _listed(words: str) -> list[str]:
    return words.replace(" and ", ", ").replace(",,", ",").split(", ")


def _all(found: list[str | None], together: Callable[[list[str]], str]) -> str | None:
    there = [one for one in found if one is not None]
    return together(there) if len(there) == len(found) else None


_DAY = _One(WEEKDAYS)
_MONTH = _One(MONTHS)
_EARLY = _One({name: place for name, place in _PLACES.items() if place in "1234"})
SLOTS: dict[str, Slot] = {
    "nth": _One({name: number for name, number in ORDINALS.items() if number != "1"}),
    "place": _One(_PLACES),
    "end": _One({"first": "1", "last": "-1"}),
    "day": _DAY,
    "days": _Several(_DAY),
    "counted": _Counted(_One(_PLACES), _DAY),
    "early": _Counted(_EARLY, _DAY),
    "months": _Several(_MONTH),
    "month": _MONTH,
    "date": _One({str(number): str(number) for number in range(1, 32)}),
    "dates": _Several(_One({nth(number): str(number) for number in range(1, 32)})),
}
"""By the names that stand in the phrases."""

LISTS = {name for name, slot in SLOTS.items() if not isinstance(slot, _One)}
"""Those that may be several words."""
