"""What a team said that it would do, beside what it did: figures alone."""

from collections.abc import Iterator
from datetime import date, timedelta
from statistics import fmean
from zoneinfo import ZoneInfo

from coaching.ports import UnitOfWork
from coaching.round import RoundState
from coaching.team import Team
from coaching.trend import FEWEST_AUDITED, Period, period_of
from coaching.voice import VoiceState
from insights.digest import Gap

__all__ = ["LOOKED_BACK_WEEKS", "gaps"]

LOOKED_BACK_WEEKS = 12

_SHARE = "outside"
_ENDED = (VoiceState.CHANGED, VoiceState.UNCHANGED)


def gaps(uow: UnitOfWork, team: Team, today: date) -> list[Gap]:
    """The gaps of the last twelve weeks, up to yesterday: what is for today is not late."""
    first, last = today - timedelta(weeks=LOOKED_BACK_WEEKS), today - timedelta(days=1)
    period = period_of(first, last, ZoneInfo(team.timezone))
    return [_actions(uow, team, period), *_figures(uow, team, period)]


def _actions(uow: UnitOfWork, team: Team, period: Period) -> Gap:
    """Breakdowns and decisions whose day has come: closed, changed or seen to stand is done."""
    done = [
        one.closed_at is not None
        for one in uow.breakdowns.where(team_id=team.id)
        if one.settled_at is not None and _in(period, one.needed_by)
    ]
    done += [
        one.state in _ENDED
        for one in uow.voices.where(team_id=team.id)
        if one.decision and _in(period, one.by)
    ]
    return Gap("gap:actions", len(done), sum(done))


def _figures(uow: UnitOfWork, team: Team, period: Period) -> Iterator[Gap]:
    (figures,) = uow.trends.of(team.id, [period])
    yield Gap("gap:invites", figures.invites_made, figures.invites_kept)
    said = _share_at_first(uow, team)
    if said is not None and figures.outside_share is not None:
        yield Gap("gap:outside", round(said), round(figures.outside_share))


def _share_at_first(uow: UnitOfWork, team: Team) -> float | None:
    """How much of their meetings was about value for those outside, as the team began: percent."""
    rounds = uow.rounds.where(team_id=team.id, practice_key="baseline", state=RoundState.CLOSED)
    answers = uow.answers.where(round_id=[one.id for one in rounds[-1:]])
    given = [str(one.values.get(_SHARE, "")).removesuffix("%") for one in answers]
    shares = [int(one) for one in given if one.isdecimal()]
    return fmean(shares) if len(shares) >= FEWEST_AUDITED else None


def _in(period: Period, day: date | None) -> bool:
    return day is not None and period.first <= day <= period.last
