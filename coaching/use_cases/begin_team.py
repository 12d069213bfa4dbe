"""Setting a team up in chat: through the same core as an operator's plan, so there is one truth.

Anybody in a channel may set up the team of that channel; once it is there, lead and coach change
it. Everybody who comes onto it this way is told, and nobody twice.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from coaching.catalogue import Catalogue
from coaching.delivery import DeliveryKind
from coaching.draft import Draft
from coaching.errors import Refused
from coaching.permissions import Action, allowed, demand
from coaching.ports import UnitOfWork
from coaching.roster import Profile
from coaching.team import Member, Role, Team
from coaching.team_plan import WantedCadence, WantedMember, WantedTeam
from coaching.use_cases.choose_set_up import digest_for
from coaching.use_cases.kept_off import keep_off
from coaching.use_cases.saying import say_anew, say_in_channel
from coaching.use_cases.set_up_team import apply_teams
from coaching.use_cases.welcome import welcome
from coaching.use_cases.wish import Wish, set_pace

__all__ = [
    "AsItIs",
    "begin_team",
    "draft_of",
    "has_begun",
    "look_at",
    "plan_of",
    "set_left_out",
    "welcomed",
]

_NOT_HERE = (
    "You are not in this team's channel any more, so I can't set it up for you. Somebody who is"
    " there can."
)
_MEANWHILE = (
    "Somebody has set this team up while your form was open, so I changed nothing."
    " `/widelens setup` shows what they chose."
)
_CHANGED = (
    "Somebody has changed this team while your form was open, so I changed nothing."
    " `/widelens setup` begins from how it stands now."
)
_GONE = "This team is no longer here, so I changed nothing. `/widelens setup` begins anew."
_NOT_ON_IT = "You are not on this team any more, so I changed nothing."
_NO_MEMBER = "You are not on this team any more, so there is nothing to leave."


@dataclass(frozen=True, slots=True)
class AsItIs:
    """A team that is there, with its people; `changes`: whether who looks may change it."""

    team: Team
    members: tuple[Member, ...]
    changes: bool


def look_at(uow: UnitOfWork, channel: str, user: str) -> AsItIs | None:
    """The team of a channel as `user` finds it; None where there is none yet."""
    team = uow.teams.one(channel=channel)
    if team is None:
        return None
    members = tuple(uow.members.where(team_id=team.id, active=True))
    mine = [one for one in members if one.user == user]
    return AsItIs(team, members, any(allowed(one, Action.STEER) for one in mine))


def draft_of(uow: UnitOfWork, there: AsItIs) -> Draft:
    """What was chosen for a team that is there, to be changed."""
    team = there.team
    lead, coach = (_first(there.members, role) for role in (Role.LEAD, Role.COACH))
    others = (one.user for one in there.members if one.user not in {lead, coach})
    return Draft(
        channel=team.channel,
        team=team.id,
        seen=_stamp(uow, team),
        lead=lead,
        coach=coach,
        people=tuple(others),
        slot=str(team.slot) if team.slot else "",
        timezone=team.timezone,
        country=team.country,
    )


def plan_of(
    uow: UnitOfWork, draft: Draft, name: str, pack: str, profiles: Mapping[str, Profile]
) -> WantedTeam:
    """The team as the draft has it; what a draft does not speak of stays as it is."""
    there = uow.teams.one(id=draft.team) if draft.team else None
    members = uow.members.where(team_id=there.id) if there else []
    known = {member.user: member for member in members}
    wanted = [
        _wanted(user, _role(draft, known, user), known.get(user), draft.timezone, profiles)
        for user in draft.everybody
    ]
    plan = WantedTeam(
        name=name,
        channel=draft.channel,
        timezone=draft.timezone,
        country=draft.country,
        members=tuple(wanted),
        slot=draft.sits,
        pack=pack,
        blackout=draft.days_off,
        cadences=() if there else (digest_for(draft),),
    )
    return _with_what_is(uow, plan, there) if there else plan


def begin_team(
    uow: UnitOfWork,
    plan: WantedTeam,
    draft: Draft,
    user: str,
    here: Collection[str],
    catalogue: Catalogue,
    now: datetime,
) -> Team:
    """Make the team what was chosen, and have everybody told who comes onto it by this.

    `here`: the ids of those who are in the channel.

    Raises:
        Refused: the person is not in the channel, or may not change the team; or somebody else was
            quicker.
    """
    there = uow.teams.one(channel=draft.channel)
    if there is None and user not in here:
        raise Refused(_NOT_HERE)
    before = uow.members.where(team_id=there.id, active=True) if there else []
    _demand_unchanged(uow, draft, there, before, user)
    apply_teams(uow, [plan], catalogue, now)
    team = next(iter(uow.teams.where(channel=plan.channel)))
    known = {member.user for member in before}
    members = uow.members.where(team_id=team.id, active=True)
    for member in members:
        if member.user not in known:
            welcome(uow, member, user, now)
    for gone in known - {member.user for member in members}:
        keep_off(uow, team.id, gone, user, now)
    if there is None:
        say_in_channel(uow, team, DeliveryKind.WELCOME, team.id, now, detail=user)
        say_anew(uow, DeliveryKind.ARRIVAL, team.channel, now)
    return team


def welcomed(uow: UnitOfWork, member_id: str) -> tuple[Team, Member] | None:
    """Who is welcomed, and to which team; None where they are not on it any more."""
    member = uow.members.one(id=member_id, active=True)
    return (uow.teams.get(member.team_id), member) if member else None


def has_begun(uow: UnitOfWork, team: Team, user: str) -> bool:
    """Whether it was this person who set the team up, and not somebody who changed it since."""
    kind = DeliveryKind.WELCOME
    return uow.deliveries.one(subject=team.id, kind=kind, detail=user) is not None


def set_left_out(uow: UnitOfWork, member_id: str, user: str, now: datetime, *, out: bool) -> None:
    """Somebody wants to be left out of a team, at once, or to be asked again.

    Raises:
        Refused: it is not their place, or they have left the team.
    """
    member = uow.members.one(id=member_id, user=user, active=True)
    if member is None:
        raise Refused(_NO_MEMBER)
    set_pace(uow, user, Wish.OPTED_OUT, now, on=out, team_id=member.team_id)


def _demand_unchanged(
    uow: UnitOfWork, draft: Draft, there: Team | None, members: list[Member], user: str
) -> None:
    if there is None:
        if draft.team:
            raise Refused(_GONE)
        return
    if draft.team != there.id:
        raise Refused(_MEANWHILE)
    mine = next((one for one in members if one.user == user), None)
    if mine is None:
        raise Refused(_NOT_ON_IT)
    demand(mine, Action.STEER)
    if draft.seen != _stamp(uow, there):
        raise Refused(_CHANGED)


def _stamp(uow: UnitOfWork, team: Team) -> str:
    """How a team stands, in a few letters: another where anything of it was changed."""
    members = uow.members.where(team_id=team.id)
    people = sorted((one.user, one.role, one.active) for one in members)
    rhythms = sorted(
        (one.practice, one.rrule, str(one.at), one.paused)
        for one in uow.cadences.where(team_id=team.id, origin="")
    )
    return f"{crc32(repr((team, people, rhythms)).encode()):x}"


def _first(members: tuple[Member, ...], role: Role) -> str:
    return next((one.user for one in members if one.role is role), "")


def _role(draft: Draft, known: Mapping[str, Member], user: str) -> Role:
    """What was chosen; who is a second lead or coach of the team stays that."""
    if user in {draft.lead, draft.coach}:
        return Role.LEAD if user == draft.lead else Role.COACH
    before = known.get(user)
    if before is None or not before.active:
        return Role.LEADER
    first = _first(tuple(one for one in known.values() if one.active), before.role)
    return Role.LEADER if user == first else before.role


def _wanted(
    user: str,
    role: Role,
    there: Member | None,
    timezone: str,
    profiles: Mapping[str, Profile],
) -> WantedMember:
    """Who is there keeps what is known of them; who is new brings their own clock."""
    if there is not None:
        return WantedMember(
            user, role, there.timezone, there.away, there.paused_until, there.opted_out
        )
    profile = profiles.get(user)
    own = profile.timezone if profile else ""
    return WantedMember(user, role, own if own != timezone and own else None)


def _with_what_is(uow: UnitOfWork, plan: WantedTeam, there: Team) -> WantedTeam:
    return WantedTeam(
        name=plan.name,
        channel=there.channel,
        timezone=plan.timezone,
        country=plan.country,
        members=plan.members,
        slot=plan.slot,
        pack=plan.pack,
        cadences=tuple(_own_cadences(uow, there)),
        anonymity=there.anonymity,
        budget=there.budget,
        quiet_hours=there.quiet_hours,
        blackout=tuple(dict.fromkeys((*there.blackout, *plan.blackout))),
        paused=there.paused,
    )


def _own_cadences(uow: UnitOfWork, team: Team) -> Iterator[WantedCadence]:
    for one in uow.cadences.where(team_id=team.id, origin=""):
        yield WantedCadence(one.practice, one.rrule, one.at, one.paused, one.clock, one.asked)
