"""The people of a demo: leaders with their manners, the teams that they are, and the workspace."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

__all__ = ["Absence", "Character", "Manner", "Scene", "Slot", "Team"]


class Manner(StrEnum):
    """How somebody meets what they are asked."""

    PROMPT = "prompt"
    LATE = "late"
    """Answers, once reminded."""
    FORGETFUL = "forgetful"
    """Answers now and then, by way of the command."""
    AWAY = "away"
    """Prompt, but for a stretch on leave."""
    LEAVING = "leaving"
    """Prompt, until leaving the team half-way."""
    JOINING = "joining"
    """Prompt, from joining the team on."""
    SKIPPING = "skipping"
    """Presses *Skip this time* now and then."""
    PUTTING_OFF = "putting off"
    """Presses *Ask me tomorrow* now and then, and answers then."""


@dataclass(frozen=True, slots=True)
class Character:
    """A leader. `key` tells them from all others; `zone` is theirs where it isn't the team's."""

    key: str
    name: str
    title: str
    manner: Manner
    zone: ZoneInfo | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on leave, the first and the last among them."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Slot:
    """When a team is asked: a weekday (0 is Monday) and an hour, on each person's own wall."""

    weekday: int
    at: time


@dataclass(frozen=True, slots=True)
class Team:
    """A leadership team. The first of the `cast` leads it.

    `away`: on which days who is on leave, by key, as the team's plan says it from the start.
    `quiet`: from when until when people are left in peace. `joins_in` is the week (from 0) in
    which who joins does so, `leaves_in` the one in which who leaves does.
    """

    key: str
    name: str
    channel: str
    zone: ZoneInfo
    country: str
    cast: tuple[Character, ...]
    coach: Character
    slot: Slot = Slot(1, time(9))
    quiet: tuple[time, time] = (time(19), time(7, 30))
    digest_at: time = time(15)
    away: tuple[tuple[str, Absence], ...] = ()
    joins_in: int = 0
    leaves_in: int = 0

    @property
    def lead(self) -> Character:
        """Who leads it."""
        return self.cast[0]

    def zone_of(self, one: Character) -> ZoneInfo:
        """By whose clock somebody lives."""
        return one.zone or self.zone

    def is_away(self, key: str, day: date) -> bool:
        """Whether somebody is on leave on a day of their own."""
        return any(who == key and day in absence for who, absence in self.away)


@dataclass(frozen=True, slots=True)
class Scene:
    """A workspace with teams in it. `pack` is the key of the pack that they are on, if any."""

    workspace: str
    teams: tuple[Team, ...]
    starts_at: datetime
    pack: str = ""

    def team(self, key: str) -> Team:
        """The team with this key; the first one for ""."""
        return next(team for team in self.teams if key in ("", team.key))

    @property
    def everybody(self) -> tuple[Character, ...]:
        """Leaders and coaches, each once, though they be in several teams."""
        people = (one for team in self.teams for one in (*team.cast, team.coach))
        return tuple({one.key: one for one in people}.values())
