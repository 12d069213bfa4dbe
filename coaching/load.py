"""The load that a person bears: may this be said to them now, unasked, or when, or never?

One budget holds everything that nobody asked for: in any seven days no more than so many messages
reach a person, whatever practice, team, reminder or nudge they come from.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from coaching.calendar import Span, away_on
from coaching.quiet_hours import QuietHours
from coaching.recurrence import on_wall

__all__ = ["SAY", "WEEK", "Burden", "Drop", "Load", "Say", "Verdict", "Wait", "Wishes", "decide"]

WEEK = timedelta(days=7)

_MIDNIGHT = time(0)
_MOMENT = timedelta(minutes=1)


class Burden(StrEnum):
    """What a message asks of a person, in order of precedence."""

    PROMISE = "a follow-up on their own promise"
    PROMPT = "a prompt"
    REMINDER = "a reminder"
    REPORT = "what a round brought"
    NUDGE = "a nudge"
    NOTE = "a note that the service needs them"

    @property
    def counts(self) -> bool:
        """Whether it takes a place in the budget.

        A note does not, and is not held back by it: it says that something has to be mended, once
        for each cause, and a person's week must not lose its questions over it.
        """
        return self is not Burden.NOTE

    def comes_before(self, other: "Burden") -> bool:
        """Whether `other` has to leave room for this."""
        order = list(Burden)
        return self.counts and order.index(self) < order.index(other)


@dataclass(frozen=True, slots=True)
class Wishes:
    """When a person can be met. Days and hours are those of their own wall clock, in `zone`.

    `paused_until` is the first day on which they are asked again. `never`: why nothing is said to
    them at all; "" where it may be.
    """

    zone: ZoneInfo
    quiet: QuietHours | None = None
    away: tuple[Span, ...] = ()
    blackout: tuple[Span, ...] = ()
    paused_until: date | None = None
    never: str = ""


@dataclass(frozen=True, slots=True)
class Load:
    """What a person bears already.

    `spent`: when something that counts was said to them, at least of the last seven days.
    `nudged_at`: the latest nudge. `ahead`: when something that comes before this will be due to
    them, within seven days; a place is kept for each.
    """

    budget: int
    spent: tuple[datetime, ...] = ()
    nudged_at: datetime | None = None
    ahead: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Say:
    """It may be said now."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Not now: to be asked again at `until` (UTC), which is later than now."""

    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Drop:
    """Not at all."""

    reason: str


Verdict = Say | Wait | Drop

SAY = Say()


def decide(
    burden: Burden,
    wishes: Wishes,
    load: Load,
    now: datetime,
    *,
    not_before: datetime | None = None,
    until: datetime | None = None,
) -> Verdict:
    """Whether a message may go now. `until`: from then on it is not worth saying.

    A message that can't go in time is dropped at once, with the first thing that stood in its way.
    """
    if wishes.never:
        return Drop(wishes.never)
    moment, first_reason = now, ""
    while (hindrance := _hindrance(burden, wishes, load, now, moment, not_before)) is not None:
        moment, reason = hindrance
        first_reason = first_reason or reason
        if until is not None and moment >= until:
            return Drop(first_reason)
    return SAY if moment == now else Wait(moment, first_reason)


def _hindrance(
    burden: Burden,
    wishes: Wishes,
    load: Load,
    now: datetime,
    moment: datetime,
    not_before: datetime | None,
) -> tuple[datetime, str] | None:
    """Why it can't go at `moment`, and the next moment at which that may have changed."""
    if not_before is not None and moment < not_before:
        return not_before, "too soon after the prompt"
    return _shut(burden, wishes, moment) or _no_room(burden, load, now, moment)


def _shut(burden: Burden, wishes: Wishes, moment: datetime) -> tuple[datetime, str] | None:
    wall = moment.astimezone(wishes.zone)
    day = wall.date()
    if (span := away_on(wishes.away, day)) is not None:
        return _start_of(span.last + timedelta(days=1), wishes.zone, moment), "away"
    if wishes.paused_until is not None and day < wishes.paused_until:
        return _start_of(wishes.paused_until, wishes.zone, moment), "paused"
    asks = burden is not Burden.NOTE
    if asks and (span := away_on(wishes.blackout, day)) is not None:
        return _start_of(span.last + timedelta(days=1), wishes.zone, moment), "blackout"
    if wishes.quiet is not None and wall.time() in wishes.quiet:
        return _end_of_quiet(wishes.quiet, wishes.zone, moment), "quiet hours"
    return None


def _start_of(day: date, zone: ZoneInfo, moment: datetime) -> datetime:
    return max(on_wall(day, _MIDNIGHT, zone), moment + _MOMENT)


def _end_of_quiet(quiet: QuietHours, zone: ZoneInfo, moment: datetime) -> datetime:
    wall = moment.astimezone(zone)
    ends = [on_wall(wall.date() + timedelta(days=ahead), quiet.end, zone) for ahead in (0, 1, 2)]
    # Where the clock goes back over the end, the hours that come twice are quiet twice.
    ends.append(datetime.combine(wall.date(), quiet.end, zone).replace(fold=1).astimezone(UTC))
    return min(end for end in ends if end > moment)


def _no_room(
    burden: Burden, load: Load, now: datetime, moment: datetime
) -> tuple[datetime, str] | None:
    if not burden.counts:
        return None
    if burden is Burden.NUDGE and load.nudged_at and moment < load.nudged_at + WEEK:
        return load.nudged_at + WEEK, "one nudge a week"
    kept = [max(at, now) for at in load.ahead]
    points = sorted([*load.spent, *kept])
    if all(count <= load.budget for count in _weeks_with(moment, points)):
        return None
    alone = all(count <= load.budget for count in _weeks_with(moment, sorted(load.spent)))
    reason = "room is kept for what comes first" if alone else "the week's budget is spent"
    return min(at + WEEK for at in points if at + WEEK > moment), reason


def _weeks_with(moment: datetime, points: list[datetime]) -> Iterator[int]:
    """How much falls within each span of seven days that something at `moment` would be part of."""
    line = sorted([*points, moment])
    for end in line:
        if moment <= end < moment + WEEK:
            yield sum(end - WEEK < at <= end for at in line)
