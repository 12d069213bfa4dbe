"""Whom nothing reaches, told to the coach: why, and what helps."""

from coaching.team import Team
from conversation.messages import Message, Note, Paragraph, Person, line

__all__ = ["FIND_THE_SCOPE", "not_to_person"]

FIND_THE_SCOPE = (
    "Whoever installed me learns which one by `widelens doctor`, and gives it by installing me"
    " again with what `widelens manifest` prints."
)


def not_to_person(team: Team, user: str, reason: str, otherwise: str) -> Message:
    """Direct messages to a person are refused. `otherwise`: the mend of what is not known here."""
    why, mend = _WHY.get(reason, (f"it is refused ({reason})", otherwise))
    return Message(
        f"I can't write to somebody on {team.name}: {why}.",
        (
            Paragraph(line("I can't write to ", Person(user), f", on {team.name}: {why}.")),
            Paragraph(line("What I don't get to ask them never counts as unanswered.")),
            Note(line(mend)),
        ),
    )


_GONE = (
    "their account is switched off, or can't be seen from here",
    "An administrator can switch it on again. If they are not coming back, take them off the team:"
    " /widelens setup, in the team's channel.",
)
_FORBIDDEN = (
    "a setting of the workspace forbids it",
    "An administrator can allow me to write to people directly.",
)
_WHY = {
    "cannot_dm_bot": (
        "this is an app's account, not a person's",
        "Put the person on the team instead: /widelens setup, in the team's channel.",
    ),
    "user_disabled": _GONE,
    "user_not_found": _GONE,
    "user_not_visible": _GONE,
    "channel_not_found": _GONE,
    "is_archived": _GONE,
    "restricted_action": _FORBIDDEN,
    "posting_to_channel_denied": _FORBIDDEN,
    "messages_tab_disabled": (
        "direct messages with me are switched off",
        "Whoever installed me can switch them on: Messages Tab, under App Home on my app's page.",
    ),
    "missing_scope": ("a permission of mine is missing", FIND_THE_SCOPE),
}
