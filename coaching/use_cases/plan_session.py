"""Planning a session and whom to invite to it; moving it, and calling it off."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from coaching.errors import NotFound, Refused
from coaching.identifiers import new_id
from coaching.invite import Invite, InviteState, Session
from coaching.permissions import Action, demand
from coaching.ports import UnitOfWork
from coaching.stakeholder import Stakeholder
from coaching.team import Member, Team
from coaching.use_cases.entry_changes import day_in_words, record_change
from coaching.use_cases.follow_invite import call_off, hand_on
from coaching.use_cases.follow_up import say_follow_ups_anew
from coaching.use_cases.remind_of_invite import remind, today_of

__all__ = [
    "GUESTS",
    "ON",
    "OWNER",
    "SessionView",
    "call_off_session",
    "change_session",
    "invite_to",
    "plan_session",
    "planned_sessions",
    "see_session",
    "start_session",
]

ON, GUESTS, OWNER = "on", "guests", "owner"
"""What a session's form asks: the day, whom to invite, and who asks them."""

_GONE = "I can't find this session any more. /widelens stakeholders has those that are planned."
_NOT_YOURS = "You are not on this team, so its sessions are for others to plan."
_PAST = "That day has passed. Choose one that is still to come."
_NO_DAY = "Choose the day of the session."
_TAKEN = "There is a session on that day already: open it on the map to change whom you invite."
_NOT_ON_MAP = "Choose among those on the map."


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session that is planned (or was cancelled), and who is invited to it."""

    session: Session
    team: Team
    member: Member
    invites: tuple[tuple[Invite, Stakeholder], ...]


def see_session(uow: UnitOfWork, session_id: str, user: str) -> SessionView:
    """The session, for somebody of its team. Raises Refused."""
    try:
        session = uow.sessions.get(session_id)
    except NotFound:
        raise Refused(_GONE) from None
    member = uow.members.one(team_id=session.team_id, user=user, active=True)
    if member is None:
        raise Refused(_NOT_YOURS)
    demand(member, Action.READ_TEAM)
    there = [
        (one, uow.stakeholders.get(one.stakeholder_id))
        for one in uow.invites.where(session_id=session_id)
        if one.state is not InviteState.CANCELLED
    ]
    return SessionView(session, uow.teams.get(session.team_id), member, tuple(there))


def planned_sessions(uow: UnitOfWork, team_id: str, today: date) -> list[Session]:
    """The team's sessions that are planned from today on, or have guests not heard of since."""
    planned = uow.sessions.where(team_id=team_id, cancelled_at=None)
    waiting = {one.session_id for one in uow.invites.where(team_id=team_id) if not one.state.ended}
    shown = [one for one in planned if one.on >= today or one.id in waiting]
    return sorted(shown, key=lambda one: one.on)


def start_session(
    uow: UnitOfWork, team_id: str, user: str, given: dict[str, str], now: datetime
) -> SessionView:
    """Plan a session from what a form gives. Raises Refused."""
    member = uow.members.one(team_id=team_id, user=user)
    if member is None:
        raise Refused(_NOT_YOURS)
    demand(member, Action.KEEP_MAP)
    on = _day(uow.teams.get(team_id), given.get(ON, ""), now)
    guests = _guests(uow, team_id, given.get(GUESTS, ""), ())
    if uow.sessions.one(team_id=team_id, on=on, cancelled_at=None) is not None:
        raise Refused(_TAKEN, {ON: _TAKEN})
    session = plan_session(uow, member, on, now)
    record_change(uow, team_id, session.id, user, "planned it", now)
    owner = given.get(OWNER, "")
    for guest in guests:
        invite_to(uow, session, guest, owner or guest.owner or user, user, now)
    return see_session(uow, session.id, user)


def change_session(
    uow: UnitOfWork, session_id: str, user: str, given: dict[str, str], now: datetime
) -> SessionView:
    """Move a session, or change who is to come and who asks them. Raises Refused.

    Who is not among the guests any more is not invited; an owner that is chosen has all of them.
    """
    view = see_session(uow, session_id, user)
    demand(view.member, Action.KEEP_MAP)
    if view.session.cancelled_at is not None:
        raise Refused(_GONE, {ON: _GONE})
    day = given.get(ON, "")
    on = view.session.on if day == view.session.on.isoformat() else _day(view.team, day, now)
    guests = _guests(uow, view.team.id, given.get(GUESTS, ""), [one for _, one in view.invites])
    session = move_session(uow, view.session, on, user, now)
    kept = {one.id for one in guests}
    for invite in uow.invites.where(session_id=session.id):
        if invite.stakeholder_id not in kept:
            call_off(uow, invite, user, now)
    owner = given.get(OWNER, "")
    for guest in guests:
        invite_to(uow, session, guest, owner or guest.owner or user, user, now)
        for invite in uow.invites.where(session_id=session.id, stakeholder_id=guest.id):
            if owner:
                hand_on(uow, invite, owner, user, now)
    return see_session(uow, session.id, user)


