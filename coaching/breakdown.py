"""The breakdown register: what broke down, and what it needs now."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from coaching.answer import Value

__all__ = ["Breakdown", "missing_from"]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One breakdown. `round_id` is the round in which it was told.

    It is *settled* once it is known what is needed now, who takes it and by when; that moment is
    `settled_at`. `owner` is a platform id of a person. It is *closed* once what was needed is done.
    Natural key: round, logged_by.
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
    closed_at: datetime | None = None
    closed_by: str = ""
    """The platform's id of who said so."""

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

    def as_values(self) -> dict[str, Value]:
        """What is known, by the practice's question keys."""
        known: dict[str, Value | None] = {
            "needed_now": self.needed_now,
            "owner": self.owner,
            "by": self.needed_by.isoformat() if self.needed_by else None,
            "what": self.what,
            "happened": self.happened,
            "assumed": self.assumed,
            "learning": self.learning,
        }
        return {key: value for key, value in known.items() if value}


def missing_from(values: dict[str, Value]) -> dict[str, str]:
    """What else is needed to keep these values as a breakdown: a sentence per question key.

    Without values there is no breakdown, and nothing is missing.
    """
    wanted = {"what": "A few words, so that your team finds it again."} if values else {}
    if values.keys() & {"needed_now", "owner", "by"}:
        wanted |= {
            "needed_now": "What is it that is needed? One next thing.",
            "owner": "Who takes it? A name makes it real.",
            "by": "By when? Choose a day.",
        }
    return {key: sentence for key, sentence in wanted.items() if key not in values}
