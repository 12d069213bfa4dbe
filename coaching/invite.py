"""Sessions with an outside voice in the room, and the invitations to them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

__all__ = ["REMINDED_DAYS_BEFORE", "Invite", "InviteState", "Session"]

REMINDED_DAYS_BEFORE = (28, 7, 2)
"""How many days before a session the owner of an invitation is asked where it stands."""


class InviteState(StrEnum):
    """Where an invitation stands."""

    OPEN = "open"
    """Nobody has been asked yet."""
    INVITED = "invited"
    ACCEPTED = "accepted"
    CAME = "came"
    NOT_THIS_TIME = "not this time"
    CANCELLED = "cancelled"
    """The session does not take place."""

    @property
    def ended(self) -> bool:
        """Whether nothing more is asked about it."""
        return self in {InviteState.CAME, InviteState.NOT_THIS_TIME, InviteState.CANCELLED}


@dataclass(frozen=True, slots=True)
class Session:
    """A strategy session of a team. Natural key: team, `on` while it is planned."""

    id: str
    workspace_id: str
    team_id: str
    on: date
    planned_by: str
    """The member's id."""
    planned_at: datetime
    cancelled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Invite:
    """A stakeholder who is to come to a session. `owner` (a platform id) asks them.

    `reason` is why not this time. Natural key: session, stakeholder.
    """

    id: str
    workspace_id: str
    team_id: str
    session_id: str
    stakeholder_id: str
    owner: str
    state: InviteState
    made_at: datetime
    settled_at: datetime | None = None
    reason: str = ""
