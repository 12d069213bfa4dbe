"""The port to what was given without names; a part of `coaching.ports`."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from coaching.anonymity import AnonymousAnswers, Threshold
from coaching.answer import Value

__all__ = ["Anonymous"]


class Anonymous(Protocol):
    """What was given to rounds that keep no names, and, while they are open, who has sent a form.

    What is stored is a function of what was given: it does not tell by whom, when, in which order,
    or what came together. Somebody who compares the store before and after a form is sent sees what
    it brought; so earlier states are covered up as well as the database can.
    """

    def give(
        self, round_id: str, member_id: str, values: Mapping[str, Value], promised: Threshold
    ) -> bool:
        """Keep what a member's form holds for the round, also where that is nothing.

        False, and nothing kept, where the member has sent one already or the round is not open. It
        stays open until this transaction ends, and members' forms are kept one after the other.
        """
        ...

    def sent(self, member_id: str, round_ids: Sequence[str]) -> set[str]:
        """For which of these rounds, open still, the member has sent their form."""
        ...

    def senders(self, round_id: str) -> set[str]:
        """The ids of the members who have sent their form."""
        ...

    def forget_senders(self, round_id: str) -> None:
        """Forget who has: from now on nothing tells."""
        ...

    def kept(self, round_ids: Sequence[str]) -> list[AnonymousAnswers]:
        """What is kept of these rounds, in their order, locked for this transaction."""
        ...

    def keep(self, answers: AnonymousAnswers) -> None:
        """Keep these in place of what was kept of the round; where there are none, nothing."""
        ...
