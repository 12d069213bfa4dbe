"""The digest: the week, as it is read before the team meets."""

from dataclasses import dataclass
from datetime import datetime

from insights.digest_facts import Facts

__all__ = ["Digest"]


@dataclass(frozen=True, slots=True)
class Digest:
    """One week's digest, as it was written. Without `facts` nothing is posted; `reason` says why.

    Natural key: team, occasion (the local date). `since` and `written_at` (UTC) bound the week.
    """

    id: str
    workspace_id: str
    team_id: str
    occasion: str
    since: datetime
    written_at: datetime
    facts: Facts | None
    reason: str = ""
