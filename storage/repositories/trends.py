"""Trends as SQL aggregates: the database counts, and no record leaves it.

A period is told apart by a CASE, so that each table is read once for all periods of a kind; where
periods overlap, each is asked for by itself. A statement is built once for each number of periods,
as building one takes longer than running it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import pairwise
from statistics import fmean
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    FromClause,
    Select,
    Table,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
)

from coaching.invite import InviteState
from coaching.promise import Outcome
from coaching.round import RoundState
from coaching.stakeholder import STALE_AFTER_DAYS
from coaching.trend import FEWEST_AUDITED, Figures, Period, Standing
from coaching.voice import VoiceState
from storage.columns import DaysBetween
from storage.register_tables import invites, promises, sessions, stakeholders, voices
from storage.tables import answers, breakdowns, rounds
from storage.transaction import Transaction, in_workspace

__all__ = ["SqlTrends"]

_AUDIT = "focus_audit"
_SHARE = "outside"
_A_SHARE = re.compile(r"(\d+)%")

_Condition = ColumnElement[bool]


class SqlTrends:
    """Implements `coaching.ports.Trends`."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def of(self, team_id: str, periods: Sequence[Period]) -> list[Figures]:
        """See `Trends.of`."""
        if not _are_apart(periods):
            return [one for period in periods for one in self.of(team_id, [period])]
        given = {"of_team": team_id, **_bounds(periods)}
        figures = [Figures()] * len(periods)
        for statement in _counts(len(periods)):
            for row in self._transaction.rows(statement, given):
                counted = dict(row._mapping)
                index = counted.pop("period")
                figures[index] = replace(figures[index], **counted)
        for index, share in self._shares(given, len(periods)):
            figures[index] = replace(figures[index], outside_share=share)
        return figures

    def standing(self, team_id: str, today: Period) -> Standing:
        """See `Trends.standing`."""
        longest = timedelta(days=STALE_AFTER_DAYS)
        given = {
            "of_team": team_id,
            "until": today.until,
            "met_long_ago": today.last - longest,
            "added_long_ago": today.until - longest,
        }
        (row,) = self._transaction.rows(_on_map(), given)
        return Standing(row.on_map, row.in_focus, row.stale)

    def _shares(self, given: Mapping[str, object], periods: int) -> Iterator[tuple[int, float]]:
        """Shares stand in the answers' JSON, which the two databases take apart differently."""
        by_round: dict[tuple[int, str], list[int]] = {}
        for row in self._transaction.rows(_audits(periods), given):
            if share := _A_SHARE.fullmatch(str(row.given.get(_SHARE))):
                by_round.setdefault((row.period, row.id), []).append(int(share[1]))
        shares: dict[int, list[int]] = {}
        for (index, _), chosen in by_round.items():
            if len(chosen) >= FEWEST_AUDITED:
                shares.setdefault(index, []).extend(chosen)
        for index, chosen in shares.items():
            yield index, fmean(chosen)


@cache
def _counts(periods: int) -> tuple[Select[Any], ...]:
    """What counts all but the shares, by the index of so many periods."""
    return (*_of_voices(periods), _of_invites(periods), *_of_breakdowns(periods), _kept(periods))


def _of_voices(periods: int) -> tuple[Select[Any], ...]:
    of, mine = voices.c, _of_team(voices)
    return (
        _grouped(
            _moments(of.heard_at, periods),
            voices,
            mine,
            voices_heard=func.count(),
            voices_outside=_how_many(of.outside),
        ),
        _grouped(
            _moments(of.settled_at, periods),
            voices,
            and_(mine, of.state == VoiceState.CHANGED),
            voices_changed=func.count(),
        ),
    )


def _of_invites(periods: int) -> Select[Any]:
    session = sessions.c
    same = (session.workspace_id == invites.c.workspace_id) & (session.id == invites.c.session_id)
    made = and_(
        _of_team(invites),
        invites.c.state != InviteState.CANCELLED,
        session.cancelled_at.is_(None),
    )
    return _grouped(
        _days(session.on, periods),
        invites.join(sessions, same),
        made,
        invites_made=func.count(),
        invites_kept=_how_many(invites.c.state == InviteState.CAME),
    )


