"""A leadership team on cadences, for the tests of planner and engine."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from coaching.cadence import Cadence
from coaching.identifiers import new_id
from coaching.ports import UnitOfWork
from coaching.recurrence import occurrences
from coaching.team import Member, Role, Team
from tests.integration.scheduler.world import World

__all__ = ["coached_team", "set_up_team"]


async def set_up_team(
    world: World,
    practice: str = "early_wins",
    *,
    rrule: str = "FREQ=WEEKLY;BYDAY=MO",
    at: time = time(9),
    timezone: str = "Europe/Berlin",
    people: int = 2,
) -> Team:
    """A team with leads and one cadence, which starts on the clock's day."""
    now: datetime = world.clock.now()
    workspace = world.workspace_id
    team = Team(new_id(), workspace, "Board", f"C-{new_id()[:6]}", timezone, "DE")
    starts_on: date = now.date()
    _, first = next(occurrences(rrule, starts_on, at, ZoneInfo(timezone), now))
    cadence = Cadence(new_id(), workspace, team.id, practice, rrule, at, starts_on, first)

    def set_up(uow: UnitOfWork) -> None:
        uow.teams.add(team)
        for number in range(people):
            uow.members.add(Member(new_id(), workspace, team.id, f"U{number}", Role.LEAD))
        uow.cadences.add(cadence)

    await world.store.run(workspace, set_up)
    return team


async def coached_team(world: World) -> Team:
    """A team in channel C1, with a coach and nobody else."""
    team = Team(new_id(), world.workspace_id, "Board", "C1", "Europe/London", "GB")
    coach = Member(new_id(), world.workspace_id, team.id, "U9", Role.COACH)

    def set_up(uow: UnitOfWork) -> None:
        uow.teams.add(team)
        uow.members.add(coach)

    await world.store.run(world.workspace_id, set_up)
    return team
