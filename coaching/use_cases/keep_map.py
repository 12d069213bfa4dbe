"""Keeping the stakeholder map from what is answered: who is on it, and how they are rated."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from coaching.answer import Value
from coaching.identifiers import new_id
from coaching.ports import UnitOfWork
from coaching.practice import Feeds
from coaching.round import Round
from coaching.stakeholder import FOCUS, MOST_ON_MAP, Rating, Stakeholder, folded
from coaching.team import Member
from coaching.use_cases.plan_session import invite_to, plan_session
from coaching.use_cases.remind_of_invite import today_of

__all__ = [
    "count_on_map",
    "keep_draft",
    "keep_named",
    "keep_rated",
    "known_as",
    "known_names",
    "problems_of_map",
    "put_on_map",
    "rate",
    "set_focus",
]

_OUTSIDE, _INSIDE, _DEEPEN, _GUEST, _SESSION = "outside", "inside", "deepen", "guest", "session"
_DRAFTED = (_DEEPEN, _OUTSIDE, _INSIDE, _GUEST)
_ADDED, _KNOWN = "added", "known"
_TOO_MANY = (
    "That makes {count} on the map, and it has room for {most}. Keep those that matter most."
)
_TOO_MANY_IN_FOCUS = "Two at a time, so that there is time for both. Which two are they?"
_NO_ROOM = (
    "The map has its {most}, and {name} is not among them. Choose of those on it, or take somebody"
    " off first: /widelens stakeholders."
)
_NO_DAY = "Choose the day, too: without it I can't ask about the invitation in time."
_PAST = "That day has passed. When is the next session?"


def keep_draft(
    uow: UnitOfWork, round_: Round, member: Member, values: dict[str, Value], now: datetime
) -> None:
    """Keep a draft of the map: who is on it, the two in focus and their owners, and who is to come.

    What it says of the two holds from now on, for nobody else. Whom the same draft named before,
    and nobody has touched since, is not on the map any more.
    """
    _withdraw(uow, round_, member, _names(values, *_DRAFTED))
    keep_named(uow, member, values, now)
    if _DEEPEN in values:
        owners = values.get("owners")
        set_focus(uow, member, _names(values, _DEEPEN), owners if isinstance(owners, list) else ())
    on = values.get(_SESSION)
    if isinstance(on, str) and _names(values, _GUEST):
        _plan(uow, round_, member, date.fromisoformat(on), _names(values, _GUEST), now)


def keep_named(uow: UnitOfWork, member: Member, values: Mapping[str, Value], now: datetime) -> None:
    """Put on the map whom a draft names."""
    for key in _DRAFTED:
        outside = {_OUTSIDE: True, _INSIDE: False}.get(key)
        for name in _names(values, key):
            put_on_map(uow, member, name, now, outside=outside)


def keep_rated(
    uow: UnitOfWork, round_: Round, member: Member, values: dict[str, Value], now: datetime
) -> None:
    """Keep whom a member adds, and how they rate the one they know best, in place of before."""
    _withdraw(uow, round_, member, _names(values, _ADDED, _KNOWN))
    for name in _names(values, _ADDED):
        put_on_map(uow, member, name, now)
    rated = [put_on_map(uow, member, name, now) for name in _names(values, _KNOWN)]
    ids = {one.id for one in rated}
    for before in uow.ratings.where(round_id=round_.id, member_id=member.id, theirs=False):
        if before.stakeholder_id not in ids:
            uow.ratings.remove(before.id)
    figures = [_figure(values, key) for key in ("relationship", "engagement")]
    for one in rated:
        rate(uow, one, member, round_.id, figures[0], figures[1], now)


def problems_of_map(
    uow: UnitOfWork, member: Member, round_: Round, values: Mapping[str, Value], now: datetime
) -> dict[str, str]:
    """A sentence by question key for what a draft can't have: too many, or no day to come by."""
    if round_.practice.feeds is not Feeds.MAP_DRAFT:
        return {}
    wrong: dict[str, str] = {}
    drafted = _names(values, _OUTSIDE, _INSIDE, _DEEPEN)
    if len(drafted) > MOST_ON_MAP:
        wrong[_OUTSIDE] = _TOO_MANY.format(count=len(drafted), most=MOST_ON_MAP)
    if len(_names(values, _DEEPEN)) > FOCUS:
        wrong[_DEEPEN] = _TOO_MANY_IN_FOCUS
    gone = _own_alone(uow, round_, member, drafted) if _DEEPEN in values else []
    for key in (_DEEPEN, _GUEST):
        if off := _without_room(uow, member, _names(values, key), len(gone)):
            wrong.setdefault(key, _NO_ROOM.format(most=MOST_ON_MAP, name=off))
    on, asked = values.get(_SESSION), {one.key for one in round_.practice.questions if one.later}
    if _names(values, _GUEST) and on is None and _SESSION in asked:
        wrong[_SESSION] = _NO_DAY
    elif isinstance(on, str) and date.fromisoformat(on) < _today(uow, member, now):
        wrong[_SESSION] = _PAST
    return wrong