def _of_breakdowns(periods: int) -> tuple[Select[Any], ...]:
    of, mine = breakdowns.c, _of_team(breakdowns)
    logged, settled, closed = (
        _moments(column, periods) for column in (of.logged_at, of.settled_at, of.closed_at)
    )
    return (
        _grouped(logged, breakdowns, mine, breakdowns_logged=func.count()),
        _grouped(
            settled,
            breakdowns,
            mine,
            breakdowns_settled=func.count(),
            days_to_need=func.avg(DaysBetween(of.logged_at, of.settled_at)),
        ),
        _grouped(closed, breakdowns, mine, breakdowns_closed=func.count()),
    )


def _kept(periods: int) -> Select[Any]:
    of = promises.c
    return _grouped(
        _days(of.by, periods),
        promises,
        and_(_of_team(promises), of.withdrawn_at.is_(None)),
        promises_due=func.count(),
        promises_done=_how_many(of.outcome == Outcome.DONE),
        promises_partly=_how_many(of.outcome == Outcome.PARTLY),
        promises_not_yet=_how_many(of.outcome == Outcome.NOT_YET),
    )


@cache
def _audits(periods: int) -> Select[Any]:
    """What was answered to each audit that ended in one of so many periods."""
    of = rounds.c
    period = _moments(of.closes_at, periods).label("period")
    same = (answers.c.workspace_id == of.workspace_id) & (answers.c.round_id == of.id)
    return (
        select(period, of.id, answers.c["values"].label("given"))
        .select_from(answers.join(rounds, same))
        .where(
            _of_team(rounds),
            of.practice_key == _AUDIT,
            of.state == RoundState.CLOSED,
            period.is_not(None),
        )
    )


@cache
def _on_map() -> Executable:
    of, until = stakeholders.c, bindparam("until", type_=stakeholders.c.added_at.type)
    stale = case(
        (of.met_on.is_not(None), of.met_on <= bindparam("met_long_ago")),
        else_=of.added_at < bindparam("added_long_ago"),
    )
    return select(
        func.count().label("on_map"),
        _how_many(of.in_focus).label("in_focus"),
        _how_many(stale).label("stale"),
    ).where(
        _of_team(stakeholders),
        of.merged_into.is_(None),
        or_(of.removed_at.is_(None), of.removed_at >= until),
        of.added_at < until,
    )


def _grouped(
    period: ColumnElement[int],
    table: FromClause,
    condition: _Condition,
    **counted: ColumnElement[Any],
) -> Select[Any]:
    """By the index of a period what it came to, where it came to anything."""
    index = period.label("period")
    figures = [column.label(name) for name, column in counted.items()]
    return (
        select(index, *figures)
        .select_from(table)
        .where(condition, index.is_not(None))
        .group_by(index)
    )


def _of_team(table: Table) -> _Condition:
    return in_workspace(table) & (table.c.team_id == bindparam("of_team"))


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _moments(column: ColumnElement[Any], periods: int) -> ColumnElement[int]:
    """The index of the period that a moment lies in, or NULL."""
    whens = (
        (and_(column >= bindparam(f"since_{at}"), column < bindparam(f"until_{at}")), at)
        for at in range(periods)
    )
    return case(*whens, else_=None)


def _days(column: ColumnElement[Any], periods: int) -> ColumnElement[int]:
    """The index of the period that a day lies in, or NULL."""
    whens = (
        (and_(column >= bindparam(f"first_{at}"), column <= bindparam(f"last_{at}")), at)
        for at in range(periods)
    )
    return case(*whens, else_=None)


def _bounds(periods: Sequence[Period]) -> dict[str, object]:
    """The parameters by which the statements know the periods."""
    given: dict[str, object] = {}
    for at, one in enumerate(periods):
        given |= {f"since_{at}": one.since, f"until_{at}": one.until}
        given |= {f"first_{at}": one.first, f"last_{at}": one.last}
    return given


def _are_apart(periods: Sequence[Period]) -> bool:
    ordered = sorted(periods, key=lambda one: one.since)
    return all(
        before.until <= after.since and before.last < after.first
        for before, after in pairwise(ordered)
    )
