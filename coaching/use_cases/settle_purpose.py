"""Settling a team's purpose: its lead says which sentence it is from now on."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from coaching.answer import fit
from coaching.delivery import DeliveryKind
from coaching.entry_change import EntryChange
from coaching.errors import NotFound, Refused
from coaching.identifiers import new_id
from coaching.permissions import Action, demand
from coaching.ports import UnitOfWork
from coaching.practice import Question, QuestionType
from coaching.purpose import Purpose
from coaching.team import Member, Team
from coaching.use_cases.reveal_purpose import end_reveals
from coaching.use_cases.saying import say_anew, say_in_channel
from coaching.use_cases.team_purpose import Unsettled, may_settle, purpose_of, unsettled_of

__all__ = [
    "KEPT_OUT",
    "Settling",
    "mend_purpose",
    "names_outside",
    "see_settling",
    "settle_purpose",
]

KEPT_OUT = "kept out of the channel"
"""The detail of what is posted while the team keeps words out of its channel: it stays so."""

_NO_TEAM = "You are not on this team, so this is for others to decide."
_LEADS = "The lead settles the sentence in this team. You can tell them what you think of it."
_GONE = "I can't find this sentence any more. `/widelens purpose` shows the one that holds."
_MEANWHILE = (
    "Another sentence was settled meanwhile. Close this form and look at it with"
    " `/widelens purpose`; your words are still here, to copy."
)
_SETTLED = "settled in the meantime"
_MEND_WITHIN = timedelta(hours=1)
"""How long a sentence can be put in other words without its being another version."""

SENTENCE = Question(
    key="sentence", type=QuestionType.STATEMENT, text="Our purpose in one sentence:"
)


@dataclass(frozen=True, slots=True)
class Settling:
    """What a lead settles the sentence from. `number`: the version that it becomes."""

    team: Team
    number: int
    current: Purpose | None
    unsettled: Unsettled | None


def see_settling(uow: UnitOfWork, user: str, team_id: str) -> Settling:
    """What there is to settle from. Raises Refused where it is not theirs to settle."""
    _settler(uow, user, team_id)
    current = purpose_of(uow, team_id)
    number = current.number + 1 if current else 1
    return Settling(uow.teams.get(team_id), number, current, unsettled_of(uow, team_id))


def settle_purpose(
    uow: UnitOfWork, user: str, team_id: str, number: int, given: str, field: str, now: datetime
) -> Purpose:
    """Make a sentence the team's purpose: its version `number`. Sending it twice is as once.

    It is posted in the channel, and what waited to be settled waits no longer.

    Raises:
        Refused: it is not theirs, is no sentence, or another was settled meanwhile.
    """
    member = _settler(uow, user, team_id)
    sentence = _fitting(given, field)
    current = purpose_of(uow, team_id)
    if current is not None and current.number >= number:
        if (current.number, current.sentence, current.settled_by) == (number, sentence, member.id):
            return current
        raise Refused(_MEANWHILE, {field: _MEANWHILE})
    waited = unsettled_of(uow, team_id)
    end_reveals(uow, team_id, _SETTLED, now)
    settled = Purpose(
        id=new_id(),
        workspace_id=uow.workspace_id,
        team_id=team_id,
        number=current.number + 1 if current else 1,
        sentence=sentence,
        settled_by=member.id,
        settled_at=now,
        round_id=waited.round.id if waited else "",
    )
    if not uow.purposes.add(settled):
        raise Refused(_MEANWHILE, {field: _MEANWHILE})
    _post(uow, settled, current, now)
    return settled


def mend_purpose(
    uow: UnitOfWork, user: str, purpose_id: str, given: str, field: str, now: datetime
) -> Purpose:
    """Put a sentence that was just settled in other words. Later on it is the next version.

    Raises:
        Refused: as for `settle_purpose`.
    """
    try:
        settled = uow.purposes.get(purpose_id)
    except NotFound:
        raise Refused(_GONE) from None
    member = _settler(uow, user, settled.team_id)
    sentence = _fitting(given, field)
    if sentence == settled.sentence:
        return settled
    current = purpose_of(uow, settled.team_id)
    mends = settled.settled_by == member.id and now - settled.settled_at < _MEND_WITHIN
    if current is None or current.id != settled.id or not mends:
        return settle_purpose(uow, user, settled.team_id, settled.number + 1, given, field, now)
    mended = replace(settled, sentence=sentence)
    uow.purposes.save(mended)
    was = f"sentence, was: {settled.sentence}"
    change = EntryChange(new_id(), uow.workspace_id, settled.team_id, settled.id, user, now, was)
    uow.entry_changes.add(change)
    say_anew(uow, DeliveryKind.PURPOSE, settled.id, now)
    if settled.round_id:
        say_anew(uow, DeliveryKind.REVEAL, settled.round_id, now)
    return mended


def names_outside(uow: UnitOfWork, team_id: str) -> list[str]:
    """Whom a team has on its map who is not inside, those in focus first."""
    known = uow.stakeholders.where(team_id=team_id)
    there = [one for one in known if one.on_map and one.outside is not False]
    return [one.name for one in sorted(there, key=lambda one: not one.in_focus)]


def _settler(uow: UnitOfWork, user: str, team_id: str) -> Member:
    member = uow.members.one(team_id=team_id, user=user)
    if member is None:
        raise Refused(_NO_TEAM)
    demand(member, Action.SETTLE_PURPOSE)
    if not may_settle(uow, member):
        raise Refused(_LEADS)
    return member


def _fitting(given: str, field: str) -> str:
    try:
        return str(fit(SENTENCE, given, ()))
    except ValueError as error:
        raise Refused(str(error), {field: str(error)}) from None


def _post(uow: UnitOfWork, settled: Purpose, before: Purpose | None, now: datetime) -> None:
    """Post it; the post of the version before it says that it held until now."""
    team = uow.teams.get(settled.team_id)
    detail = KEPT_OUT if team.discreet else ""
    say_in_channel(uow, team, DeliveryKind.PURPOSE, settled.id, now, detail=detail)
    if before is not None:
        say_anew(uow, DeliveryKind.PURPOSE, before.id, now)
