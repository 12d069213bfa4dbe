"""Who changed what in a register: kept with each change, oldest first."""

from collections.abc import Iterator
from datetime import date, datetime

from coaching.breakdown import Breakdown
from coaching.entry_change import EntryChange
from coaching.identifiers import new_id
from coaching.ports import UnitOfWork

__all__ = ["HELP", "OWNER", "breakdown_changes", "changes_of", "day_in_words", "record_change"]

OWNER = "owner: "
"""Begins a change of who has it; the platform's id of the person follows."""

HELP = "asked for help: "
"""Begins what somebody wrote who needs help."""

_WORDS = {
    "what": "its name",
    "needed_now": "what's needed now",
    "happened": "what happened",
    "assumed": "what we had assumed",
    "learning": "what we are learning",
}


def record_change(
    uow: UnitOfWork, team_id: str, entry_id: str, by: str, what: str, now: datetime
) -> EntryChange:
    """Keep that `by` changed an entry of a register."""
    change = EntryChange(new_id(), uow.workspace_id, team_id, entry_id, by, now, what)
    uow.entry_changes.add(change)
    return change


def changes_of(uow: UnitOfWork, entry_id: str) -> list[EntryChange]:
    """The changes of an entry, oldest first."""
    return uow.entry_changes.where(entry_id=entry_id)


def day_in_words(on: date) -> str:
    """`Friday 4 December`."""
    return f"{on:%A} {on.day} {on:%B}"


def breakdown_changes(before: Breakdown, after: Breakdown) -> Iterator[str]:
    """What is different, a sentence each."""
    for name, called in _WORDS.items():
        was, is_ = getattr(before, name), getattr(after, name)
        if was != is_:
            yield f"{called}, in other words" if was and is_ else _said(called, bool(is_))
    if before.owner != after.owner and after.owner:
        yield f"{OWNER}{after.owner}"
    if before.needed_by != after.needed_by and after.needed_by:
        was = f", was {day_in_words(before.needed_by)}" if before.needed_by else ""
        yield f"date: {day_in_words(after.needed_by)}{was}"
    if (before.closed_at is None) is not (after.closed_at is None):
        yield "done" if after.closed_at else "open again"


def _said(called: str, is_there: bool) -> str:
    return f"said {called}" if is_there else f"took out {called}"