def known_names(uow: UnitOfWork, team_id: str) -> list[str]:
    """The names on a team's map, in the order in which they came."""
    return [one.name for one in uow.stakeholders.where(team_id=team_id) if one.on_map]


def known_as(uow: UnitOfWork, team_id: str, name: str) -> Stakeholder | None:
    """Whom a team knows by a name, on the map or off it; of who was merged, the one they are."""
    found = uow.stakeholders.one(team_id=team_id, key=folded(name))
    while found is not None and found.merged_into is not None:
        found = uow.stakeholders.get(found.merged_into)
    return found


def put_on_map(
    uow: UnitOfWork,
    member: Member,
    name: str,
    now: datetime,
    *,
    outside: bool | None = None,
) -> Stakeholder:
    """The one of this name: there already, back again, or new.

    Where the map is full they are kept as suggested, for the lead to see.
    """
    there = known_as(uow, member.team_id, name)
    room = count_on_map(uow, member.team_id) < MOST_ON_MAP
    if there is None:
        new = Stakeholder(
            id=new_id(),
            workspace_id=uow.workspace_id,
            team_id=member.team_id,
            key=folded(name),
            name=" ".join(name.split()),
            added_by=member.id,
            added_at=now,
            outside=outside,
            removed_at=None if room else now,
        )
        uow.stakeholders.add(new)
        return new
    said = there.outside if outside is None else outside
    stands = replace(there, outside=said, removed_at=None if room else there.removed_at)
    if stands != there:
        uow.stakeholders.save(stands)
    return stands


def set_focus(uow: UnitOfWork, member: Member, names: Iterable[str], owners: Iterable[str]) -> None:
    """Have these in focus and nobody else, their owners in the same order."""
    deepened = [known_as(uow, member.team_id, name) for name in names]
    wanted = [one.id for one in deepened if one is not None and one.on_map][:FOCUS]
    given = dict(zip(wanted, owners, strict=False))
    for one in uow.stakeholders.where(team_id=member.team_id):
        owner = given.get(one.id, one.owner) if one.id in wanted else None
        stands = replace(one, in_focus=one.id in wanted, owner=owner)
        if stands != one:
            uow.stakeholders.save(stands)


def rate(
    uow: UnitOfWork,
    stakeholder: Stakeholder,
    member: Member,
    where: str,
    relationship: int | None,
    engagement: int | None,
    now: datetime,
) -> None:
    """Keep how a member rates a relationship, once for each occasion: again, it takes its place."""
    there = uow.ratings.one(
        stakeholder_id=stakeholder.id, round_id=where, member_id=member.id, theirs=False
    )
    if there is not None:
        uow.ratings.save(replace(there, relationship=relationship, engagement=engagement))
        return
    whose = (uow.workspace_id, stakeholder.team_id, stakeholder.id)
    uow.ratings.add(Rating(new_id(), *whose, where, member.id, now, relationship, engagement))


