"""What a plan changes in how people are met, told in plain words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from coaching.calendar import Span
from coaching.slot import first_sitting
from coaching.team import Member, Team
from coaching.team_plan import WantedMember, WantedTeam

__all__ = ["differences", "member_as_wanted", "team_as_wanted"]

_TEAM = ("name", "timezone", "country", "slot", "budget", "quiet_hours", "blackout", "paused")
_MEMBER = ("timezone", "away", "paused_until", "opted_out")
_NAMES = {"quiet_hours": "quiet hours", "paused_until": "pause until", "opted_out": "opted out"}


def team_as_wanted(team: Team, plan: WantedTeam, now: datetime) -> Team:
    """The team as the plan says it should be. A pack that is new begins with its next sitting."""
    since = team.pack_since if plan.pack == team.pack else None
    if plan.pack and plan.slot and since is None:
        since = first_sitting(plan.slot, ZoneInfo(plan.timezone), now)
    return replace(
        team,
        name=plan.name,
        timezone=plan.timezone,
        country=plan.country,
        budget=plan.budget,
        quiet_hours=plan.quiet_hours,
        blackout=plan.blackout,
        paused=team.paused if plan.paused is None else plan.paused,
        anonymity=plan.anonymity,
        slot=plan.slot,
        pack=plan.pack,
        pack_since=since,
    )


def member_as_wanted(member: Member, plan: WantedMember) -> Member:
    """The member as the plan says, active."""
    return replace(
        member,
        role=plan.role,
        active=True,
        timezone=plan.timezone,
        away=plan.away,
        paused_until=plan.paused_until,
        opted_out=plan.opted_out,
    )


def differences(before: Team | Member, after: Team | Member) -> Iterator[str]:
    """`budget is now 4, was 3`: one for each thing that changes. Roles are told elsewhere."""
    for what in _TEAM if isinstance(after, Team) else _MEMBER:
        was, now = getattr(before, what), getattr(after, what)
        if was != now:
            yield f"{_NAMES.get(what, what)} is now {_in_words(now)}, was {_in_words(was)}"


def _in_words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        spans = [f"{one.first} to {one.last}" for one in value if isinstance(one, Span)]
        return ", ".join(spans) or "none"
    return "none" if value is None else str(value)
