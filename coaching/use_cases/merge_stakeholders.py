"""Two on the map who are the same: what is known of the one is known of the other from then on."""

from dataclasses import replace
from datetime import datetime

from coaching.errors import Refused
from coaching.invite import Invite, InviteState
from coaching.permissions import Action
from coaching.ports import UnitOfWork
from coaching.stakeholder import FOCUS, Kind, Stakeholder
from coaching.use_cases.change_map import demand_entry
from coaching.use_cases.entry_changes import record_change
from coaching.use_cases.follow_invite import call_off
from coaching.use_cases.follow_up import say_follow_ups_anew
from coaching.use_cases.keep_map import known_as

__all__ = ["SAME_AS", "merge"]

SAME_AS = "same_as"
_CHOOSE = "Choose who they are the same as."

_FAR = (
    InviteState.CANCELLED,
    InviteState.OPEN,
    InviteState.NOT_THIS_TIME,
    InviteState.INVITED,
    InviteState.ACCEPTED,
    InviteState.CAME,
)
"""How far an invitation has come: of two to one session, the further one stays."""


def merge(uow: UnitOfWork, entry_id: str, user: str, name: str, now: datetime) -> Stakeholder:
    """Have one on the map be the same as another, who stays; for good. Raises Refused.

    Ratings, invitations and voices go over. The record of who goes keeps its name, so that whoever
    writes it means the other.
    """
    gone, _ = demand_entry(uow, entry_id, user, Action.KEEP_MAP)
    into = known_as(uow, gone.team_id, name)
    if into is None or into.id == gone.id:
        raise Refused(_CHOOSE, {SAME_AS: _CHOOSE})
    _move_ratings(uow, gone, into)
    _move_invites(uow, gone, into, user, now)
    for voice in uow.voices.where(stakeholder_id=gone.id):
        uow.voices.save(replace(voice, stakeholder_id=into.id))
    uow.stakeholders.save(replace(gone, merged_into=into.id, in_focus=False, owner=None))
    stays = _one_of_both(uow, gone, into)
    uow.stakeholders.save(stays)
    record_change(uow, gone.team_id, into.id, user, f"the same as {gone.name}", now)
    return stays


def _one_of_both(uow: UnitOfWork, gone: Stakeholder, into: Stakeholder) -> Stakeholder:
    focused = uow.stakeholders.where(team_id=into.team_id, in_focus=True)
    takes = gone.in_focus and not into.in_focus and len(focused) < FOCUS
    days = [one for one in (gone.met_on, into.met_on) if one is not None]
    return replace(
        into,
        kind=gone.kind if into.kind is Kind.OTHER else into.kind,
        outside=gone.outside if into.outside is None else into.outside,
        in_focus=into.in_focus or takes,
        owner=gone.owner if takes else into.owner,
        met_on=max(days, default=None),
        removed_at=None if gone.on_map else into.removed_at,
    )


def _move_ratings(uow: UnitOfWork, gone: Stakeholder, into: Stakeholder) -> None:
    """Of two that one person gave on one occasion, the later stays."""
    there = {
        (one.round_id, one.member_id, one.theirs): one
        for one in uow.ratings.where(stakeholder_id=into.id)
    }
    for rating in uow.ratings.where(stakeholder_id=gone.id):
        other = there.get((rating.round_id, rating.member_id, rating.theirs))
        if other is not None:
            earlier = min((rating, other), key=lambda one: one.rated_at)
            uow.ratings.remove(earlier.id)
            if earlier.id == rating.id:
                continue
        uow.ratings.save(replace(rating, stakeholder_id=into.id))


def _move_invites(
    uow: UnitOfWork, gone: Stakeholder, into: Stakeholder, by: str, now: datetime
) -> None:
    """Of two to one session the one stays that has come further; the other is off."""
    there = {one.session_id: one for one in uow.invites.where(stakeholder_id=into.id)}
    for invite in uow.invites.where(stakeholder_id=gone.id):
        other = there.get(invite.session_id)
        if other is None:
            moved = replace(invite, stakeholder_id=into.id)
            uow.invites.save(moved)
            say_follow_ups_anew(uow, moved.id, now)
        elif _FAR.index(invite.state) > _FAR.index(other.state):
            _swap(uow, invite, other, by, now)
        else:
            call_off(uow, invite, by, now)


def _swap(uow: UnitOfWork, further: Invite, other: Invite, by: str, now: datetime) -> None:
    """Have the further one stay with who stays, and the other be of who goes, as a record."""
    call_off(uow, other, by, now)
    off = uow.invites.get(other.id)
    gone, into = further.stakeholder_id, other.stakeholder_id
    uow.invites.remove(off.id)
    uow.invites.save(replace(further, stakeholder_id=into))
    uow.invites.add(replace(off, stakeholder_id=gone))
    say_follow_ups_anew(uow, further.id, now)
