"""Who changed what in a register, and when."""

from dataclasses import dataclass
from datetime import datetime

__all__ = ["EntryChange"]


@dataclass(frozen=True, slots=True)
class EntryChange:
    """A change of one entry (of any register) by a person; `by` is the platform's id.

    `what` is a short sentence, such as `date: Friday 4 December, was Friday 27 November`; words of
    people stand in it as they do in the entry itself.
    """

    id: str
    workspace_id: str
    team_id: str
    entry_id: str
    by: str
    at: datetime
    what: str
