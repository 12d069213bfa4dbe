"""A team's trends, looked up by its lead or coach."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from coaching.permissions import Action, demand
from coaching.ports import UnitOfWork
from coaching.team import Member, Team
from coaching.trend import Figures, Period, Standing, days_up_to, period_of

__all__ = ["SeenTrends", "see_trends"]

_WEEKS = 12
_FOUR = 4


@dataclass(frozen=True, slots=True)
class SeenTrends:
    """What a team's records come to.

    `lately` are the last four weeks, `before` the four before them, `whole` the last twelve; each
    ends with today or with the day before the next one. `weekly` are those twelve, one by one.
    """

    team: Team
    lately: Figures
    before: Figures
    whole: Figures
    weekly: tuple[tuple[Period, Figures], ...]
    standing: Standing


def see_trends(uow: UnitOfWork, team: Team, member: Member, now: datetime) -> SeenTrends:
    """The trends up to today. Raises Refused: they are for lead and coach."""
    demand(member, Action.SEE_TRENDS)
    zone = ZoneInfo(team.timezone)
    weeks = days_up_to(now.astimezone(zone).date(), zone, _WEEKS)
    lately, before, whole = (
        period_of(some[0].first, some[-1].last, zone)
        for some in (weeks[-_FOUR:], weeks[-2 * _FOUR : -_FOUR], weeks)
    )
    four, four_before, twelve = uow.trends.of(team.id, [lately, before, whole])
    return SeenTrends(
        team=team,
        lately=four,
        before=four_before,
        whole=twelve,
        weekly=tuple(zip(weeks, uow.trends.of(team.id, weeks), strict=True)),
        standing=uow.trends.standing(team.id, weeks[-1]),
    )
