"""A pack: a named set of cadences over weeks, so that nobody has to compose a year by hand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field

from coaching.catalogue import Catalogue, load_catalogue
from coaching.documents import read_document
from coaching.recurrence import check_rule
from coaching.rule_text import DAYS
from coaching.yaml_text import Path

__all__ = ["Pack", "PackCadence", "Turn", "load_packs", "read_pack"]

_STRICT = ConfigDict(extra="forbid")
_DAY = "{day}"
_ONCE = "FREQ=DAILY;COUNT=1"


def _rule(given: object) -> str:
    """A recurrence rule that leaves the weekday open."""
    text = given if isinstance(given, str) else ""
    if _DAY not in text:
        raise ValueError(f"the team's weekday stands in it as {_DAY}, as in BYDAY=2{_DAY}")
    check_rule(text.replace(_DAY, DAYS[0]))
    return text


@dataclass(frozen=True, slots=True)
class Turn:
    """A practice's place in the rotation.

    In `rrule` (RFC 5545) `{day}` stands for the weekday of the team's sittings. It begins when the
    opening is over, and not before `from_week`; the week of the first sitting is week 1.
    """

    __pydantic_config__ = _STRICT
    practice: str
    rrule: Annotated[str, BeforeValidator(_rule)]
    from_week: Annotated[int, Field(ge=1, le=104)] = 1


@dataclass(frozen=True, slots=True)
class PackCadence:
    """A practice, on an RFC 5545 rule without DTSTART that starts on `starts_on`."""

    practice: str
    rrule: str
    starts_on: date


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as its file says it.

    `opening`: the practices of the first sittings, one sitting after another, `every` so many
    weeks. `rotation`: what comes from then on.
    """

    __pydantic_config__ = _STRICT
    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    name: Annotated[str, Field(min_length=1, max_length=60)]
    about: Annotated[str, Field(min_length=1, max_length=200)]
    every: Annotated[int, Field(ge=1, le=4)]
    opening: Annotated[
        tuple[Annotated[tuple[str, ...], Field(min_length=1)], ...], Field(min_length=1)
    ]
    rotation: Annotated[tuple[Turn, ...], Field(min_length=1)]

    def cadences(self, first: date) -> Iterator[PackCadence]:
        """The pack for a team whose first sitting is on `first`, and the others on its weekday.

        A practice may come more than once: in the opening and in turn, or in two turns.
        """
        step = timedelta(weeks=self.every)
        for place, practices in enumerate(self.opening):
            for practice in practices:
                yield PackCadence(practice, _ONCE, first + place * step)
        after = first + len(self.opening) * step
        day = DAYS[first.weekday()]
        for turn in self.rotation:
            starts_on = max(after, first + timedelta(weeks=turn.from_week - 1))
            yield PackCadence(turn.practice, turn.rrule.replace(_DAY, day), starts_on)


@cache
def load_packs() -> Mapping[str, Pack]:
    """The packaged packs by key. Raises DocumentError where a file is not a pack."""
    entries = sorted(files("coaching.packs").iterdir(), key=lambda entry: entry.name)
    packs = [
        read_pack(entry.read_text("utf-8"), entry.name, load_catalogue())
        for entry in entries
        if entry.name.endswith(".yaml")
    ]
    return {pack.key: pack for pack in packs}


def read_pack(text: str, source: str, catalogue: Catalogue) -> Pack:
    """The pack that a file's `text` says.

    Raises:
        DocumentError: with `source`, line and mend of every problem.
    """
    return read_document(text, Pack, source, lambda pack: _unaskable(pack, catalogue))


def _unaskable(pack: Pack, catalogue: Catalogue) -> Iterator[tuple[Path, str]]:
    """The practices that no cadence can ask."""
    named: list[tuple[Path, str]] = [
        (("opening", sitting, place), practice)
        for sitting, practices in enumerate(pack.opening)
        for place, practice in enumerate(practices)
    ]
    named += [(("rotation", n, "practice"), turn.practice) for n, turn in enumerate(pack.rotation)]
    for path, key in named:
        if key not in catalogue:
            yield path, f"`{key}` is not a practice; what is: {', '.join(catalogue)}"
        elif not catalogue[key].audience.on_cadence:
            yield path, f"`{key}` is asked when it happens, not on a cadence; take it out"
