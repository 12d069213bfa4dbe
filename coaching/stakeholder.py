"""The stakeholder map: whom a team serves and depends on, and how it stands with them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

__all__ = ["FOCUS", "MOST_ON_MAP", "STALE_AFTER_DAYS", "Kind", "Rating", "Stakeholder", "folded"]

MOST_ON_MAP = 10
FOCUS = 2
"""How many are deepened at a time."""

STALE_AFTER_DAYS = 120
"""Who has not been met for so long is stale."""


class Kind(StrEnum):
    """What somebody is to the team."""

    CUSTOMER = "customer"
    PARTNER = "partner"
    SUPPLIER = "supplier"
    REGULATOR = "regulator"
    COMMUNITY = "community"
    FRONT_LINE = "front-line colleagues"
    INVESTOR = "investor"
    FUTURE = "future generations"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """One on the map. `outside` this organisation or inside; None: nobody has said.

    `owner` (a platform id) looks after one in focus. `met_on` is the last day on which somebody of
    the team met or heard them. Who was merged into another, or taken off, stays as a record; so
    does who was `suggested` while the map was full (`removed_at` is `added_at`).
    Natural key: team, `key`, which is the name `folded`.
    """

    id: str
    workspace_id: str
    team_id: str
    key: str
    name: str
    added_by: str
    """The member's id."""
    added_at: datetime
    kind: Kind = Kind.OTHER
    outside: bool | None = None
    in_focus: bool = False
    owner: str | None = None
    met_on: date | None = None
    merged_into: str | None = None
    """The id of the stakeholder that they are the same as."""
    removed_at: datetime | None = None

    @property
    def on_map(self) -> bool:
        """Whether they stand on the map."""
        return self.merged_into is None and self.removed_at is None

    @property
    def suggested(self) -> bool:
        """Whether they were named when the map was full: kept off it from the start."""
        return self.merged_into is None and self.removed_at == self.added_at

    def is_stale(self, today: date) -> bool:
        """Whether nobody has met them for too long; of who was never met, since they are known."""
        since = self.met_on or self.added_at.date()
        return today - since >= timedelta(days=STALE_AFTER_DAYS)


@dataclass(frozen=True, slots=True)
class Rating:
    """How a relationship stood on a day: by a member, or by the stakeholder themselves (`theirs`).

    Both figures go from 1 to 5. `round_id` is where it was given: a round's id, or where none asked
    for it, what names that one occasion. Natural key: stakeholder, round, member, `theirs`.
    """

    id: str
    workspace_id: str
    team_id: str
    stakeholder_id: str
    round_id: str
    member_id: str
    rated_at: datetime
    relationship: int | None
    engagement: int | None = None
    theirs: bool = False


def folded(name: str) -> str:
    """A name as it is compared: `Northern  Hospitals` is `northern hospitals`."""
    return " ".join(name.split()).casefold()
