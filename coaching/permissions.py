"""Who may do what: one table of role and action. Use cases ask it first; nothing else decides."""

from enum import StrEnum

from coaching.errors import Refused
from coaching.team import Member, Role

__all__ = ["Action", "allowed", "demand"]


class Action(StrEnum):
    """What a member may be allowed to do in a team."""

    ANSWER = "answer a prompt"
    LOG_BREAKDOWN = "log a breakdown"
    SETTLE_BREAKDOWN = "say what a breakdown needs now"


_TABLE: dict[Action, frozenset[Role]] = {
    Action.ANSWER: frozenset({Role.LEADER, Role.LEAD}),
    Action.LOG_BREAKDOWN: frozenset(Role),
    Action.SETTLE_BREAKDOWN: frozenset(Role),
}


def allowed(member: Member, action: Action) -> bool:
    """Whether `member` may do `action` in their team now."""
    return member.active and member.role in _TABLE[action]


def demand(member: Member, action: Action) -> None:
    """Go on if `member` may do `action`.

    Raises:
        Refused: with a sentence for the person.
    """
    if not member.active:
        raise Refused("You have left this team, so this is no longer yours to answer.")
    if not allowed(member, action):
        raise Refused(f"Your role in this team ({member.role}) can't {action}.")
