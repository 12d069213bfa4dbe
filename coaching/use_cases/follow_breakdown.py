"""A breakdown's follow-through: its owner is asked on its day, and nobody is left without one."""

from datetime import datetime

from coaching.breakdown import Breakdown
from coaching.delivery import DeliveryKind
from coaching.ports import UnitOfWork
from coaching.team import Member, Role
from coaching.use_cases.entry_changes import HELP, changes_of
from coaching.use_cases.follow_through import ask_only_on
from coaching.use_cases.follow_up import Entry, say_follow_ups_anew, stop_following_up
from coaching.use_cases.saying import say_anew, say_to

__all__ = ["follow_breakdown", "helpers_of", "leave_breakdowns", "say_breakdown_anew"]

_ENDED = "said to be done"
_LEFT = "its owner has left the team"


def follow_breakdown(uow: UnitOfWork, before: Breakdown, told: Breakdown, now: datetime) -> None:
    """Have what somebody took on asked about on its day, where who, when or whether has changed."""
    if _asked(before) == _asked(told):
        return
    if told.closed_at is not None or not (told.owner and told.needed_by):
        stop_following_up(uow, told.id, _ENDED)
        return
    team, on = uow.teams.get(told.team_id), told.needed_by
    if not ask_only_on(uow, team, told.owner, Entry.BREAKDOWN, told.id, on, now):
        _tell_unowned(uow, told, now)


def say_breakdown_anew(uow: UnitOfWork, breakdown_id: str, now: datetime) -> None:
    """Have all that was said of it say how it stands now."""
    say_anew(uow, DeliveryKind.BREAKDOWN, breakdown_id, now)
    say_follow_ups_anew(uow, breakdown_id, now)
    for change in changes_of(uow, breakdown_id):
        if change.what.startswith(HELP):
            say_follow_ups_anew(uow, change.id, now)


def leave_breakdowns(uow: UnitOfWork, member: Member, now: datetime) -> None:
    """Somebody has left the team: who logged what they had, or the lead, gives it to another."""
    if member.active:
        return  # they are on it in another role
    for one in uow.breakdowns.where(team_id=member.team_id, owner=member.user, closed_at=None):
        stop_following_up(uow, one.id, _LEFT)
        _tell_unowned(uow, one, now)
        say_breakdown_anew(uow, one.id, now)


def helpers_of(uow: UnitOfWork, team_id: str, user: str) -> list[Member]:
    """Who helps `user`: the lead; the coach where they lead it themselves, or nobody does."""
    members = uow.members.where(team_id=team_id, active=True)
    others = [one for one in members if one.user != user]
    by_role = ([one for one in others if one.role is role] for role in (Role.LEAD, Role.COACH))
    return next(filter(None, by_role), [])


def _asked(one: Breakdown) -> tuple[object, ...]:
    return (one.owner, one.needed_by, one.closed_at is None, one.settled_at is None)


def _tell_unowned(uow: UnitOfWork, left: Breakdown, now: datetime) -> None:
    """Once for each day that it was promised for."""
    logger = uow.members.get(left.logged_by)
    here = logger.active and logger.user != left.owner
    readers = [logger] if here else helpers_of(uow, left.team_id, left.owner or "")
    on = left.needed_by or now.date()
    detail = f"{Entry.UNOWNED}:{on.isoformat()}"
    for reader in readers:
        say_to(uow, reader, DeliveryKind.FOLLOW_UP, left.id, now, detail=detail)
