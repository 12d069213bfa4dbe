"""`widelens preview`: what one person of a team would get, message by message."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.databases import prepare
from bot.errors import OperatorError
from bot.practice_files import catalogue_with
from coaching.catalogue import Catalogue
from coaching.ports import Clock, UnitOfWork
from coaching.preview import Coming, preview
from coaching.team import Member, Role, Team
from coaching.use_cases.team_purpose import purpose_of
from storage import SqlDueBoard, SqlStore

__all__ = ["as_lines", "look_ahead"]


async def look_ahead(
    database_url: str,
    team: str,
    days: int,
    clock: Clock,
    *,
    user: str | None = None,
    practices: str = "",
) -> list[str]:
    """What comes within `days`, as lines to print.

    `team` is a team's name or its channel; `user` one of its people, or a leader of it where None.

    Raises:
        OperatorError: there is no such team, or nobody of that id in it.
    """
    catalogue = catalogue_with(practices)
    await asyncio.to_thread(prepare, database_url)
    store, now = SqlStore(database_url), clock.now()
    try:
        for workspace_id in await SqlDueBoard(store).workspaces():
            found = await store.read(
                workspace_id, lambda uow: _look(uow, team, user, catalogue, now, days)
            )
            if found is not None:
                return found
    finally:
        await store.close()
    raise OperatorError(f"there is no team {team!r}; give its name, or its channel's id")


def _look(
    uow: UnitOfWork, named: str, user: str | None, catalogue: Catalogue, now: datetime, days: int
) -> list[str] | None:
    team = uow.teams.one(channel=named) or uow.teams.one(name=named)
    if team is None:
        return None
    members = uow.members.where(team_id=team.id, active=True)
    member = _whose(members, team, user)
    until = now + timedelta(days=days)
    cadences = uow.cadences.where(team_id=team.id)
    purpose = purpose_of(uow, team.id) is not None
    coming = preview(team, cadences, members, catalogue, member, now, until, purpose=purpose)
    return list(as_lines(team, member, coming, days))


def _whose(members: Sequence[Member], team: Team, user: str | None) -> Member:
    """Who is looked at: of whoever it is not said, one of the leaders."""
    for member in sorted(members, key=lambda one: one.role is not Role.LEADER):
        if user in (None, member.user):
            return member
    known = ", ".join(member.user for member in members)
    raise OperatorError(f"{user} is not in {team.name}; there are {known}")


def as_lines(team: Team, member: Member, coming: Sequence[Coming], days: int) -> Iterator[str]:
    """A line for each message, at the person's own hour, and what they come to."""
    zone = ZoneInfo(member.timezone or team.timezone)
    yield f"{team.name}: what {member.user} gets in {days} days, on the clock of {zone.key}"
    for one in coming:
        at = one.at.astimezone(zone)
        when = f"  {at:%a} {at.day:>2} {at:%b %H:%M}  "
        if one.reminder:
            yield f"{when}a reminder, if that is not answered by then"
        else:
            names = ", ".join(practice.name for practice in one.practices)
            yield f"{when}{names} ({one.minutes} min)"
    prompts = sum(not one.reminder for one in coming)
    minutes = sum(one.minutes for one in coming)
    yield (
        f"{len(coming)} messages at most: {prompts} sittings of {minutes} minutes in all,"
        f" and {len(coming) - prompts} reminders. Never more than {team.budget} in seven days."
    )
