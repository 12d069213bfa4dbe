"""What is coming to one person, message by message: looked at before it comes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from coaching.agenda import agenda
from coaching.cadence import DIGEST, Cadence
from coaching.calendar import Calendar, away_on
from coaching.catalogue import Catalogue
from coaching.occasion import Hour, occasions, slot_after, zones_of
from coaching.permissions import allowed, answering
from coaching.practice import Feeds, Practice
from coaching.reminding import reminder_at
from coaching.round import closing_time
from coaching.team import Member, Team

__all__ = ["Coming", "preview"]

_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Coming:
    """A message that is to come, at `at` (UTC), with the practices that it asks.

    A `reminder` comes only to somebody who has not answered by then.
    """

    at: datetime
    practices: tuple[Practice, ...]
    reminder: bool = False

    @property
    def minutes(self) -> int:
        """What answering takes; nothing more for being reminded of it."""
        return 0 if self.reminder else sum(practice.minutes for practice in self.practices)


def preview(
    team: Team,
    cadences: Iterable[Cadence],
    members: Sequence[Member],
    catalogue: Catalogue,
    member: Member,
    now: datetime,
    until: datetime,
    *,
    purpose: bool = True,
) -> list[Coming]:
    """What `member` would get from their team after `now` and before `until`, in order.

    `purpose`: whether the team has settled one. Without one nothing is asked about it before a
    restatement has come.

    That is prompts and reminders as calendar, holidays, absences and sittings have it. What people
    themselves set in motion (a breakdown, a promise) is not in it, nor what the budget will hold
    back because of that.
    """
    if team.paused or not member.active or member.asks_for_peace:
        return []
    plans = _Plans(team, list(members), catalogue)
    for cadence in cadences:
        asks = cadence.practice in catalogue and not cadence.paused
        if cadence.practice != DIGEST and asks:
            plans.add(cadence, now, until)
    found = [
        coming
        for hour, planned in plans.sittings(until)
        for coming in _messages(team, member, hour, planned)
        if now < coming.at < until and not _spared(team, member, coming.at)
    ]
    found.sort(key=lambda coming: coming.at)
    return found if purpose else list(_without_purpose(found))


def _without_purpose(coming: Iterable[Coming]) -> Iterator[Coming]:
    restated = False
    for one in coming:
        restated = restated or any(each.feeds is Feeds.PURPOSE for each in one.practices)
        asked = tuple(each for each in one.practices if restated or not each.needs_purpose)
        if asked:
            yield replace(one, practices=asked)


@dataclass(frozen=True, slots=True)
class _Planned:
    """A practice that a cadence asks."""

    practice: Practice
    cadence: Cadence

    def asks(self, member: Member) -> bool:
        return allowed(member, answering(self.practice.audience)) and self.cadence.asks(member)


@dataclass
class _Plans:
    """All that is due, by the hour at which it is. Who is asked alone takes room from all, too."""

    team: Team
    members: list[Member]
    catalogue: Catalogue
    own: dict[Hour, dict[str, _Planned]] = field(default_factory=lambda: defaultdict(dict))
    in_slot: dict[Hour, dict[str, _Planned]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, cadence: Cadence, now: datetime, until: datetime) -> None:
        after = (cadence.next_due_at - _MOMENT) if cadence.next_due_at else now
        zones = zones_of(self.members)
        coming = occasions(cadence, self.team, after, zones)
        kind = self.own if cadence.at is not None else self.in_slot
        for occasion in takewhile(lambda one: one.hour.begins_at < until, coming):
            if occasion.comes:
                practice = self.catalogue[cadence.practice].opened_in(occasion.day.year)
                hour = replace(occasion.hour, zones=zones)
                key = f"{practice.key}/{cadence.id}" if cadence.asked else practice.key
                kind[hour][key] = _Planned(practice, cadence)

    def sittings(self, until: datetime) -> Iterator[tuple[Hour, dict[str, _Planned]]]:
        """What is asked when; what finds no room in a sitting waits for the next."""
        yield from self.own.items()
        while self.in_slot:
            hour = min(self.in_slot, key=lambda one: one.due_at)
            wanted = self.in_slot.pop(hour)
            asked_of = {key: self._whom(one) for key, one in wanted.items()}
            plan = agenda({key: one.practice for key, one in wanted.items()}, asked_of)
            yield hour, {key: wanted[key] for key in plan.asked}
            later = slot_after(self.team, hour.day, hour.zones)
            if plan.moves and later is not None and later.begins_at < until:
                waiting = {key: wanted[key] for key in plan.moves}
                self.in_slot[later] = {**waiting, **self.in_slot.get(later, {})}

    def _whom(self, planned: _Planned) -> list[str]:
        return [member.id for member in self.members if planned.asks(member)]


def _messages(
    team: Team, member: Member, hour: Hour, planned: Mapping[str, _Planned]
) -> Iterator[Coming]:
    asked = tuple(one.practice for one in planned.values() if one.asks(member))
    if not asked:
        return
    at = hour.moment_for(member)
    yield Coming(at, asked)
    zone = ZoneInfo(member.timezone or team.timezone)
    calendar = Calendar(team.country, team.blackout)
    reminded_at = reminder_at(at, zone, calendar)
    closes_at = max(closing_time(hour.due_at, one.open_days, hour.zone, calendar) for one in asked)
    if reminded_at < closes_at and not member.chosen.no_reminders:
        yield Coming(reminded_at, asked, reminder=True)


def _spared(team: Team, member: Member, at: datetime) -> bool:
    """Whether the person is away then, or wants to be left alone."""
    day = at.astimezone(ZoneInfo(member.timezone or team.timezone)).date()
    paused = member.asked_from is not None and day < member.asked_from
    return paused or away_on(member.absences, day) is not None
