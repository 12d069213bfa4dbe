"""A cadence: a practice on a recurrence for a team."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from coaching.team import Member

__all__ = ["DIGEST", "GRACE", "Cadence", "WallClock"]

DIGEST = "digest"
"""Stands where a practice's key stands, for the cadence on which a team reads its digest."""

GRACE = timedelta(hours=6)
"""How late an occurrence may open after the process was stopped; an older one is skipped."""


class WallClock(StrEnum):
    """Whose wall clock an hour is read from."""

    OWN = "own"
    """Each person's: nine for everybody, wherever they are."""
    TEAM = "team"
    """The team's: one moment for all."""


@dataclass(frozen=True, slots=True)
class Cadence:
    """What is due when.

    `rrule` is an RFC 5545 recurrence rule without DTSTART; it starts on `starts_on`. People are
    asked at `at` on their own wall clocks; on the team's, all at one moment, where `clock` says so
    (a digest always is). Without `at` it comes in the team's slot. `next_due_at` (UTC) is when the
    planner looks at it next; None when nothing comes any more. While `paused`, its occurrences are
    recorded as skipped. `asked` are the people whom it asks, by the platform's ids; where it names
    none, all whom the practice is for. `origin` tells the cadences of one practice apart: "" is the
    team's own, any other names a pack and a place in it, who has joined, or what it comes after.

    Natural key: team, practice, origin.
    """

    id: str
    workspace_id: str
    team_id: str
    practice: str
    rrule: str
    at: time | None
    starts_on: date
    next_due_at: datetime | None
    paused: bool = False
    clock: WallClock = WallClock.OWN
    origin: str = ""
    asked: tuple[str, ...] = ()
    changed_by: str = ""

    def asks(self, member: Member) -> bool:
        """Whether a member is among those whom it asks, by what it says of people."""
        return not self.asked or member.user in self.asked
