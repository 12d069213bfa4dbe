"""Who comes to a team's channel: taken onto the team at once, or once its lead or coach says so.

Into a private channel somebody is let in, so a full member of the workspace is on the team by that.
Into a public one anybody may wander; and guests, and people from outside, are for the lead to say.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from coaching.catalogue import Catalogue
from coaching.delivery import DeliveryKind
from coaching.errors import Refused
from coaching.identifiers import new_id
from coaching.occasion import zones_of
from coaching.permissions import Action, allowed
from coaching.ports import UnitOfWork
from coaching.roster import Profile, Standing
from coaching.team import Member, Role, Team
from coaching.use_cases.kept_off import is_kept_off, keep_off, place_of
from coaching.use_cases.membership import stop_asking
from coaching.use_cases.saying import say_anew
from coaching.use_cases.set_cadences import meet_newcomer
from coaching.use_cases.tell_coach import note_came
from coaching.use_cases.welcome import BY_COMING, TAKEN_ON, times_welcomed, welcome
from coaching.use_cases.wish import wishes_elsewhere

__all__ = ["come_to_channel", "demand_steering", "is_awaited", "let_go", "take_on"]

_NO_TEAM = "This team is no longer here, so I changed nothing."
_NOT_ON_IT = "You are not on this team any more, so I changed nothing."
_NOT_YOURS = "Only the team's lead or coach says who is on it, so I changed nothing."
_LEFT_AGAIN = "They are not in the team's channel any more, so I changed nothing."
_GONE = "They have left the workspace, so I changed nothing."
_APP = "This is an app, and I can only ask people. I changed nothing."
_LEFT_TEAM = "They have left the team meanwhile: I ask them nothing any more."
_MORE_BY_NOW = (
    "They lead or coach the team by now, so I changed nothing. `/widelens setup` in the team's"
    " channel says who does."
)
_NO_LONGER = "not on the team any more"


def is_awaited(uow: UnitOfWork, channel: str, user: str) -> bool:
    """Whether it matters who this is that came: they are not on the channel's team, and may be."""
    team = uow.teams.one(channel=channel)
    if team is None or uow.members.one(team_id=team.id, user=user, active=True):
        return False
    return not is_kept_off(uow, team.id, user)


def come_to_channel(
    uow: UnitOfWork,
    user: str,
    channel: str,
    profile: Profile | None,
    *,
    private: bool,
    catalogue: Catalogue,
    now: datetime,
) -> None:
    """Somebody came to a channel. `profile` is None, `private` false where it can't be known.

    A full member who comes to a team's private channel is on the team from now on, and is told. Of
    everybody else its lead is asked. An app, and who is on it already, are nothing new.
    """
    if not is_awaited(uow, channel, user):
        return
    standing = profile.standing if profile else None
    if standing in {Standing.APP, Standing.GONE}:
        return
    team = uow.teams.where(channel=channel)[0]
    there = uow.members.one(team_id=team.id, user=user)
    times = times_welcomed(uow, there) if there else 0
    coached = there is not None and there.role is Role.COACH
    if profile and private and standing is Standing.PERSON and not coached:
        _enrol(uow, team, user, profile.timezone, BY_COMING, catalogue, now)
    note_came(uow, team.id, user, times, now)


def demand_steering(uow: UnitOfWork, team_id: str, by: str) -> Team:
    """The team, if `by` may say who is on it. Raises Refused."""
    team = uow.teams.one(id=team_id)
    if team is None:
        raise Refused(_NO_TEAM)
    member = uow.members.one(team_id=team_id, user=by, active=True)
    if member is None:
        raise Refused(_NOT_ON_IT)
    if not allowed(member, Action.STEER):
        raise Refused(_NOT_YOURS)
    return team


def take_on(
    uow: UnitOfWork,
    team_id: str,
    user: str,
    by: str,
    profile: Profile | None,
    here: Collection[str] | None,
    catalogue: Catalogue,
    now: datetime,
) -> None:
    """Lead or coach (`by`) has somebody on the team, who is told. Said twice is the same as once.

    `here`: who is in the channel; like `profile` it is None where it can't be seen.

    Raises:
        Refused: that is not for `by` to say; or the person has left, or is none.
    """
    team = demand_steering(uow, team_id, by)
    if uow.members.one(team_id=team_id, user=user, active=True) is not None:
        return
    standing = profile.standing if profile else None
    if standing is Standing.APP:
        raise Refused(_APP)
    if standing is Standing.GONE:
        raise Refused(_GONE)
    if here is not None and user not in here:
        raise Refused(_LEFT_AGAIN)
    timezone = profile.timezone if profile else ""
    _enrol(uow, team, user, timezone, f"{TAKEN_ON}{by}", catalogue, now)
    say_anew(uow, DeliveryKind.COACH_NOTE, place_of(team_id, user), now)


def let_go(uow: UnitOfWork, team_id: str, user: str, by: str, now: datetime) -> None:
    """Lead or coach (`by`) says that somebody is not on the team, once and for all.

    Nothing is asked of them any more, what they were told of it says so, and no coming of theirs is
    brought up again. Said twice is the same as once.

    Raises:
        Refused: that is not for `by` to say; or the person has left, or is more than a leader.
    """
    demand_steering(uow, team_id, by)
    if is_kept_off(uow, team_id, user):
        return
    member = uow.members.one(team_id=team_id, user=user, active=True)
    if member is None:
        raise Refused(_LEFT_TEAM)
    if member.role is not Role.LEADER:
        raise Refused(_MORE_BY_NOW)
    gone = replace(member, active=False)
    uow.members.save(gone)
    stop_asking(uow, gone, now)
    keep_off(uow, team_id, user, by, now)
    uow.deliveries.drop_pending(gone.id, [DeliveryKind.WELCOME], _NO_LONGER)
    say_anew(uow, DeliveryKind.WELCOME, gone.id, now)
    say_anew(uow, DeliveryKind.COACH_NOTE, place_of(team_id, user), now)


def _enrol(
    uow: UnitOfWork,
    team: Team,
    user: str,
    timezone: str,
    by: str,
    catalogue: Catalogue,
    now: datetime,
) -> None:
    """Have somebody on the team from the next questions on, and tell them.

    Who was on it before has their record again, with what they said of being asked.
    """
    people = uow.members.where(team_id=team.id)
    there = next((one for one in people if one.user == user), None)
    if there is None:
        own = timezone if timezone and timezone != team.timezone else None
        said = wishes_elsewhere(uow, user, now)
        member = Member(
            new_id(), uow.workspace_id, team.id, user, Role.LEADER, timezone=own, chosen=said
        )
        uow.members.add(member)
    else:
        member = replace(there, active=True, role=_role_again(there, people))
        uow.members.save(member)
    meet_newcomer(uow, team, zones_of(people), member, catalogue, now, new=there is None)
    welcome(uow, member, by, now)


def _role_again(there: Member, people: Collection[Member]) -> Role:
    """Who led the team leads it again, unless somebody else does by now."""
    led = any(one.active and one.role is Role.LEAD for one in people)
    return Role.LEAD if there.role is Role.LEAD and not led else Role.LEADER
