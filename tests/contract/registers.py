"""A record for each register, of one team."""

from datetime import UTC, date, datetime
from typing import Any

from coaching.entry_change import EntryChange
from coaching.identifiers import new_id
from coaching.invite import Invite, InviteState, Session
from coaching.promise import Outcome, Promise, PromiseKind
from coaching.purpose import Purpose
from coaching.round import Round
from coaching.stakeholder import Kind, Rating, Stakeholder
from coaching.team import Member
from coaching.voice import Voice, VoiceState

__all__ = ["CHANGES", "one_of_each_register"]

NOW = datetime(2026, 11, 23, 9, 0, 0, 123456, tzinfo=UTC)
LATER = date(2026, 12, 18)


def one_of_each_register(member: Member, round_: Round, words: str) -> dict[str, Any]:
    """By the repository's name, what is referred to first."""
    whose = (member.workspace_id, member.team_id)
    stakeholder = Stakeholder(
        new_id(), *whose, "ward nurses", words, member.id, NOW, Kind.CUSTOMER, outside=True
    )
    session = Session(new_id(), *whose, LATER, member.id, NOW)
    return {
        "purposes": Purpose(new_id(), *whose, 1, words, member.id, NOW, round_.id),
        "stakeholders": stakeholder,
        "ratings": Rating(new_id(), *whose, stakeholder.id, round_.id, member.id, NOW, 4),
        "sessions": session,
        "invites": Invite(
            new_id(), *whose, session.id, stakeholder.id, member.user, InviteState.OPEN, NOW
        ),
        "voices": Voice(
            new_id(), *whose, round_.id, member.id, NOW, words, decision=words, by=LATER
        ),
        "promises": Promise(
            new_id(), *whose, round_.id, member.id, PromiseKind.EXPERIMENT, words, LATER, NOW
        ),
        "entry_changes": EntryChange(new_id(), *whose, stakeholder.id, member.user, NOW, words),
    }


CHANGES: dict[str, dict[str, object]] = {
    "purposes": {"sentence": "For those on the wards"},
    "stakeholders": {"in_focus": True, "met_on": LATER, "outside": None, "removed_at": NOW},
    "ratings": {"relationship": None, "engagement": 2},
    "sessions": {"cancelled_at": NOW},
    "invites": {"state": InviteState.NOT_THIS_TIME, "reason": "Their diary", "settled_at": NOW},
    "voices": {"state": VoiceState.CHANGED, "told": False, "settled_at": NOW, "by": None},
    "promises": {"outcome": Outcome.PARTLY, "shared": True, "settled_at": NOW},
    "entry_changes": {"what": "name"},
}
