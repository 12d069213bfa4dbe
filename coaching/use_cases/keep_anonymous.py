"""Answers without names: taken with a form, shown in company when a round closes."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from coaching.anonymity import Release, Threshold, show, threshold_for, without
from coaching.answer import Value
from coaching.errors import Refused
from coaching.identifiers import new_id
from coaching.ports import UnitOfWork
from coaching.practice import Visibility
from coaching.round import Round, RoundState
from coaching.team import Member, Role, Team

__all__ = ["SENT_ONCE", "give_anonymously", "is_anonymous", "release", "sent", "threshold_of"]

SENT_ONCE = (
    "You have sent this already, and it is kept. What is anonymous is sent once: I don't know which"
    " words are yours, so I can neither show nor change them."
)


def is_anonymous(round_: Round) -> bool:
    """Whether the round keeps no names."""
    return round_.practice.visibility is Visibility.ANONYMOUS


def threshold_of(uow: UnitOfWork, team: Team) -> Threshold:
    """From how many answers on the team is shown what is anonymous, as it now stands."""
    members = uow.members.where(team_id=team.id)
    return threshold_for(sum(member.is_asked for member in members), team.anonymity)


def sent(uow: UnitOfWork, member: Member, rounds: Iterable[Round]) -> set[str]:
    """The ids of those anonymous rounds for which the member has sent their form."""
    anonymous = [round_.id for round_ in rounds if is_anonymous(round_)]
    return uow.anonymous.sent(member.id, anonymous) if anonymous else set()


def give_anonymously(
    uow: UnitOfWork, round_: Round, team: Team, member: Member, values: Mapping[str, Value]
) -> None:
    """Keep what a form holds for the round, also where that is nothing. Raises Refused.

    So a form that was sent does not tell whether anything was in it.
    """
    if not uow.anonymous.give(round_.id, member.id, values, threshold_of(uow, team)):
        raise Refused(SENT_ONCE)


def release(uow: UnitOfWork, closed: Round) -> None:
    """Show what may be shown now that the round has closed, and forget who sent a form.

    What falls short waits for the next round of the practice. With it stays how many leads sent a
    form, which is to be left out of the count then.
    """
    team = uow.teams.get(closed.team_id)
    senders = list(uow.anonymous.senders(closed.id))
    leads = len(uow.members.where(id=senders, role=Role.LEAD))
    rounds = uow.rounds.where(
        team_id=closed.team_id, practice_key=closed.practice_key, state=RoundState.CLOSED
    )
    kept = [
        replace(one, leads=leads) if one.round_id == closed.id else one
        for one in uow.anonymous.kept([round_.id for round_ in rounds])
    ]
    told = show(closed.practice.questions, kept, threshold_of(uow, team))
    uow.releases.add(Release(new_id(), uow.workspace_id, team.id, closed.id, told))
    for one in kept:
        uow.anonymous.keep(without(one, told))
    uow.anonymous.forget_senders(closed.id)
