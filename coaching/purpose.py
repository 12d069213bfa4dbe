"""A team's purpose: one sentence at a time, each version kept."""

from dataclasses import dataclass
from datetime import datetime

__all__ = ["Purpose"]


@dataclass(frozen=True, slots=True)
class Purpose:
    """A version of the team's purpose, from the moment it was settled until the next one.

    `number` counts the team's versions from 1. `round_id` is the restatement that it came of, ""
    where it was settled without one. Natural key: team, number.
    """

    id: str
    workspace_id: str
    team_id: str
    number: int
    sentence: str
    settled_by: str
    """The member's id."""
    settled_at: datetime
    round_id: str = ""
