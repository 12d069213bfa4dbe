"""The load that a person bears: may this be said to them now, unasked, or when, or never?

One budget holds everything that nobody asked for: in any seven days no more than so many messages
reach a person, whatever practice, team, reminder or nudge they come from.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from coaching.wishes import AT_ITS_HOUR, Timing, Wishes, at_its_hour, shut_until

__all__ = ["SAY", "WEEK", "Burden", "Drop", "Due", "Load", "Say", "Verdict", "Wait", "decide"]

WEEK = timedelta(days=7)

_DAY = timedelta(days=1)


class Burden(StrEnum):
    """What a message asks of a person, in order of precedence."""

    PROMISE = "a follow-up on their own promise"
    PROMPT = "a prompt"
    NOTE = "a note that the service needs them"
    REMINDER = "a reminder"
    REPORT = "what a round brought"
    NUDGE = "a nudge"

    @property
    def has_its_hour(self) -> bool:
        """Whether it comes at its hour on another day, rather than as soon as there is room."""
        return self in {Burden.PROMPT, Burden.REMINDER}

    def comes_before(self, other: "Burden") -> bool:
        """Whether `other` has to leave room for this."""
        order = list(Burden)
        return order.index(self) < order.index(other)


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is due to a person. `late`: the day it was meant for has gone by."""

    burden: Burden
    at: datetime
    late: bool = False

    def leaves_room_for(self, other: "Due") -> bool:
        """Whether a place is kept for `other` when this is to be said.

        For whatever comes before it, in the seven days that both would be part of. A promise keeps
        one, too, for a prompt of the next day; and so does a prompt that missed its day for those
        that are yet to come on theirs, so that one is left out and not every one after it late.
        """
        if other.burden is Burden.PROMPT and not other.late:
            if self.burden is Burden.PROMISE:
                return other.at < self.at + _DAY
            if self.late:
                return other.at < self.at + WEEK
        return other.burden.comes_before(self.burden) and other.at < self.at + WEEK


@dataclass(frozen=True, slots=True)
class Load:
    """What a person bears already.

    `spent`: when something that counts was said to them, at least of the last seven days.
    `nudged_at`: the latest nudge. `ahead`: when something that this leaves room for will be due to
    them, within seven days; a place is kept for each, so that it finds it within minutes.
    `followed_at`: the latest follow-up of a kind that comes once a week, where this is of it.
    """

    budget: int
    spent: tuple[datetime, ...] = ()
    nudged_at: datetime | None = None
    ahead: tuple[datetime, ...] = ()
    followed_at: datetime | None = None


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
ANY_TIME = Timing()


def decide(
    burden: Burden, wishes: Wishes, load: Load, now: datetime, timing: Timing = ANY_TIME
) -> Verdict:
    """Whether a message may go now.

    One that can't go in time is dropped at once, with the first thing that stood in its way. A
    promise keeps the place of a prompt only where that costs it less than a day.
    """
    verdict = _decide(burden, wishes, load, now, timing)
    if burden is not Burden.PROMISE or not load.ahead:
        return verdict
    first = _decide(burden, wishes, replace(load, ahead=()), now, timing)
    can_wait = isinstance(verdict, Wait) and verdict.until - _when(first, now) < _DAY
    return verdict if can_wait else first


def _when(verdict: Verdict, now: datetime) -> datetime:
    return verdict.until if isinstance(verdict, Wait) else now


def _decide(burden: Burden, wishes: Wishes, load: Load, now: datetime, timing: Timing) -> Verdict:
    if wishes.never:
        return Drop(wishes.never)
    moment, first_reason = now, ""
    while (hindrance := _hindrance(burden, wishes, load, now, moment, timing)) is not None:
        moment, reason = hindrance
        first_reason = first_reason or reason
        if timing.until is not None and moment >= timing.until:
            return Drop(first_reason)
    return SAY if moment == now else Wait(moment, first_reason)


def _hindrance(
    burden: Burden, wishes: Wishes, load: Load, now: datetime, moment: datetime, timing: Timing
) -> tuple[datetime, str] | None:
    """Why it can't go at `moment`, and the next moment at which that may have changed."""
    shut = shut_until(wishes, timing, moment)
    if shut is not None:
        return shut
    if timing.not_before is not None and moment < timing.not_before:
        return timing.not_before, "too soon after the prompt"
    full = _no_room(burden, load, now, moment)
    if full is None or not burden.has_its_hour:
        return full
    room_at, reason = full
    return at_its_hour(wishes, timing, room_at), reason


def _no_room(
    burden: Burden, load: Load, now: datetime, moment: datetime
) -> tuple[datetime, str] | None:
    if burden is Burden.NUDGE and load.nudged_at and moment < load.nudged_at + WEEK:
        return load.nudged_at + WEEK, "one nudge a week"
    if load.followed_at and moment < load.followed_at + WEEK:
        return load.followed_at + WEEK, "one follow-up a week"
    kept = [max(at, now) for at in load.ahead]
    if _fits(moment, load.spent, kept, load.budget):
        return None
    alone = _fits(moment, load.spent, (), load.budget)
    reason = "room is kept for what comes first" if alone else "the week's budget is spent"
    return min(at + WEEK for at in (*load.spent, *kept) if at + WEEK > moment), reason


def _fits(
    moment: datetime, spent: Sequence[datetime], kept: Sequence[datetime], budget: int
) -> bool:
    """Whether no seven days that something at `moment` is part of would hold more than `budget`.

    For what is kept a place, room that comes within minutes of its hour is room.
    """
    points = (*spent, *kept, moment)
    weeks = [(end - WEEK, end) for end in (*spent, moment)]
    weeks += [(end - WEEK + AT_ITS_HOUR, end) for end in kept]
    return all(
        sum(start < at <= end for at in points) <= budget
        for start, end in weeks
        if start < moment <= end
    )
