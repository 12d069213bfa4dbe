"""What the people of the demo did, as the sandbox let them do it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from conversation.routes import BREAKDOWN_LOG, SITTING_ANSWER
from platforms.slack.choices import reference_of

__all__ = ["Ledger"]


@dataclass(slots=True)
class Ledger:
    """Accepted submissions, in what they come to."""

    answers: set[tuple[str, str]] = field(default_factory=set)
    """Whom it is by, and to what: a practice of a sitting's form, or a breakdown's own form."""
    answered_at: dict[tuple[str, str], datetime] = field(default_factory=dict)
    """When a person's form of a sitting was first accepted."""

    def accepted(
        self, user: str, view: Mapping[str, Any], given: Mapping[str, str], at: datetime
    ) -> None:
        """A form was sent and taken. `given`: the words in it, by block id."""
        about = reference_of(view)
        words = [block for block, text in given.items() if text.strip()]
        match view["callback_id"]:
            case route if route == SITTING_ANSWER:
                self.answered_at.setdefault((user, about), at)
                # A field is named by its round and its question: one round, one practice.
                self.answers |= {(user, block.rpartition(".")[0]) for block in words}
            case route if route == BREAKDOWN_LOG and words:
                self.answers.add((user, about))
