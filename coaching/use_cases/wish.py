"""What a person says of being asked: that they are away, or want to be asked less, or not at all.

It is kept beside what an operator's plan says of them, and of the two the stricter holds.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from coaching.calendar import Span, away_on
from coaching.delivery import DeliveryKind
from coaching.errors import Refused
from coaching.ports import UnitOfWork
from coaching.team import Chosen, Member, Team
from coaching.use_cases.excuse import AWAY, OPTED_OUT, PAUSED, leave_in_peace, take_up_again
from coaching.use_cases.saying import say_anew

__all__ = [
    "FIRST",
    "LAST",
    "LONGEST",
    "UNTIL",
    "Seat",
    "Wish",
    "end_away",
    "end_pause",
    "pause_until",
    "set_away",
    "set_pace",
    "today_of",
    "wants",
    "wishes_elsewhere",
    "wishes_of",
]

LONGEST = timedelta(days=366)
"""How far ahead an absence or a pause may reach; who wants longer opts out."""

_DAY = timedelta(days=1)
_NO_TEAM = "You are in no team of mine, so I ask you nothing."
_GONE_BY = "That day has gone by. Choose today or a later one."
_TOO_FAR = "That is over a year ahead. Choose an earlier day, or have me stop asking you."
_NOT_LATER = "Choose a later day than today: it is the first on which I ask you again."
FIRST, LAST, UNTIL = "first", "last", "until"
"""What a refusal calls the days: a form's fields of these names get its sentence."""


class Wish(StrEnum):
    """What a person may switch on, and off again: as `Chosen` has it."""

    NO_REMINDERS = "no_reminders"
    EVERY_SECOND = "every_second"
    NO_OFFERS = "no_offers"
    OPTED_OUT = "opted_out"


@dataclass(frozen=True, slots=True)
class Seat:
    """A person's place in one of their teams: `member.chosen` is what they said of it."""

    team: Team
    member: Member

    @property
    def zone(self) -> ZoneInfo:
        """The clock that the person lives by."""
        return ZoneInfo(self.member.timezone or self.team.timezone)


def wishes_of(uow: UnitOfWork, user: str) -> list[Seat]:
    """What a person said, in each team in which they are; nothing where they are in none."""
    members = uow.members.where(user=user, active=True)
    return [Seat(uow.teams.get(member.team_id), member) for member in members]


def wishes_elsewhere(uow: UnitOfWork, user: str, now: datetime) -> Chosen:
    """What a person who comes onto another team has said for all of theirs so far.

    Days on which they are away hold everywhere. The rest counts as said for all teams where it
    holds in each; that they want no offers is about one channel, and stays there.
    """
    seats = wishes_of(uow, user)
    if not seats:
        return Chosen()
    today, chosen = today_of(seats, now), [seat.member.chosen for seat in seats]
    away = {span for one in chosen for span in one.away if span.last >= today}
    pauses = [one.paused_until for one in chosen if one.paused_until is not None]
    return Chosen(
        away=tuple(sorted(away, key=lambda one: (one.first, one.last))),
        paused_until=min(pauses) if len(pauses) == len(chosen) else None,
        opted_out=all(one.opted_out for one in chosen),
        no_reminders=all(one.no_reminders for one in chosen),
        every_second=all(one.every_second for one in chosen),
    )


def today_of(seats: list[Seat], now: datetime) -> date:
    """The day that it is for the person whose seats these are.

    Raises:
        Refused: they are in no team.
    """
    if not seats:
        raise Refused(_NO_TEAM)
    return now.astimezone(seats[0].zone).date()


def wants(chosen: Chosen, wish: Wish) -> bool:
    """Whether the wish is on."""
    match wish:
        case Wish.NO_REMINDERS:
            return chosen.no_reminders
        case Wish.EVERY_SECOND:
            return chosen.every_second
        case Wish.NO_OFFERS:
            return chosen.no_offers
        case Wish.OPTED_OUT:
            return chosen.opted_out


def set_away(uow: UnitOfWork, user: str, span: Span, now: datetime) -> None:
    """A person is away, for all their teams; what is open for them passes if it has begun.

    From its first day on it takes the place of an absence of theirs that it meets: so the last day
    of one can be put right either way. Said twice is the same as once.

    Raises:
        Refused: they are in no team; the days have gone by, or reach too far ahead.
    """
    today = today_of(wishes_of(uow, user), now)
    if span.last < today:
        raise Refused(_GONE_BY, {LAST: _GONE_BY})
    if span.last > today + LONGEST:
        raise Refused(_TOO_FAR, {LAST: _TOO_FAR})

    def away(chosen: Chosen) -> Chosen:
        others = [left for one in chosen.away if one.last >= today for left in _beside(one, span)]
        return replace(chosen, away=tuple(sorted([*others, span], key=lambda one: one.first)))

    changed = _choose(uow, user, None, away)
    if span.first <= today:
        leave_in_peace(uow, changed, AWAY, now)


