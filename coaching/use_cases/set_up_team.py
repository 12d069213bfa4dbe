"""Teams as code: making the records what an operator's plan says, and telling what that changes.

Only who holds the store's keys applies a plan, so no member's permission is asked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from coaching.anonymity import in_words_for
from coaching.cadence import Cadence
from coaching.catalogue import Catalogue
from coaching.identifiers import new_id
from coaching.occasion import Occasion, occasions
from coaching.ports import UnitOfWork
from coaching.practice import Visibility
from coaching.rhythm import in_words
from coaching.team import Member, Role, Team
from coaching.team_plan import WantedCadence, WantedMember, WantedTeam
from coaching.use_cases.changes import differences, member_as_wanted, team_as_wanted
from coaching.use_cases.excuse import opt_out
from coaching.use_cases.keep_anonymous import threshold_of
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
        other_days = before is not None and _days_of(before) != _days_of(team)
        step = _Step(uow, team, moved, other_days, catalogue, now, changes)
        step.make_members(plan.members)
        step.make_cadences(plan.all_cadences())
        if before is None or before.anonymity != team.anonymity:
            step.tell_threshold(plan)
    return changes


def _days_of(team: Team) -> object:
    return team.country, team.blackout


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
        made = team_as_wanted(team, plan)
        uow.teams.add(made)
        changes.append(f"{team.name}: new, in {team.channel}, {team.timezone}, {team.country}.")
        changes += [f"{team.name}: {change}." for change in differences(team, made)]
        return made
    team = team_as_wanted(there, plan)
    changes += [f"{team.name}: {change}." for change in differences(there, team)]
    if team != there:
        uow.teams.save(team)
    return team


@dataclass(frozen=True, slots=True)
class _Step:
    """What is done for one team.

    `moved`: to another time zone, so every hour is another moment. `other_days`: with other
    holidays, as in another country, or another blackout.
    """

    uow: UnitOfWork
    team: Team
    moved: bool
    other_days: bool
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
            blank = Member(new_id(), self.uow.workspace_id, self.team.id, plan.user, plan.role)
            member = member_as_wanted(blank, plan)
            self.uow.members.add(member)
            self._tell(f"{plan.user} joins as {plan.role}.")
            self._tell_wishes(blank, member)
            return
        member = member_as_wanted(there, plan)
        if member == there:
            return
        if not there.active:
            self._tell(f"{plan.user} is back, as {plan.role}.")
        elif there.role is not plan.role:
            self._tell(f"{plan.user} is now {plan.role}, was {there.role}.")
        self._tell_wishes(there, member)
        self.uow.members.save(member)
        if member.opted_out and not there.opted_out:
            opt_out(self.uow, member, self.now)
        if there.is_asked and not member.is_asked:
            stop_asking(self.uow, member, self.now)

    def _tell_wishes(self, before: Member, after: Member) -> None:
        for change in differences(before, after):
            self._tell(f"{after.user}: {change}.")

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
                paused=plan.paused,
            )
            cadence = self._due(cadence)
            self.uow.cadences.add(cadence)
            self._tell(f"{self._name(plan.practice)} {self._rhythm(cadence)}.")
            return
        if there.paused != plan.paused:
            there = replace(there, paused=plan.paused)
            self.uow.cadences.save(there)
            paused = "is paused: nothing of it comes" if plan.paused else "goes on"
            self._tell(f"{self._name(plan.practice)} {paused}.")
        same = (there.rrule, there.at) == (plan.rrule, plan.at) and not self.moved
        if same and (not self.other_days or self._is_due(there)):
            return  # what is due and not opened yet stays due
        # A new rule counts its weeks from today; a new hour keeps the weeks as they were.
        starts_on = there.starts_on if there.rrule == plan.rrule else today
        cadence = self._due(replace(there, rrule=plan.rrule, at=plan.at, starts_on=starts_on))
        if cadence != there:
            self.uow.cadences.save(cadence)
            self._tell(f"{self._name(plan.practice)} is now {self._rhythm(cadence)}.")

    def _is_due(self, cadence: Cadence) -> bool:
        return cadence.next_due_at is not None and cadence.next_due_at <= self.now

    def _due(self, cadence: Cadence) -> Cadence:
        first = next(self._coming(cadence), None)
        return replace(cadence, next_due_at=first.due_at if first else None)

    def _coming(self, cadence: Cadence) -> Iterator[Occasion]:
        coming = occasions(cadence, self.team, self.now)
        return (occasion for occasion in coming if occasion.due_at > self.now)

    def _rhythm(self, cadence: Cadence) -> str:
        said = in_words(cadence.rrule, cadence.at)
        first = next((one for one in self._coming(cadence) if one.comes), None)
        if first is None:
            return f"{said}, which never comes again"
        local = first.due_at.astimezone(ZoneInfo(self.team.timezone))
        return f"{said}, next on {local:%A} {local.day} {local:%B %Y}"

    def tell_threshold(self, plan: WantedTeam) -> None:
        """Say what the threshold means for this team, where it is set or something is anonymous."""
        practices = [self.catalogue.get(cadence.practice) for cadence in plan.all_cadences()]
        anonymous = any(one and one.visibility is Visibility.ANONYMOUS for one in practices)
        if anonymous or plan.anonymity is not None:
            others = sum(member.role is Role.LEADER for member in plan.members)
            self._tell(in_words_for(threshold_of(self.uow, self.team), others))

    def _name(self, practice: str) -> str:
        known = self.catalogue.get(practice)
        return known.name if known else practice.capitalize()

    def _tell(self, sentence: str) -> None:
        self.changes.append(f"{self.team.name}: {sentence}")
