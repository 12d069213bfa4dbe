"""Promises: what somebody took on with a day to it, in commitments, experiments and the 90 days."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

__all__ = ["Outcome", "Promise", "PromiseKind"]


class PromiseKind(StrEnum):
    """What was promised."""

    COMMITMENT = "commitment"
    EXPERIMENT = "experiment"


class Outcome(StrEnum):
    """What became of it, by the word of who promised."""

    DONE = "done"
    PARTLY = "partly"
    NOT_YET = "not yet"


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise. `outcome` None: nobody has said yet; `shared`: the team may see it.

    Natural key: round, member, kind.
    """

    id: str
    workspace_id: str
    team_id: str
    round_id: str
    member_id: str
    kind: PromiseKind
    words: str
    by: date
    made_at: datetime
    sign: str = ""
    """Of an experiment: what would tell that we're wrong."""
    outcome: Outcome | None = None
    learned: str = ""
    shared: bool = False
    settled_at: datetime | None = None
    withdrawn_at: datetime | None = None