def end_away(uow: UnitOfWork, user: str, now: datetime, first: date | None = None) -> None:
    """A person is back today, or (`first`) not away after all in the days that begin then.

    Questions that passed because of it, and are still open, are open for them again. What the
    operator's plan says of an absence stays. Said twice is the same as once.

    Raises:
        Refused: they are in no team.
    """
    today = today_of(wishes_of(uow, user), now)

    def back(chosen: Chosen) -> Chosen:
        ended = [one for one in chosen.away if one.first == first or (not first and today in one)]
        left = [one for one in chosen.away if one not in ended and one.last >= today]
        return replace(chosen, away=tuple(left))

    changed = _choose(uow, user, None, back)
    here = [one for one in changed if away_on(one.absences, today) is None]
    take_up_again(uow, here, AWAY, now)


def set_pace(
    uow: UnitOfWork, user: str, wish: Wish, now: datetime, *, on: bool, team_id: str | None = None
) -> None:
    """Switch a wish on or off, in one team or (None) in all of the person's.

    Who wants to be asked no more is left in peace at once; once they want it again, what is still
    open for them is open again.

    Raises:
        Refused: they are not in that team, or in none.
    """
    changed = _choose(uow, user, team_id, lambda chosen: _with(chosen, wish, on=on))
    if wish is Wish.OPTED_OUT:
        for member in changed:  # it says whether they are asked
            say_anew(uow, DeliveryKind.WELCOME, member.id, now)
    if wish is Wish.OPTED_OUT and on:
        leave_in_peace(uow, changed, OPTED_OUT, now)
    elif wish is Wish.OPTED_OUT:
        take_up_again(uow, [one for one in changed if not one.asks_for_peace], OPTED_OUT, now)


def pause_until(
    uow: UnitOfWork, user: str, day: date, now: datetime, team_id: str | None = None
) -> None:
    """A person is not asked before `day`, in one team or (None) in all of theirs.

    Raises:
        Refused: they are not in that team, or in none; the day is not ahead, or too far.
    """
    today = today_of(wishes_of(uow, user), now)
    if day <= today:
        raise Refused(_NOT_LATER, {UNTIL: _NOT_LATER})
    if day > today + LONGEST:
        raise Refused(_TOO_FAR, {UNTIL: _TOO_FAR})
    changed = _choose(uow, user, team_id, lambda chosen: replace(chosen, paused_until=day))
    leave_in_peace(uow, changed, PAUSED, now)


def end_pause(uow: UnitOfWork, user: str, now: datetime, team_id: str | None = None) -> None:
    """A person may be asked again, as far as their own word goes. Raises Refused as `set_pace`."""
    today = today_of(wishes_of(uow, user), now)
    changed = _choose(uow, user, team_id, lambda chosen: replace(chosen, paused_until=None))
    asked = [one for one in changed if one.asked_from is None or one.asked_from <= today]
    take_up_again(uow, asked, PAUSED, now)


def _choose(
    uow: UnitOfWork, user: str, team_id: str | None, change: Callable[[Chosen], Chosen]
) -> list[Member]:
    """The person's members in that team, or in all, as they now stand."""
    members = [
        replace(seat.member, chosen=change(seat.member.chosen))
        for seat in wishes_of(uow, user)
        if team_id in {None, seat.team.id}
    ]
    if not members:
        raise Refused(_NO_TEAM)
    for member in members:
        uow.members.save(member)
    return members


def _with(chosen: Chosen, wish: Wish, *, on: bool) -> Chosen:
    match wish:
        case Wish.NO_REMINDERS:
            return replace(chosen, no_reminders=on)
        case Wish.EVERY_SECOND:
            return replace(chosen, every_second=on)
        case Wish.NO_OFFERS:
            return replace(chosen, no_offers=on)
        case Wish.OPTED_OUT:
            return replace(chosen, opted_out=on)


def _beside(there: Span, new: Span) -> Iterator[Span]:
    """What an absence still is beside a new one."""
    if there.last < new.first or there.first > new.last:
        yield there
    elif there.first < new.first:
        yield Span(there.first, new.first - _DAY)
