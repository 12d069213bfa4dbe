"""Teams as code: what an operator wants a workspace's teams to be."""

from dataclasses import dataclass
from datetime import date, time
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field

from coaching.anonymity import FEWEST
from coaching.cadence import DIGEST, WallClock
from coaching.calendar import Span, check_country
from coaching.plan_values import (
    day_from,
    quiet_hours_from,
    slot_from,
    span_from,
    time_from,
)
from coaching.quiet_hours import EVENING_TO_MORNING, QuietHours
from coaching.recurrence import check_rule
from coaching.slot import Slot
from coaching.team import LEAST_BUDGET, MOST_BUDGET, Role

__all__ = ["DEFAULT_DIGEST", "WantedCadence", "WantedMember", "WantedTeam"]

_STRICT = ConfigDict(extra="forbid")

_Spans = tuple[Annotated[Span, BeforeValidator(span_from)], ...]


def _rule(given: object) -> str:
    """A RFC 5545 rule over days, in capitals."""
    text = given.strip().upper() if isinstance(given, str) else ""
    check_rule(text)
    return text


@dataclass(frozen=True, slots=True)
class WantedMember:
    """A person in a team: the platform's id, and what they are to the team."""

    __pydantic_config__ = _STRICT
    user: Annotated[str, Field(min_length=1, examples=["U0123ABCD"])]
    role: Annotated[Role, Field(examples=["leader"])]
    timezone: Annotated[str | None, Field(examples=["Asia/Tokyo"])] = None
    away: _Spans = ()
    paused_until: Annotated[
        date | None, BeforeValidator(day_from), Field(examples=["2026-12-21"])
    ] = None
    opted_out: bool = False


@dataclass(frozen=True, slots=True)
class WantedCadence:
    """A practice (or `digest`), by its key, on a rule; without `at` in the team's slot.

    `clock`: whether `at` is read from each person's own clock, or from the team's for all at once.
    `asked`: the people whom it asks, where these are not all whom the practice is for. `paused`:
    None leaves it as it is, so that what was paused in chat stays so.
    """

    __pydantic_config__ = _STRICT
    practice: Annotated[str, Field(min_length=1, examples=["voices_heard"])]
    rrule: Annotated[str, BeforeValidator(_rule), Field(examples=["FREQ=WEEKLY;BYDAY=TU"])]
    at: Annotated[time | None, BeforeValidator(time_from), Field(examples=["09:00"])] = None
    paused: bool | None = None
    clock: Annotated[WallClock, Field(examples=["team"])] = WallClock.OWN
    asked: tuple[Annotated[str, Field(min_length=1, examples=["U0123ABCD"])], ...] = ()


DEFAULT_DIGEST = WantedCadence(DIGEST, "FREQ=WEEKLY;BYDAY=FR", time(15))
"""When a team reads its digest where its plan does not say."""


@dataclass(frozen=True, slots=True)
class WantedTeam:
    """A team as it should be. Its natural key is its channel.

    `paused`: None leaves it as it is, so that a team that was paused in chat stays so.
    """

    __pydantic_config__ = _STRICT
    name: Annotated[str, Field(min_length=1, max_length=80, examples=["Northern leadership"])]
    channel: Annotated[str, Field(min_length=1, examples=["C0123ABCD"])]
    timezone: Annotated[str, Field(examples=["Europe/Oslo"])]
    country: Annotated[
        str,
        Field(pattern="^[A-Z]{2}(-[A-Z0-9]{1,3})?$", examples=["NO"]),
        AfterValidator(check_country),
    ]
    members: Annotated[tuple[WantedMember, ...], Field(min_length=1)]
    slot: Annotated[Slot | None, BeforeValidator(slot_from), Field(examples=["Tuesday 09:00"])] = (
        None
    )
    pack: Annotated[str, Field(examples=["gentle_start"])] = ""
    cadences: tuple[WantedCadence, ...] = ()
    anonymity: Annotated[int | None, Field(ge=FEWEST, le=20, examples=["5"])] = None
    budget: Annotated[int, Field(ge=LEAST_BUDGET, le=MOST_BUDGET, examples=["3"])] = LEAST_BUDGET
    quiet_hours: Annotated[
        QuietHours | None, BeforeValidator(quiet_hours_from), Field(examples=["19:00-07:30"])
    ] = EVENING_TO_MORNING
    blackout: _Spans = ()
    paused: bool | None = None

    def all_cadences(self) -> tuple[WantedCadence, ...]:
        """Its cadences, and the default digest where there is none."""
        if any(cadence.practice == DIGEST for cadence in self.cadences):
            return self.cadences
        return (*self.cadences, DEFAULT_DIGEST)
