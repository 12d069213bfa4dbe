"""An audit of the times at which people were addressed, from what stood on their screens.

It rests on nothing of the bot: on messages as the sandbox kept them, on the demo's own description
of people and teams, on `zoneinfo` and on the public holidays. So it can't agree with the bot's
mistakes by making them, too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

import holidays

from bot.demo.people import Scene, Team

__all__ = ["Audit", "Findings", "Heard"]

_WEEK = timedelta(days=7)
_FRIDAY, _SATURDAY = 4, 5
_SAME_MOMENT = timedelta(seconds=1)
_PUNCTUAL = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Heard:
    """A new message of the bot. `to` is a person's key, or "" for a channel, then `team`'s.

    `asks`: it is the first that offers to answer a certain form. `digest`: it is a week's digest.
    `wanted`: it says that its reader wanted it on that day, having put it off.
    """

    at: datetime
    to: str = ""
    team: str = ""
    asks: bool = False
    digest: bool = False
    wanted: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """What the audit counts.

    `per_person_week_max`: the most messages that came to one person unasked within 7 x 24 hours.
    The others are faults: see `Audit`.
    """

    per_person_week_max: int
    in_quiet_hours: int
    on_holiday: int
    while_away: int
    wrong_local_time: int


class Audit:
    """What people of a scene heard, held against what they were promised.

    *Unasked* is a message to a person that did not come at the very moment of something that this
    person did: the demo's clock stands still while people act. `acted` says who did something
    when. `since` and `until`: the day on which somebody joined their team, or left it.
    """

    def __init__(
        self,
        scene: Scene,
        heard: Iterable[Heard],
        acted: Iterable[tuple[str, datetime]],
        since: Mapping[str, datetime] | None = None,
        until: Mapping[str, datetime] | None = None,
    ) -> None:
        self._scene = scene
        moments: dict[str, list[datetime]] = {}
        for who, at in acted:
            moments.setdefault(who, []).append(_universal(at))
        # In one zone, datetimes are compared by the wall clock, which may have been changed.
        messages = [replace(one, at=_universal(one.at)) for one in heard]
        self._unasked = [
            one for one in messages if one.to and not _follows(one.at, moments.get(one.to, ()))
        ]
        self._digests = [one for one in messages if one.digest]
        self._since = {who: _universal(at) for who, at in (since or {}).items()}
        self._until = {who: _universal(at) for who, at in (until or {}).items()}

    def findings(self, team: str = "") -> Findings:
        """What is counted in all teams, or in one (by its key)."""
        teams = [one for one in self._scene.teams if team in ("", one.key)]
        people = {one.key for each in teams for one in (*each.cast, each.coach)}
        unasked = [one for one in self._unasked if one.to in people]
        return Findings(
            per_person_week_max=max((self._busiest(one) for one in people), default=0),
            in_quiet_hours=sum(map(self._is_quiet, unasked)),
            on_holiday=sum(map(self._is_day_off, unasked)) + sum(map(self._misplaced, teams)),
            while_away=sum(map(self._is_away, unasked)),
            wrong_local_time=sum(map(self._is_astray, unasked)),
        )

    def digests(self, team: str) -> int:
        """How many digests a team has read."""
        return sum(one.team == team for one in self._digests)

    def _busiest(self, who: str) -> int:
        """The most messages unasked within any 7 x 24 hours, from all their teams."""
        times = [one.at for one in self._unasked if one.to == who and not one.wanted]
        return max((sum(at <= other < at + _WEEK for other in times) for at in times), default=0)

    # One message

    def _is_quiet(self, one: Heard) -> bool:
        """Whether it came in the quiet hours of any team of theirs."""
        at = self._wall(one).time()
        return any(_within(at, team.quiet) for team in self._teams_of(one.to))

    def _is_day_off(self, one: Heard) -> bool:
        """Whether it came on a day off in the country of every team of theirs."""
        day = self._wall(one).date()
        return all(_is_day_off(team.country, day) for team in self._teams_of(one.to))

    def _is_away(self, one: Heard) -> bool:
        """Whether they were on leave, had left their team, or were not in it yet."""
        day = self._wall(one).date()
        on_leave = any(team.is_away(one.to, day) for team in self._teams_of(one.to))
        joined, left = self._since.get(one.to), self._until.get(one.to)
        return (
            on_leave
            or (joined is not None and one.at < joined)
            or (left is not None and one.at > left)
        )

    def _is_astray(self, one: Heard) -> bool:
        """Whether it asks at another hour than that of the slot of a team of theirs."""
        wall = self._wall(one).replace(tzinfo=None)
        slots = [team.slot.at for team in self._teams_of(one.to)]
        late = [abs(wall - datetime.combine(wall.date(), at)) for at in slots]
        return one.asks and min(late) > _PUNCTUAL

    def _teams_of(self, who: str) -> list[Team]:
        return [
            team
            for team in self._scene.teams
            if any(one.key == who for one in (*team.cast, team.coach))
        ]

    def _wall(self, one: Heard) -> datetime:
        """When it came by the person's own clock."""
        team = self._teams_of(one.to)[0]
        character = next(each for each in (*team.cast, team.coach) if each.key == one.to)
        return one.at.astimezone(team.zone_of(character))

    # A team's digests

    def _misplaced(self, team: Team) -> int:
        """How many of its digests stand on another day than the calendar puts them."""
        days = [
            one.at.astimezone(team.zone).date() for one in self._digests if one.team == team.key
        ]
        return sum(day != _digest_day(team.country, day) for day in days)


def _universal(at: datetime) -> datetime:
    return at.astimezone(UTC)


def _follows(at: datetime, acts: Iterable[datetime]) -> bool:
    return any(timedelta() <= at - act < _SAME_MOMENT for act in acts)


def _within(at: time, quiet: tuple[time, time]) -> bool:
    start, end = quiet
    return start <= at < end if start < end else at >= start or at < end


def _digest_day(country: str, day: date) -> date:
    """The day on which the digest of that day's week stands: Friday, or the working day before."""
    stands = day + timedelta(days=_FRIDAY - day.weekday())
    while _is_day_off(country, stands):
        stands -= timedelta(days=1)
    return stands


def _is_day_off(country: str, day: date) -> bool:
    """Whether it is a weekend or a public holiday there."""
    return day.weekday() >= _SATURDAY or day in _public_holidays(country, day.year)


@lru_cache
def _public_holidays(country: str, year: int) -> holidays.HolidayBase:
    code, _, part = country.partition("-")
    return holidays.country_holidays(code, subdiv=part or None, years=year)
