"""A cadence: a practice on a recurrence for a team."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

__all__ = ["DIGEST", "GRACE", "Cadence"]

DIGEST = "digest"
"""Stands where a practice's key stands, for the cadence on which a team reads its digest."""

GRACE = timedelta(hours=6)
"""How late an occurrence may open after the process was stopped; an older one is skipped."""


@dataclass(frozen=True, slots=True)
class Cadence:
    """What is due when.

    `rrule` is an RFC 5545 recurrence rule without DTSTART; it starts on `starts_on`, at `at` on the
    wall clock of the team's time zone. `next_due_at` (UTC) is None when nothing comes any more.
    While `paused`, its occurrences are recorded as skipped.
    """

    id: str
    workspace_id: str
    team_id: str
    practice: str
    rrule: str
    at: time
    starts_on: date
    next_due_at: datetime | None
    paused: bool = False
