"""What stands in a channel in place of words that are for those on the team alone."""

from conversation.messages import Block, Button, Buttons, Note, line
from conversation.routes import TEAM_READ

__all__ = ["READ", "instead", "whole_of"]

READ = "Read what was written"


def instead(kind: str, subject: str, detail: str = "") -> tuple[Block, ...]:
    """The way to the words of a message that is told by its kind, its subject and its detail."""
    value = f"{kind}:{subject}:{detail}"
    return (
        Note(line("What people wrote stays out of this channel: it is for those on the team.")),
        Buttons((Button(READ, TEAM_READ, value),)),
    )


def whole_of(value: str) -> tuple[str, str, str]:
    """Kind, subject and detail again, from what such a button carries."""
    kind, _, rest = value.partition(":")
    subject, _, detail = rest.partition(":")
    return kind, subject, detail