def call_off_session(uow: UnitOfWork, session_id: str, user: str, now: datetime) -> Session:
    """The session does not take place: nothing more is asked, owners are told once.

    Raises Refused. Twice is as once.
    """
    view = see_session(uow, session_id, user)
    demand(view.member, Action.KEEP_MAP)
    if view.session.cancelled_at is None:
        uow.sessions.save(replace(view.session, cancelled_at=now))
        record_change(uow, view.team.id, session_id, user, "cancelled it", now)
        for invite, _ in view.invites:
            call_off(uow, invite, user, now)
    return uow.sessions.get(session_id)


def plan_session(
    uow: UnitOfWork, member: Member, on: date, now: datetime, *, since: datetime | None = None
) -> Session:
    """The session of a day: there already, revived, or new.

    Where the member has planned one `since` a moment for another day, that nobody else has changed,
    it is that one, moved.
    """
    if since is not None:
        for one in uow.sessions.where(team_id=member.team_id, planned_by=member.id):
            changed = uow.entry_changes.where(entry_id=one.id)
            if one.planned_at >= since and one.cancelled_at is None and not changed:
                return move_session(uow, one, on, member.user, now, noted=False)
    there = uow.sessions.one(team_id=member.team_id, on=on)
    if there is None:
        there = Session(new_id(), uow.workspace_id, member.team_id, on, member.id, now)
        uow.sessions.add(there)
    elif there.cancelled_at is not None:
        there = replace(there, cancelled_at=None, planned_by=member.id, planned_at=now)
        uow.sessions.save(there)
    return there


def move_session(
    uow: UnitOfWork, session: Session, on: date, by: str, now: datetime, *, noted: bool = True
) -> Session:
    """Have a session on another day, and its reminders with it. Raises Refused: there is one.

    Where one of that day was cancelled, that one is revived, and those invited go over to it.
    """
    if session.on == on:
        return session
    there = uow.sessions.one(team_id=session.team_id, on=on)
    if there is not None and there.cancelled_at is None:
        raise Refused(_TAKEN, {ON: _TAKEN})
    was = session.on
    if there is None:
        moved = replace(session, on=on)
        uow.sessions.save(moved)
    else:
        moved = replace(there, cancelled_at=None)
        uow.sessions.save(moved)
        uow.sessions.save(replace(session, cancelled_at=now))
        _take_over(uow, session, moved)
    if noted:
        what = f"date: {day_in_words(on)}, was {day_in_words(was)}"
        record_change(uow, moved.team_id, moved.id, by, what, now)
    for invite in uow.invites.where(session_id=moved.id):
        if not invite.state.ended:
            remind(uow, invite, now)
            say_follow_ups_anew(uow, invite.id, now)
    return moved


def invite_to(
    uow: UnitOfWork, session: Session, guest: Stakeholder, owner: str, by: str, now: datetime
) -> None:
    """Have somebody invited to a session: as it is already, again, or for the first time.

    Who plans it with themselves as the owner is not reminded there and then.
    """
    there = uow.invites.one(session_id=session.id, stakeholder_id=guest.id)
    if there is not None and there.state is not InviteState.CANCELLED:
        return
    invite = there or Invite(
        new_id(),
        uow.workspace_id,
        session.team_id,
        session.id,
        guest.id,
        owner,
        InviteState.OPEN,
        now,
    )
    if there is None:
        uow.invites.add(invite)
    else:
        invite = replace(there, owner=owner, state=InviteState.OPEN, settled_at=None)
        uow.invites.save(invite)
    remind(uow, invite, now, at_once=owner != by)


def _take_over(uow: UnitOfWork, before: Session, after: Session) -> None:
    """Have the invitations of one session be those of another, in place of what it had."""
    stale = {one.stakeholder_id: one.id for one in uow.invites.where(session_id=after.id)}
    for invite in uow.invites.where(session_id=before.id):
        if invite.stakeholder_id in stale:
            uow.invites.remove(stale[invite.stakeholder_id])
        uow.invites.save(replace(invite, session_id=after.id))


def _day(team: Team, given: str, now: datetime) -> date:
    if not given:
        raise Refused(_NO_DAY, {ON: _NO_DAY})
    on = date.fromisoformat(given)
    if on < today_of(team, now):
        raise Refused(_PAST, {ON: _PAST})
    return on


def _guests(
    uow: UnitOfWork, team_id: str, given: str, invited: Collection[Stakeholder]
) -> list[Stakeholder]:
    """Those chosen by name: on the map, or `invited` before."""
    there = [one for one in uow.stakeholders.where(team_id=team_id) if one.on_map]
    named = {one.name: one for one in (*invited, *there)}
    chosen = [line for line in given.splitlines() if line]
    if any(name not in named for name in chosen):
        raise Refused(_NOT_ON_MAP, {GUESTS: _NOT_ON_MAP})
    return [named[name] for name in chosen]
