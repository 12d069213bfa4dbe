"""Voices heard: what somebody beyond the team said, and the decision that it is to change."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

__all__ = ["Voice", "VoiceState"]


class VoiceState(StrEnum):
    """What became of a voice."""

    HEARD = "heard"
    """It asks for no decision."""
    OPEN = "open"
    """A decision is to change."""
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    """It was looked at, and the decision stands."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice, as it was told in a round. `told`: whether the stakeholder knows what came of it.

    `owner` (a platform id) brings the decision about, by `by`. `outside` as of the stakeholder; a
    voice of nobody on the map counts as outside. Natural key: round, heard_by.
    """

    id: str
    workspace_id: str
    team_id: str
    round_id: str
    heard_by: str
    """The member's id."""
    heard_at: datetime
    words: str
    stakeholder_id: str | None = None
    outside: bool = True
    decision: str = ""
    owner: str | None = None
    by: date | None = None
    state: VoiceState = VoiceState.HEARD
    told: bool | None = None
    settled_at: datetime | None = None
    why: str = ""
    """Why the decision stands."""
