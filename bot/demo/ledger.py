"""What the people of the demo did, as the sandbox let them do it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from conversation.routes import BREAKDOWN_LOG, INVITE_CAME, SITTING_ANSWER, VOICE_TELL
from platforms.slack.choices import reference_of
from platforms.slack.from_home import route_in

__all__ = ["Ledger"]

_TOLD_BY_A_GUEST = frozenset({"heard", "should_do"})
"""The fields of a visit that make it a voice."""


@dataclass(slots=True)
class Ledger:
    """Accepted submissions, in what they come to."""

    answers: set[tuple[str, str]] = field(default_factory=set)
    """Whom it is by, and to what: a practice of a sitting's form, or the form of a breakdown or a
    voice that nobody asked about."""
    answered_at: dict[tuple[str, str], datetime] = field(default_factory=dict)
    """When a person's form of a sitting was first accepted."""
    forms: set[tuple[str, str]] = field(default_factory=set)
    """Whom a form is by, and a round that it asked about: also where it was sent empty."""
    senders: set[tuple[str, str]] = field(default_factory=set)
    """Of a round without names: a member who, by the store, has sent a form, and the round."""
    refused: int = 0
    """Forms that were filled in as they ask for, and not taken."""

    def submitted(self, anonymous: Collection[str]) -> int:
        """How many answers were sent: one for each person and practice, or breakdown.

        `anonymous` are the ids of rounds without names, whose forms count also when sent empty:
        nothing else is known of them on the other side.
        """
        named = {one for one in self.answers if one[1] not in anonymous}
        return len(named) + len({one for one in self.forms if one[1] in anonymous})

    def accepted(
        self, user: str, view: Mapping[str, Any], given: Mapping[str, str], at: datetime
    ) -> None:
        """A form was sent and taken. `given`: the words in it, by block id."""
        about = reference_of(view)
        words = [block for block, text in given.items() if text.strip()]
        match route_in(view):
            case route if route == SITTING_ANSWER:
                self.answered_at.setdefault((user, about), at)
                # A field is named by its round and its question: one round, one practice.
                self.forms |= {(user, block.rpartition(".")[0]) for block in given}
                self.answers |= {(user, block.rpartition(".")[0]) for block in words}
            case route if route in {BREAKDOWN_LOG, VOICE_TELL} and words:
                self.answers.add((user, about))
            case route if route == INVITE_CAME and set(words) & _TOLD_BY_A_GUEST:
                self.answers.add((user, about))
