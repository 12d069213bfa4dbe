"""Who may do what: one table of role and action. Use cases ask it first; nothing else decides."""

from enum import StrEnum

from coaching.errors import Refused
from coaching.practice import Audience
from coaching.team import Member, Role

__all__ = ["Action", "allowed", "answering", "demand"]


class Action(StrEnum):
    """What a member may be allowed to do in a team."""

    ANSWER = "answer a prompt"
    ANSWER_BESIDE = "answer what is asked of lead and coach"
    READ_WORDS = "read what was written to a practice that shows the team figures"
    LOG_BREAKDOWN = "log a breakdown"
    SETTLE_BREAKDOWN = "say what a breakdown needs now"
    TELL_VOICE = "tell whom they heard"
    TEND_VOICES = "change what another heard"
    READ_TEAM = "read what the team wrote"
    ADD_TO_MAP = "add to the stakeholder map, rate who is on it or say whom you met"
    KEEP_MAP = "change the stakeholder map or plan a session"
    SETTLE_PURPOSE = "settle the team's purpose"
    SEE_TRENDS = "see what the team's records come to"
    STEER = "steer what the team is asked"


_TABLE: dict[Action, frozenset[Role]] = {
    Action.ANSWER: frozenset({Role.LEADER, Role.LEAD}),
    Action.ANSWER_BESIDE: frozenset({Role.LEAD, Role.COACH}),
    Action.READ_WORDS: frozenset({Role.LEAD, Role.COACH}),
    Action.LOG_BREAKDOWN: frozenset(Role),
    Action.SETTLE_BREAKDOWN: frozenset(Role),
    Action.TELL_VOICE: frozenset(Role),
    Action.TEND_VOICES: frozenset({Role.LEAD, Role.COACH}),
    Action.READ_TEAM: frozenset(Role),
    Action.ADD_TO_MAP: frozenset(Role),
    Action.KEEP_MAP: frozenset({Role.LEAD, Role.COACH}),
    Action.SETTLE_PURPOSE: frozenset({Role.LEAD, Role.COACH}),
    Action.SEE_TRENDS: frozenset({Role.LEAD, Role.COACH}),
    Action.STEER: frozenset({Role.LEAD, Role.COACH}),
}


def answering(audience: Audience) -> Action:
    """What somebody does who answers a practice that is asked of `audience`."""
    return Action.ANSWER_BESIDE if audience is Audience.LEAD_AND_COACH else Action.ANSWER


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
