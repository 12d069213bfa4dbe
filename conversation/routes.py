"""The names by which a press, a form or a shortcut finds its handler.

A name carries a version, because deploys meet buttons and open forms of yesterday: when what a
route carries changes, it gets a new version, and the old one stays in `handlers.ROUTES`.
"""

__all__ = [
    "BREAKDOWN_LOG",
    "BREAKDOWN_SETTLE",
    "BREAKDOWN_TELL",
    "SITTING_ANSWER",
    "SITTING_MORE",
    "SITTING_SKIP",
    "SITTING_SNOOZE",
]

SITTING_ANSWER = "sitting.answer.v1"
"""Button: open the form of a sitting (value: its id). Form: answer it."""

SITTING_MORE = "sitting.more.v1"
"""Form: the second step of a sitting."""

SITTING_SKIP = "sitting.skip.v1"
"""Button: let a sitting pass (value: its id)."""

SITTING_SNOOZE = "sitting.snooze.v1"
"""Button: put a sitting off until the next working day (value: its id)."""

BREAKDOWN_LOG = "breakdown.log.v1"
"""Message shortcut: open the form. Form: log a breakdown (reference: member and occasion)."""

BREAKDOWN_SETTLE = "breakdown.settle.v1"
"""Button: open the form (value: the breakdown's id). Form: say what's needed now."""

BREAKDOWN_TELL = "breakdown.tell.v1"
"""Button: open the form (value: the breakdown's id). Form: say what happened."""
