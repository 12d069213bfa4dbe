"""Who changed what in an entry of a register, in small print."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from coaching.entry_change import EntryChange
from coaching.use_cases.entry_changes import OWNER
from conversation.compose.phrases import day, first_words
from conversation.messages import Block, Line, Note, Person, line

__all__ = ["change_said", "history"]

_MOST = 10
_EXCERPT = 300


def history(changes: Sequence[EntryChange], zone: ZoneInfo) -> Iterator[Block]:
    """The latest changes, the last one last; nothing where there are none."""
    if (left := len(changes) - _MOST) > 0:
        yield Note(line(f"{left} earlier changes have no room here."))
    for one in changes[-_MOST:]:
        on = day(one.at.astimezone(zone).date())
        yield Note((Person(one.by), f", {on}: ", *change_said(one)))


def change_said(change: EntryChange) -> Line:
    """What was changed; to whom something was given is shown by name."""
    if change.what.startswith(OWNER):
        return line("given to ", Person(change.what.removeprefix(OWNER)))
    return line(first_words(change.what, _EXCERPT))
