"""When a doubt can be shared, said to somebody who wants to share one now."""

from collections.abc import Sequence

from coaching.use_cases.share_doubt import Waiting
from conversation.compose.phrases import day
from conversation.messages import Bullets, Message, Note, Paragraph, line

__all__ = ["not_now"]

_WHY = (
    "Doubts are asked of everybody in a team at once: one that came alone would not stay anonymous."
    " Nobody learns that you looked."
)
_URGENT = "What can't wait: somebody you trust, your coach, or your organisation's speak-up line."


def not_now(teams: Sequence[Waiting]) -> Message:
    """For each team of theirs, when it is asked there next."""
    said = [_said(one) for one in teams]
    about = (
        Paragraph(line(said[0])) if len(said) == 1 else Bullets(tuple(line(one) for one in said))
    )
    return Message(" ".join(said), (about, Note(line(_WHY)), Note(line(_URGENT))))


def _said(waiting: Waiting) -> str:
    team = waiting.team.name
    if waiting.next_on is None:
        coming = f"{team} has no day for doubts to come; its lead can plan one."
    else:
        coming = f"{team} is asked for doubts next on {day(waiting.next_on)}."
    return f"You have sent this round's form. {coming}" if waiting.sent else coming
