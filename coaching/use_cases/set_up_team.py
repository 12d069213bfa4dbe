"""Teams as code: making the records what an operator's plan says, and telling what that changes.

Only who holds the store's keys applies a plan, so no member's permission is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from coaching.anonymity import in_words_for
from coaching.catalogue import Catalogue
from coaching.identifiers import new_id
from coaching.occasion import zones_of
from coaching.ports import UnitOfWork
from coaching.practice import Visibility
from coaching.team import Member, Role, Team
from coaching.team_plan import WantedMember, WantedTeam
from coaching.use_cases.changes import differences, member_as_wanted, team_as_wanted
from coaching.use_cases.excuse import opt_out
from coaching.use_cases.keep_anonymous import threshold_of
from coaching.use_cases.membership import stop_asking
from coaching.use_cases.reach_channel import try_channel_again
from coaching.use_cases.set_cadences import make_cadences
from coaching.use_cases.welcome import BY_PLAN, welcome
from coaching.use_cases.wish import wishes_elsewhere

__all__ = ["apply_teams", "teams_left_alone"]


def apply_teams(
    uow: UnitOfWork,
    wanted: Sequence[WantedTeam],
    catalogue: Catalogue,
    now: datetime,
    *,
    welcomes: bool = False,
) -> list[str]:
    """Make the teams what `wanted` says; a plain sentence for each change.

    A team is known by its channel, a member by their user id, a cadence by its practice. Who is no
    longer in a team's plan becomes inactive and is asked no more; a cadence that is no longer in it
    is removed. A pack begins with the next sitting, and goes on where it stands when the plan is
    applied again. Teams that `wanted` does not name stay as they are.

    `welcomes`: whether who comes onto a team by this is told so.
    """
    changes: list[str] = []
    for plan in wanted:
        before = uow.teams.one(channel=plan.channel)
        people = uow.members.where(team_id=before.id) if before else []
        team = _make_team(uow, plan, before, now, changes)
        step = _Step(uow, team, catalogue, now, changes, welcomes)
        step.make_members(plan.members)
        joined = _joined(uow, team, people) if before else []
        zones = zones_of(people)
        changes += make_cadences(uow, before, zones, team, plan, joined, catalogue, now)
        try_channel_again(uow, team, now)
        if before is None or before.anonymity != team.anonymity:
            step.tell_threshold(plan)
    return changes


def _joined(uow: UnitOfWork, team: Team, before: Sequence[Member]) -> list[Member]:
    known = {member.user for member in before}
    return [one for one in uow.members.where(team_id=team.id) if one.user not in known]


def teams_left_alone(uow: UnitOfWork, wanted: Sequence[WantedTeam]) -> list[Team]:
    """The workspace's teams that `wanted` does not name."""
    named = {plan.channel for plan in wanted}
    return [team for team in uow.teams.where() if team.channel not in named]


def _make_team(
    uow: UnitOfWork, plan: WantedTeam, there: Team | None, now: datetime, changes: list[str]
) -> Team:
    if there is None:
        team = Team(
            id=new_id(),
            workspace_id=uow.workspace_id,
            name=plan.name,
            channel=plan.channel,
            timezone=plan.timezone,
            country=plan.country,
        )
        made = team_as_wanted(team, plan, now)
        uow.teams.add(made)
        changes.append(f"{team.name}: new, in {team.channel}, {team.timezone}, {team.country}.")
        changes += [f"{team.name}: {change}." for change in differences(team, made)]
        return made
    team = team_as_wanted(there, plan, now)
    changes += [f"{team.name}: {change}." for change in differences(there, team)]
    if team != there:
        uow.teams.save(team)
    return team


@dataclass(frozen=True, slots=True)
class _Step:
    """What is done for the people of one team."""

    uow: UnitOfWork
    team: Team
    catalogue: Catalogue
    now: datetime
    changes: list[str]
    welcomes: bool

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
            said = wishes_elsewhere(self.uow, plan.user, self.now)
            blank = replace(blank, chosen=said)
            member = member_as_wanted(blank, plan)
            self.uow.members.add(member)
            self._tell(f"{plan.user} joins as {plan.role}.")
            self._tell_wishes(blank, member)
            self._welcome(member)
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
        if not there.active:
            self._welcome(member)
        if member.opted_out and not there.opted_out:
            opt_out(self.uow, member, self.now)
        if there.is_asked and not member.is_asked:
            stop_asking(self.uow, member, self.now)

    def _welcome(self, member: Member) -> None:
        if self.welcomes:
            welcome(self.uow, member, BY_PLAN, self.now)

    def _tell_wishes(self, before: Member, after: Member) -> None:
        for change in differences(before, after):
            self._tell(f"{after.user}: {change}.")

    def _let_go(self, member: Member) -> None:
        left = replace(member, active=False)
        self.uow.members.save(left)
        stop_asking(self.uow, left, self.now)
        self._tell(f"{member.user} leaves, and is asked no more.")

    def tell_threshold(self, plan: WantedTeam) -> None:
        """Say what the threshold means for this team, where it is set or something is anonymous."""
        asked = self.uow.cadences.where(team_id=self.team.id)
        practices = [self.catalogue.get(cadence.practice) for cadence in asked]
        anonymous = any(one and one.visibility is Visibility.ANONYMOUS for one in practices)
        if anonymous or plan.anonymity is not None:
            others = sum(member.role is Role.LEADER for member in plan.members)
            self._tell(in_words_for(threshold_of(self.uow, self.team), others))

    def _tell(self, sentence: str) -> None:
        self.changes.append(f"{self.team.name}: {sentence}")
