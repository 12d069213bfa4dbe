"""Where an invitation stands, until it has ended: said by its owner, or by lead and coach."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from coaching.answer import problems_with
from coaching.errors import NotFound, Refused
from coaching.identifiers import new_id
from coaching.invite import Invite, InviteState, Session
from coaching.permissions import Action, allowed
from coaching.ports import UnitOfWork
from coaching.practice import Practice, Question
from coaching.stakeholder import Rating, Stakeholder
from coaching.team import Member, Role, Team
from coaching.use_cases.entry_changes import OWNER, record_change
from coaching.use_cases.follow_up import say_follow_ups_anew
from coaching.use_cases.keep_voice import keep_told_voice
from coaching.use_cases.remind_of_invite import Told, remind, stop_reminding, tell_once, today_of

__all__ = [
    "InviteView",
    "call_off",
    "came_questions",
    "hand_on",
    "hand_over_invites",
    "open_invites",
    "reason_questions",
    "say_came",
    "say_not_this_time",
    "say_stands",
    "see_invite",
    "view_of",
]

_GONE = "I can't find this invitation any more. /widelens stakeholders has those that are planned."
_NOT_YOURS = "This invitation is for its owner, or the team's lead or coach, to speak of."
_CANCELLED = "This invitation is off, so there is nothing more to say of it."
_CAME_ALREADY = "They came, and that is kept. What they said is among the team's voices."
_TOO_EARLY = "The session is still to come, so I can't note yet that they came."
_ENDED = "an answer has ended it"
_OFF = "the invitation is off"


@dataclass(frozen=True, slots=True)
class InviteView:
    """An invitation with all that belongs to it."""

    invite: Invite
    session: Session
    stakeholder: Stakeholder
    team: Team


def view_of(uow: UnitOfWork, invite: Invite) -> InviteView:
    """The invitation, whoever looks."""
    return InviteView(
        invite,
        uow.sessions.get(invite.session_id),
        uow.stakeholders.get(invite.stakeholder_id),
        uow.teams.get(invite.team_id),
    )


def see_invite(uow: UnitOfWork, invite_id: str, user: str) -> InviteView:
    """The invitation, for who may say where it stands. Raises Refused."""
    invite, _ = _demand(uow, invite_id, user)
    return view_of(uow, invite)


def open_invites(uow: UnitOfWork, user: str) -> list[InviteView]:
    """What a person has to invite in all their teams, the nearest session first."""
    teams = [one.team_id for one in uow.members.where(user=user, active=True)]
    mine = uow.invites.where(team_id=teams, owner=user)
    views = [view_of(uow, one) for one in mine if not one.state.ended]
    return sorted(views, key=lambda one: one.session.on)


def say_stands(
    uow: UnitOfWork, invite_id: str, user: str, state: InviteState, now: datetime
) -> InviteView:
    """Keep that somebody is invited, or has accepted; also after all. Raises Refused."""
    invite, _ = _demand(uow, invite_id, user)
    if invite.state is not state:
        settled = replace(invite, state=state, reason="", settled_at=None)
        _keep(uow, settled, user, now)
        remind(uow, settled, now, at_once=False)
    return view_of(uow, uow.invites.get(invite_id))


def reason_questions(practice: Practice) -> tuple[Question, ...]:
    """What is asked of an invitation that comes to nothing this time."""
    return _asked(practice, ("reason",))


def came_questions(practice: Practice) -> tuple[Question, ...]:
    """What is asked after a visit: what they said is wanted, the rest as one likes."""
    asked = _asked(practice, ("heard", "should_do", "rating"))
    return tuple(replace(one, optional=one.key != "heard") for one in asked)


def say_not_this_time(
    uow: UnitOfWork,
    practice: Practice,
    invite_id: str,
    user: str,
    given: Mapping[str, str],
    now: datetime,
) -> InviteView:
    """Keep that they do not come this time, and why; nothing more is asked. Raises Refused."""
    invite, _ = _demand(uow, invite_id, user)
    values = _checked(reason_questions(practice), given)
    reason = str(values.get("reason", ""))
    ended = replace(invite, state=InviteState.NOT_THIS_TIME, reason=reason, settled_at=now)
    stop_reminding(uow, ended, _ENDED)
    _keep(uow, ended, user, now)
    return view_of(uow, ended)


def say_came(
    uow: UnitOfWork,
    practice: Practice,
    invite_id: str,
    user: str,
    given: Mapping[str, str],
    now: datetime,
) -> InviteView:
    """Keep that they came, and what was heard: a voice, beside how they rate it. Raises Refused."""
    invite, member = _demand(uow, invite_id, user)
    view = view_of(uow, invite)
    if today_of(view.team, now) < view.session.on:
        raise Refused(_TOO_EARLY)
    values = _checked(came_questions(practice), given)
    ended = replace(invite, state=InviteState.CAME, reason="", settled_at=now)
    stop_reminding(uow, ended, _ENDED)
    _keep(uow, ended, user, now)
    _keep_visit(uow, view, member, values, now)
    return view_of(uow, ended)


def call_off(uow: UnitOfWork, invite: Invite, by: str, now: datetime) -> None:
    """It is not to go out any more; its owner is told once, unless it was their own doing.

    What had come to an end stays as it ended.
    """
    if invite.state.ended:
        return
    off = replace(invite, state=InviteState.CANCELLED, settled_at=now)
    stop_reminding(uow, off, _OFF)
    _keep(uow, off, by, now)
    if off.owner != by:
        tell_once(uow, off, Told.OFF, now)


def hand_on(uow: UnitOfWork, invite: Invite, owner: str, by: str, now: datetime) -> None:
    """Another asks the guest from now on, and is told once, unless it was their own doing."""
    if invite.owner == owner:
        return
    theirs = replace(invite, owner=owner)
    uow.invites.save(theirs)
    if theirs.state.ended:
        return
    record_change(uow, invite.team_id, invite.id, by, f"{OWNER}{owner}", now)
    if owner != by:
        tell_once(uow, theirs, Told.YOURS, now)
    remind(uow, theirs, now, at_once=False)
    say_follow_ups_anew(uow, invite.id, now)


def hand_over_invites(uow: UnitOfWork, gone: Member, now: datetime) -> None:
    """Somebody has left the team: what they were to invite is the lead's from now on.

    The coach's where nobody leads; where there is no coach either, it waits as it is.
    """
    people = uow.members.where(team_id=gone.team_id, active=True)
    heirs = [one for role in (Role.LEAD, Role.COACH) for one in people if one.role is role]
    heir = next((one for one in heirs if one.user != gone.user), None)
    if heir is None:
        return
    for invite in uow.invites.where(team_id=gone.team_id, owner=gone.user):
        if not invite.state.ended:
            hand_on(uow, invite, heir.user, gone.user, now)


def _demand(uow: UnitOfWork, invite_id: str, user: str) -> tuple[Invite, Member]:
    try:
        invite = uow.invites.get(invite_id)
    except NotFound:
        raise Refused(_GONE) from None
    member = uow.members.one(team_id=invite.team_id, user=user, active=True)
    if member is None or not (invite.owner == user or allowed(member, Action.KEEP_MAP)):
        raise Refused(_NOT_YOURS)
    if invite.state is InviteState.CANCELLED:
        raise Refused(_CANCELLED)
    if invite.state is InviteState.CAME:
        raise Refused(_CAME_ALREADY)
    return invite, member


def _keep(uow: UnitOfWork, invite: Invite, by: str, now: datetime) -> None:
    uow.invites.save(invite)
    record_change(uow, invite.team_id, invite.id, by, f"stands: {invite.state}", now)
    say_follow_ups_anew(uow, invite.id, now)


def _asked(practice: Practice, keys: Iterable[str]) -> tuple[Question, ...]:
    """The practice's questions of these keys, as a form of their own asks them."""
    known = {one.key: one for one in practice.questions}
    return tuple(replace(known[key], when=None, later=False) for key in keys if key in known)


def _checked(questions: tuple[Question, ...], given: Mapping[str, str]) -> dict[str, object]:
    values, wrong = problems_with(questions, given, ())
    if wrong:
        raise Refused("Some of it needs another look.", wrong)
    return dict(values)


def _keep_visit(
    uow: UnitOfWork, view: InviteView, member: Member, values: Mapping[str, object], now: datetime
) -> None:
    """The voice, the rating, and that they were met on the session's day, whenever it is told."""
    guest, rated = view.stakeholder, values.get("rating")
    words, outside = _words(values), guest.outside is not False
    keep_told_voice(uow, view.team, member, words, now, stakeholder_id=guest.id, outside=outside)
    met = max(filter(None, (guest.met_on, view.session.on)))
    uow.stakeholders.save(replace(guest, met_on=met))
    if isinstance(rated, int):
        whose = (uow.workspace_id, view.team.id, guest.id)
        given = Rating(new_id(), *whose, view.invite.id, member.id, now, rated, theirs=True)
        uow.ratings.add(given)


def _words(values: Mapping[str, object]) -> str:
    heard, should = values.get("heard", ""), values.get("should_do", "")
    return f"{heard}\n\nWhat we should do that we don't: {should}" if should else str(heard)
