"""Workspaces, teams and the people in them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from zlib import crc32

from coaching.calendar import Span
from coaching.quiet_hours import EVENING_TO_MORNING, QuietHours
from coaching.slot import Slot

__all__ = [
    "LEAST_BUDGET",
    "MOST_BUDGET",
    "SHARDS",
    "Chosen",
    "Member",
    "Role",
    "Team",
    "Workspace",
    "shard_of",
]

SHARDS = 64

LEAST_BUDGET = 3
MOST_BUDGET = 5
"""How many messages a week a team may have said to a person, unasked."""


class Role(StrEnum):
    """What a member is to the team."""

    LEADER = "leader"
    LEAD = "lead"
    COACH = "coach"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A Slack workspace or Teams tenant. `id` is the platform and its own id: `slack:T0123`."""

    id: str
    platform: str
    external_id: str

    @classmethod
    def of(cls, platform: str, external_id: str) -> "Workspace":
        """The workspace that a platform knows by `external_id`."""
        return cls(f"{platform}:{external_id}", platform, external_id)


@dataclass(frozen=True, slots=True)
class Team:
    """A leadership team in its channel.

    `channel` is the platform's id of the conversation, `timezone` an IANA name, `country` an
    ISO 3166-1 alpha-2 code. `anonymity`: from how many answers on anonymous ones are shown; None
    leaves it to the team's size.

    `budget`: how many unasked messages reach a person in any seven days; each team keeps to its
    own figure, counting those of the person's other teams. `quiet_hours` are kept on each person's
    own wall clock. Nothing is asked in the days of `blackout`, nor while `paused`.

    While `listening`, what is written in its channel is read as it comes, and kept nowhere. While
    `discreet`, nothing that a person wrote is shown there: who is on the team reads it elsewhere.

    `slot` is when its sittings come. `pack` is the key of the pack that it follows, "" without one;
    `pack_since` the day of that pack's first sitting.
    """

    id: str
    workspace_id: str
    name: str
    channel: str
    timezone: str
    country: str
    anonymity: int | None = None
    budget: int = LEAST_BUDGET
    quiet_hours: QuietHours | None = EVENING_TO_MORNING
    blackout: tuple[Span, ...] = ()
    paused: bool = False
    slot: Slot | None = None
    pack: str = ""
    pack_since: date | None = None
    listening: bool = False
    discreet: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person said themselves, in chat, of being asked. No plan of an operator changes it.

    `no_reminders`: what they have not answered is not brought up again. `every_second`: the sitting
    after one in which they were asked passes. `no_offers`: what they write in the team's channel is
    not read. The others are as for `Member`.
    """

    away: tuple[Span, ...] = ()
    paused_until: date | None = None
    opted_out: bool = False
    no_reminders: bool = False
    every_second: bool = False
    no_offers: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """A person's place in one team. `user` is the platform's id of the person.

    Who leaves stays as a record, `active` false: what they wrote keeps its author.

    `timezone` is the IANA name of their own clock; None: the team's. Nothing unasked comes to them
    on days of `away`, before the day of `paused_until`, or once they have `opted_out`. So an
    operator's plan has it; `chosen` is the person's own word, and of the two the stricter holds:
    `absences`, `asked_from` and `asks_for_peace` are what holds.
    """

    id: str
    workspace_id: str
    team_id: str
    user: str
    role: Role
    active: bool = True
    timezone: str | None = None
    away: tuple[Span, ...] = ()
    paused_until: date | None = None
    opted_out: bool = False
    chosen: Chosen = Chosen()

    @property
    def absences(self) -> tuple[Span, ...]:
        """The days on which they are away, by the plan or by their own word."""
        return self.away + self.chosen.away

    @property
    def asked_from(self) -> date | None:
        """The first day on which they are asked again; None where they are not paused."""
        return max(filter(None, (self.paused_until, self.chosen.paused_until)), default=None)

    @property
    def asks_for_peace(self) -> bool:
        """Whether nothing unasked is to come to them at all."""
        return self.opted_out or self.chosen.opted_out

    @property
    def is_asked(self) -> bool:
        """Whether rounds for everyone come to this person: a coach stands beside the team."""
        return self.active and self.role is not Role.COACH


def shard_of(workspace_id: str) -> int:
    """The shard, 0 to 63, whose worker speaks for this workspace; the same on every machine."""
    return crc32(workspace_id.encode()) % SHARDS
