"""The breakdown register: what broke down, and *What's needed now?*"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from coaching.answer import Value

__all__ = ["Breakdown", "missing_for_settling"]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One breakdown. `round_id` is the round in which it was told.

    It is *settled* once it is known what is needed now, who takes it and by when; that moment is
    `settled_at`. `owner` is a platform id of a person. Natural key: round, logged_by.
    """

    id: str
    workspace_id: str
    team_id: str
    round_id: str
    logged_by: str
    """The member's id."""
    logged_at: datetime
    what: str
    needed_now: str = ""
    owner: str | None = None
    needed_by: date | None = None
    settled_at: datetime | None = None
    happened: str = ""
    assumed: str = ""
    learning: str = ""

    def told(self, values: dict[str, Value], now: datetime) -> "Breakdown":
        """The breakdown with what `values` (answers to the practice's questions) say of it."""
        by = values.get("by")
        known = replace(
            self,
            what=str(values.get("what", self.what)),
            needed_now=str(values.get("needed_now", self.needed_now)),
            owner=str(values["owner"]) if "owner" in values else self.owner,
            needed_by=date.fromisoformat(str(by)) if by else self.needed_by,
            happened=str(values.get("happened", self.happened)),
            assumed=str(values.get("assumed", self.assumed)),
            learning=str(values.get("learning", self.learning)),
        )
        complete = bool(known.needed_now and known.owner and known.needed_by)
        return replace(known, settled_at=known.settled_at or now) if complete else known


def missing_for_settling(values: dict[str, Value]) -> dict[str, str]:
    """What else is needed once *What's needed now?* is answered: a sentence per question key."""
    if "needed_now" not in values:
        return {}
    asked = {"owner": "Who takes it? A name makes it real.", "by": "By when? Choose a day."}
    return {key: sentence for key, sentence in asked.items() if key not in values}
