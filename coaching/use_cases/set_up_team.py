"""Teams as code: making the records what an operator's plan says, and telling what that changes.

Only who holds the store's keys applies a plan, so no member's permission is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from coaching.cadence import Cadence
from coaching.catalogue import Catalogue
from coaching.identifiers import new_id
from coaching.ports import UnitOfWork
from coaching.recurrence import occurrences
from coaching.team import Member, Team
from coaching.team_plan import WantedCadence, WantedMember, WantedTeam
from coaching.use_cases.membership import stop_asking

__all__ = ["apply_teams", "teams_left_alone"]


def apply_teams(
    uow: UnitOfWork, wanted: Sequence[WantedTeam], catalogue: Catalogue, now: datetime
) -> list[str]:
    """Make the teams what `wanted` says; a plain sentence for each change.

    A team is known by its channel, a member by their user id, a cadence by its practice. Who is no
    longer in a team's plan becomes inactive and is asked no more; a cadence that is no longer in it
    is removed. Teams that `wanted` does not name stay as they are.
    """
    changes: list[str] = []
    for plan in wanted:
        before = uow.teams.one(channel=plan.channel)
        team = _make_team(uow, plan, before, changes)
        moved = before is not None and before.timezone != team.timezone
        step = _Step(uow, team, moved, catalogue, now, changes)
        step.make_members(plan.members)
        step.make_cadences(plan.all_cadences())
    return changes


def teams_left_alone(uow: UnitOfWork, wanted: Sequence[WantedTeam]) -> list[Team]:
    """The workspace's teams that `wanted` does not name."""
    named = {plan.channel for plan in wanted}
    return [team for team in uow.teams.where() if team.channel not in named]


def _make_team(uow: UnitOfWork, plan: WantedTeam, there: Team | None, changes: list[str]) -> Team:
    if there is None:
        team = Team(
            id=new_id(),
            workspace_id=uow.workspace_id,
            name=plan.name,
            channel=plan.channel,
            timezone=plan.timezone,
            country=plan.country,
        )
        uow.teams.add(team)
        changes.append(f"{team.name}: new, in {team.channel}, {team.timezone}, {team.country}.")
        return team
    team = replace(there, name=plan.name, timezone=plan.timezone, country=plan.country)
    for what in ("name", "timezone", "country"):
        before, after = getattr(there, what), getattr(team, what)
        if before != after:
            changes.append(f"{team.name}: {what} is now {after}, was {before}.")
    if team != there:
        uow.teams.save(team)
    return team


@dataclass(frozen=True, slots=True)
class _Step:
    """What is done for one team; `moved` to another time zone, so every hour is another moment."""

    uow: UnitOfWork
    team: Team
    moved: bool
    catalogue: Catalogue
    now: datetime
    changes: list[str]

    def make_members(self, wanted: Sequence[WantedMember]) -> None:
        there = {member.user: member for member in self.uow.members.where(team_id=self.team.id)}
        for plan in wanted:
            self._make_member(plan, there.pop(plan.user, None))
        for member in there.values():
            if member.active:
                self._let_go(member)

    def _make_member(self, plan: WantedMember, there: Member | None) -> None:
        if there is None:
            member = Member(new_id(), self.uow.workspace_id, self.team.id, plan.user, plan.role)
            self.uow.members.add(member)
            self._tell(f"{plan.user} joins as {plan.role}.")
            return
        member = replace(there, role=plan.role, active=True)
        if member == there:
            return
        if not there.active:
            self._tell(f"{plan.user} is back, as {plan.role}.")
        else:
            self._tell(f"{plan.user} is now {plan.role}, was {there.role}.")
        self.uow.members.save(member)
        if there.is_asked and not member.is_asked:
            stop_asking(self.uow, member, self.now)

    def _let_go(self, member: Member) -> None:
        left = replace(member, active=False)
        self.uow.members.save(left)
        stop_asking(self.uow, left, self.now)
        self._tell(f"{member.user} leaves, and is asked no more.")

    def make_cadences(self, wanted: Sequence[WantedCadence]) -> None:
        there = {one.practice: one for one in self.uow.cadences.where(team_id=self.team.id)}
        for plan in wanted:
            self._make_cadence(plan, there.pop(plan.practice, None))
        for cadence in there.values():
            self.uow.cadences.remove(cadence.id)
            self._tell(f"{self._name(cadence.practice)} is no longer asked.")

    def _make_cadence(self, plan: WantedCadence, there: Cadence | None) -> None:
        today = self.now.astimezone(ZoneInfo(self.team.timezone)).date()
        if there is None:
            cadence = Cadence(
                id=new_id(),
                workspace_id=self.uow.workspace_id,
                team_id=self.team.id,
                practice=plan.practice,
                rrule=plan.rrule,
                at=plan.at,
                starts_on=today,
                next_due_at=None,
            )
            cadence = self._due(cadence)
            self.uow.cadences.add(cadence)
            self._tell(f"{self._name(plan.practice)} {self._rhythm(cadence)}.")
            return
        if (there.rrule, there.at) == (plan.rrule, plan.at) and not self.moved:
            return  # what is due and not opened yet stays due
        # A new rule counts its weeks from today; a new hour keeps the weeks as they were.
        starts_on = there.starts_on if there.rrule == plan.rrule else today
        cadence = self._due(replace(there, rrule=plan.rrule, at=plan.at, starts_on=starts_on))
        self.uow.cadences.save(cadence)
        self._tell(f"{self._name(plan.practice)} is now {self._rhythm(cadence)}.")

    def _due(self, cadence: Cadence) -> Cadence:
        zone = ZoneInfo(self.team.timezone)
        coming = occurrences(cadence.rrule, cadence.starts_on, cadence.at, zone, self.now)
        _, moment = next(coming, (None, None))
        return replace(cadence, next_due_at=moment)

    def _rhythm(self, cadence: Cadence) -> str:
        said = f"on {cadence.rrule} at {cadence.at:%H:%M}"
        if cadence.next_due_at is None:
            return f"{said}, which never comes again"
        local = cadence.next_due_at.astimezone(ZoneInfo(self.team.timezone))
        return f"{said}, next on {local:%A} {local.day} {local:%B %Y}"

    def _name(self, practice: str) -> str:
        known = self.catalogue.get(practice)
        return known.name if known else practice.capitalize()

    def _tell(self, sentence: str) -> None:
        self.changes.append(f"{self.team.name}: {sentence}")