def count_on_map(uow: UnitOfWork, team_id: str) -> int:
    """How many stand on a team's map."""
    return len(known_names(uow, team_id))


def _without_room(uow: UnitOfWork, member: Member, names: Iterable[str], leaving: int) -> str:
    """The first of these for whom the map has no room; "" where all have."""
    room = MOST_ON_MAP - count_on_map(uow, member.team_id) + leaving
    for name in names:
        there = known_as(uow, member.team_id, name)
        if there is None or not there.on_map:
            room -= 1
            if room < 0:
                return name
    return ""


def _today(uow: UnitOfWork, member: Member, now: datetime) -> date:
    return today_of(uow.teams.get(member.team_id), now)


def _plan(
    uow: UnitOfWork, round_: Round, member: Member, on: date, guests: list[str], now: datetime
) -> None:
    """Have the session that a draft tells of, and its guests; the draft's earlier one is moved."""
    session = plan_session(uow, member, on, now, since=round_.opened_at or round_.due_at)
    for name in guests:
        guest = known_as(uow, member.team_id, name)
        if guest is not None and guest.on_map:
            invite_to(uow, session, guest, guest.owner or member.user, member.user, now)


def _withdraw(uow: UnitOfWork, round_: Round, member: Member, named: list[str]) -> None:
    """Forget whom the member's own answer had named before, where nobody has touched them."""
    for one in _own_alone(uow, round_, member, named):
        for rating in uow.ratings.where(stakeholder_id=one.id):
            uow.ratings.remove(rating.id)
        uow.stakeholders.remove(one.id)


def _own_alone(
    uow: UnitOfWork, round_: Round, member: Member, named: list[str]
) -> list[Stakeholder]:
    """Who is known by nothing but an answer of the member's that does not name them any more."""
    still = {folded(name) for name in named}
    since = round_.opened_at or round_.due_at
    return [
        one
        for one in uow.stakeholders.where(team_id=member.team_id, added_by=member.id)
        if one.added_at >= since and one.key not in still and not _is_touched(uow, round_, one)
    ]


def _is_touched(uow: UnitOfWork, round_: Round, one: Stakeholder) -> bool:
    """Whether more is known of them than a name in this answer."""
    if not one.on_map or one.met_on is not None:
        return True
    theirs = (round_.id, one.added_by)
    ratings = uow.ratings.where(stakeholder_id=one.id)
    return bool(
        any((rating.round_id, rating.member_id) != theirs for rating in ratings)
        or uow.invites.where(stakeholder_id=one.id)
        or uow.voices.where(stakeholder_id=one.id)
        or uow.entry_changes.where(entry_id=one.id)
        or _is_named_by_others(uow, round_, one)
    )


def _is_named_by_others(uow: UnitOfWork, round_: Round, one: Stakeholder) -> bool:
    """Whether somebody's answer of the round, or of one opened since, has their name too."""
    rounds = uow.rounds.where(team_id=round_.team_id)
    since = round_.opened_at or round_.due_at
    late = [each.id for each in rounds if (each.opened_at or each.due_at) >= since]
    own = (round_.id, one.added_by)
    others = [
        each for each in uow.answers.where(round_id=late) if (each.round_id, each.member_id) != own
    ]
    return any(one.key in map(folded, _all_names(each.values)) for each in others)


def _all_names(values: Mapping[str, Value]) -> list[str]:
    return [name for value in values.values() if isinstance(value, list) for name in value]


def _names(values: Mapping[str, Value], *keys: str) -> list[str]:
    """The names under these keys, in their order, none twice."""
    given = [value for key in keys if isinstance(value := values.get(key), list)]
    return list({folded(name): name for names in given for name in names}.values())


def _figure(values: Mapping[str, Value], key: str) -> int | None:
    value = values.get(key)
    return value if isinstance(value, int) else None
