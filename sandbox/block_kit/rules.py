"""The language of the Block Kit tables: a rule gets a value and its place, and says what is wrong.

The sentences are Slack's where one has been seen in the wild: "must be less than N characters",
"must be more than N characters", "no more than N items allowed", "missing required field: X",
"unsupported type: X", "must provide an object", "must be a valid enum value". The others are
believed, in the same manner. Slack adds "failed to match all allowed schemas" for the parents of a
wrong value; that is left out, since it says nothing more.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, Literal

Surface = Literal["message", "modal", "home"]
EVERYWHERE: frozenset[Surface] = frozenset({"message", "modal", "home"})
MESSAGES: frozenset[Surface] = frozenset({"message"})
MODALS: frozenset[Surface] = frozenset({"modal"})

# Slack itself says "invalid additional property: <key>", and points at the object.
UNKNOWN_KEY = "additional property not allowed"


@dataclass(frozen=True)
class Place:
    """Where a value is: its JSON pointer, and the surface around it."""

    pointer: str
    surface: Surface

    def __truediv__(self, key: object) -> "Place":
        """Return the place of a key or an index within this one."""
        step = str(key).replace("~", "~0").replace("/", "~1")
        return Place(f"{self.pointer}/{step}", self.surface)

    def says(self, words: str) -> str:
        """Put a problem as Slack does, with its pointer."""
        return f"{words} [json-pointer:{self.pointer}]"


Rule = Callable[[Any, Place], Iterator[str]]


def text(longest: int | None = None, shortest: int = 0) -> Rule:
    """Return the rule for a string within a length, in code points (Believed; or UTF-16)."""

    def rule(value: object, place: Place) -> Iterator[str]:
        if not isinstance(value, str):
            yield place.says("must provide a string")
        elif len(value) < shortest:
            yield place.says(f"must be more than {shortest - 1} characters")
        elif longest is not None and len(value) > longest:
            yield place.says(f"must be less than {longest + 1} characters")

    return rule


def pattern(regex: str, words: str) -> Rule:
    """Return the rule for a string that matches a regular expression as a whole."""

    def rule(value: object, place: Place) -> Iterator[str]:
        if not (isinstance(value, str) and re.fullmatch(regex, value, re.ASCII)):
            yield place.says(words)

    return rule


def one_of(*allowed: object) -> Rule:
    """Return the rule for a value out of a fixed few."""

    def rule(value: object, place: Place) -> Iterator[str]:
        if isinstance(value, bool) or value not in allowed:
            yield place.says("must be a valid enum value")

    return rule


def anything(value: object, place: Place) -> Iterator[str]:
    """Check nothing: what is held here is not ours to judge."""
    return iter(())


def flag(value: object, place: Place) -> Iterator[str]:
    """Check a boolean."""
    if not isinstance(value, bool):
        yield place.says("must provide a boolean")


def number(lowest: float | None = None, highest: float | None = None, *, whole: bool) -> Rule:
    """Return the rule for a JSON number within bounds, both included."""

    def rule(value: object, place: Place) -> Iterator[str]:
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
            yield place.says("must provide an integer" if whole else "must provide a number")
        elif lowest is not None and value < lowest:
            yield place.says(f"must be at least {lowest}")
        elif highest is not None and value > highest:
            yield place.says(f"must be at most {highest}")

    return rule


def many(rule: Rule, fewest: int = 0, most: int | None = None) -> Rule:
    """Return the rule for an array, its length and each of its items."""

    def of_array(value: object, place: Place) -> Iterator[str]:
        if not isinstance(value, list):
            yield place.says("must provide an array")
            return
        if len(value) < fewest:
            yield place.says(f"no fewer than {fewest} items allowed")
        if most is not None and len(value) > most:
            yield place.says(f"no more than {most} items allowed")
        for index, item in enumerate(value):
            yield from rule(item, place / index)

    return of_array


@dataclass(frozen=True)
class Shape:
    """The rule for an object: the keys it needs, those it may have, and what holds between them."""

    needs: Mapping[str, Rule] = field(default_factory=dict)
    may: Mapping[str, Rule] = field(default_factory=dict)
    also: tuple[Rule, ...] = ()
    on: AbstractSet[Surface] = EVERYWHERE

    def __call__(self, value: object, place: Place) -> Iterator[str]:
        """Say what is wrong with the object, key by key; `also` is for objects only."""
        if not isinstance(value, dict):
            yield place.says("must provide an object")
            return
        for key in (key for key in self.needs if key not in value):
            yield place.says(f"missing required field: {key}")
        for key, held in value.items():
            rule = self.needs.get(key) or self.may.get(key)
            if rule is None:
                yield (place / key).says(UNKNOWN_KEY)
            else:
                yield from rule(held, place / key)
        for rule in self.also:
            yield from rule(value, place)


def kind(table: Mapping[str, Shape], names: AbstractSet[str] | None = None) -> Rule:
    """Return the rule for an object whose `type` picks its shape in a table, or from part of it."""

    def rule(value: object, place: Place) -> Iterator[str]:
        if not isinstance(value, dict):
            yield place.says("must provide an object")
            return
        if "type" not in value:
            yield place.says("missing required field: type")
            return
        name = value["type"]
        allowed = isinstance(name, str) and (names is None or name in names)
        shape = table.get(name) if allowed else None
        if shape is None or place.surface not in shape.on:
            # Seen for a chart on a home tab, too: what is known, but not there, is "unsupported".
            yield (place / "type").says(f"unsupported type: {name}")
            return
        yield from shape({k: v for k, v in value.items() if k != "type"}, place)

    return rule


def either(*keys: str, at: str | None = None) -> Rule:
    """Return the rule that one of these keys is there; `at` is the key that Slack points at."""

    def rule(value: dict[str, Any], place: Place) -> Iterator[str]:
        if not value.keys() & set(keys):
            there = place / at if at else place
            yield there.says("must define either " + " or ".join(f"`{key}`" for key in keys))

    return rule


def not_both(one: str, other: str) -> Rule:
    """Return the rule that two keys exclude each other."""

    def rule(value: dict[str, Any], place: Place) -> Iterator[str]:
        if one in value and other in value:
            yield place.says(f"must define only one of `{one}` or `{other}`")

    return rule
