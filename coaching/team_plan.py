"""Teams as code: what an operator wants a workspace's teams to be."""

from dataclasses import dataclass
from datetime import time
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field

from coaching.cadence import DIGEST
from coaching.recurrence import check_rule
from coaching.team import Role

__all__ = ["DEFAULT_DIGEST", "WantedCadence", "WantedMember", "WantedTeam"]

_STRICT = ConfigDict(extra="forbid")


def _time(given: object) -> time:
    """A time of day from its text. `"9"` and `"9:00"` are refused with what to write."""
    text = given.strip() if isinstance(given, str) else ""
    hour, _, minute = text.partition(":")
    digits = hour.isdecimal() and (minute or "0").isdecimal() and text.isascii()
    right = digits and len(hour) < 3 and len(minute) < 3 and int(hour) < 24
    value = time(int(hour), int(minute or 0)) if right and int(minute or 0) < 60 else None
    if value is not None and text == f"{value:%H:%M}":
        return value
    said = f'"{text[:20]}"' if text.isprintable() and text else "this"
    raise ValueError(f'{said} is not a time; write it as "{value or time(9):%H:%M}"')


def _rule(given: object) -> str:
    """A weekly RFC 5545 rule, in capitals."""
    text = given.strip().upper() if isinstance(given, str) else ""
    check_rule(text)
    return text


@dataclass(frozen=True, slots=True)
class WantedMember:
    """A person in a team: the platform's id, and what they are to the team."""

    __pydantic_config__ = _STRICT
    user: Annotated[str, Field(min_length=1, examples=["U0123ABCD"])]
    role: Annotated[Role, Field(examples=["leader"])]


@dataclass(frozen=True, slots=True)
class WantedCadence:
    """A practice (or `digest`), by its key, on a weekly rule, at a time on the team's clock."""

    __pydantic_config__ = _STRICT
    practice: Annotated[str, Field(min_length=1, examples=["voices_heard"])]
    rrule: Annotated[str, BeforeValidator(_rule), Field(examples=["FREQ=WEEKLY;BYDAY=TU"])]
    at: Annotated[time, BeforeValidator(_time), Field(examples=["09:00"])]


DEFAULT_DIGEST = WantedCadence(DIGEST, "FREQ=WEEKLY;BYDAY=FR", time(15))
"""When a team reads its digest where its plan does not say."""


@dataclass(frozen=True, slots=True)
class WantedTeam:
    """A team as it should be. Its natural key is its channel."""

    __pydantic_config__ = _STRICT
    name: Annotated[str, Field(min_length=1, max_length=80, examples=["Northern leadership"])]
    channel: Annotated[str, Field(min_length=1, examples=["C0123ABCD"])]
    timezone: Annotated[str, Field(examples=["Europe/Oslo"])]
    country: Annotated[str, Field(pattern="^[A-Z]{2}$", examples=["NO"])]
    members: Annotated[tuple[WantedMember, ...], Field(min_length=1)]
    cadences: tuple[WantedCadence, ...] = ()

    def all_cadences(self) -> tuple[WantedCadence, ...]:
        """Its cadences, and the default digest where there is none."""
        if any(cadence.practice == DIGEST for cadence in self.cadences):
            return self.cadences
        return (*self.cadences, DEFAULT_DIGEST)
