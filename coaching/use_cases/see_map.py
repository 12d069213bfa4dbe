"""The stakeholder map as one of the team's people sees it, and what is known of who is on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from coaching.answer import Answer
from coaching.catalogue import Catalogue
from coaching.entry_change import EntryChange
from coaching.invite import Invite, Session
from coaching.permissions import Action, allowed
from coaching.ports import UnitOfWork
from coaching.practice import Feeds
from coaching.round import Round, RoundState
from coaching.stakeholder import Rating, Stakeholder
from coaching.team import Team
from coaching.use_cases.asked_next import AskedNext, asked_next
from coaching.use_cases.change_map import demand_entry
from coaching.use_cases.choose_team import Place
from coaching.use_cases.entry_changes import changes_of
from coaching.use_cases.keep_map import keep_named, keep_rated, set_focus
from coaching.use_cases.plan_session import planned_sessions
from coaching.use_cases.remind_of_invite import today_of

__all__ = ["EntryView", "MapView", "Rated", "see_entry", "see_map", "take_over"]

_DRAFT, _MAP = "stakeholder_draft", "stakeholder_map"
_MOST_CHANGES = 5
_DEEPEN = "deepen"


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating, with who gave it (a platform id) and on which day of the team's."""

    rating: Rating
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class EntryView:
    """A stakeholder with all that is known of them.

    `ours` and `theirs`: the ratings, the oldest first. `keeps`: whether who looks may change it.
    `changes`: the latest, the newest first. `others`: whom they may be the same as.
    """

    stakeholder: Stakeholder
    team: Team
    today: date
    ours: tuple[Rated, ...]
    theirs: tuple[Rated, ...]
    keeps: bool = False
    added_by: str = ""
    changes: tuple[EntryChange, ...] = ()
    invites: tuple[tuple[Invite, Session], ...] = ()
    others: tuple[Stakeholder, ...] = ()

    @property
    def stale(self) -> bool:
        """Whether nobody has met them for too long."""
        return self.stakeholder.is_stale(self.today)


@dataclass(frozen=True, slots=True)
class MapView:
    """A team's map: those in focus first, then in the order in which they came.

    `suggested`: who was named when it was full. `sessions`: those planned. `keeps`: whether who
    looks may change it.
    """

    place: Place
    there: tuple[EntryView, ...]
    suggested: tuple[Stakeholder, ...]
    off: tuple[Stakeholder, ...]
    sessions: tuple[Session, ...]
    next: AskedNext
    keeps: bool


def see_map(uow: UnitOfWork, catalogue: Catalogue, place: Place, now: datetime) -> MapView:
    """The map of a team of the person's own."""
    team = place.team
    known = uow.stakeholders.where(team_id=team.id)
    users = _users(uow, team)
    ratings = uow.ratings.where(team_id=team.id)
    there = sorted((one for one in known if one.on_map), key=lambda one: not one.in_focus)
    gone = [one for one in known if not one.on_map and one.merged_into is None]
    return MapView(
        place,
        tuple(_plain(one, team, today_of(team, now), ratings, users) for one in there),
        tuple(one for one in gone if one.suggested),
        tuple(one for one in gone if not one.suggested),
        tuple(planned_sessions(uow, team.id, today_of(team, now))),
        asked_next(uow, catalogue, team, place.member, (_MAP, _DRAFT), now),
        allowed(place.member, Action.KEEP_MAP),
    )


def see_entry(uow: UnitOfWork, entry_id: str, user: str, now: datetime) -> EntryView:
    """All that is known of one. Raises Refused."""
    found, member = demand_entry(uow, entry_id, user, Action.READ_TEAM)
    team = uow.teams.get(found.team_id)
    users = _users(uow, team)
    seen = _plain(
        found, team, today_of(team, now), uow.ratings.where(stakeholder_id=found.id), users
    )
    others = [one for one in uow.stakeholders.where(team_id=team.id) if one.merged_into is None]
    asked = uow.invites.where(stakeholder_id=found.id)
    return EntryView(
        found,
        team,
        seen.today,
        seen.ours,
        seen.theirs,
        keeps=allowed(member, Action.KEEP_MAP),
        added_by=users[found.added_by],
        changes=tuple(changes_of(uow, found.id)[::-1][:_MOST_CHANGES]),
        invites=tuple((one, uow.sessions.get(one.session_id)) for one in asked),
        others=tuple(one for one in others if one.id != found.id),
    )


def take_over(uow: UnitOfWork, team: Team) -> None:
    """Fill a map that is empty from what was answered before there was a register.

    Sessions of those days are past, and are not planned anew.
    """
    if uow.stakeholders.where(team_id=team.id):
        return
    for round_, answer in _told(uow, team.id):
        member = uow.members.get(answer.member_id)
        if round_.practice.feeds is Feeds.MAP or round_.practice_key == _MAP:
            keep_rated(uow, round_, member, answer.values, answer.answered_at)
            continue
        keep_named(uow, member, answer.values, answer.answered_at)
        if isinstance(names := answer.values.get(_DEEPEN), list):
            owners = answer.values.get("owners")
            set_focus(uow, member, names, owners if isinstance(owners, list) else ())


def _told(uow: UnitOfWork, team_id: str) -> list[tuple[Round, Answer]]:
    """What was written of the map with a name to it, oldest first."""
    closed = uow.rounds.where(team_id=team_id, practice_key=[_DRAFT, _MAP], state=RoundState.CLOSED)
    rounds = {one.id: one for one in closed if one.practice.visibility.named}
    answers = uow.answers.where(round_id=list(rounds))
    return [(rounds[one.round_id], one) for one in sorted(answers, key=lambda one: one.answered_at)]


def _plain(
    one: Stakeholder,
    team: Team,
    today: date,
    ratings: Sequence[Rating],
    users: dict[str, str],
) -> EntryView:
    zone = ZoneInfo(team.timezone)
    rated = [
        Rated(rating, users[rating.member_id], rating.rated_at.astimezone(zone).date())
        for rating in sorted(ratings, key=lambda rating: rating.rated_at)
        if rating.stakeholder_id == one.id
    ]
    return EntryView(
        one,
        team,
        today,
        tuple(each for each in rated if not each.rating.theirs),
        tuple(each for each in rated if each.rating.theirs),
    )


def _users(uow: UnitOfWork, team: Team) -> dict[str, str]:
    return {one.id: one.user for one in uow.members.where(team_id=team.id)}
