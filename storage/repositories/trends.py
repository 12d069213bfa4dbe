"""Trends as SQL aggregates: the database counts, and no record leaves it.

A period is told apart by a CASE, so that each table is read once for all periods of a kind; where
periods overlap, each is asked for by itself.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from statistics import fmean
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Table,
    and_,
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
from storage.transaction import Transaction

__all__ = ["SqlTrends"]

_AUDIT = "focus_audit"
_SHARE = "outside"
_A_SHARE = re.compile(r"(\d+)%")

_Condition = ColumnElement[bool]
_Counted = tuple[int, Mapping[str, Any]]
"""The index of a period, and some of its figures by name."""


class SqlTrends:
    """Implements `coaching.ports.Trends`."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def of(self, team_id: str, periods: Sequence[Period]) -> list[Figures]:
        """See `Trends.of`."""
        if not _are_apart(periods):
            return [one for period in periods for one in self.of(team_id, [period])]
        figures = [Figures()] * len(periods)
        for found in (
            self._voices(team_id, periods),
            self._invites(team_id, periods),
            self._breakdowns(team_id, periods),
            self._promises(team_id, periods),
            self._audits(team_id, periods),
        ):
            for index, counted in found:
                figures[index] = replace(figures[index], **counted)
        return figures

    def standing(self, team_id: str, today: Period) -> Standing:
        """See `Trends.standing`."""
        of = stakeholders.c
        longest = timedelta(days=STALE_AFTER_DAYS)
        stale = case(
            (of.met_on.is_not(None), of.met_on <= today.last - longest),
            else_=of.added_at < today.until - longest,
        )
        there = select(
            func.count().label("on_map"),
            _how_many(of.in_focus).label("in_focus"),
            _how_many(stale).label("stale"),
        ).where(
            self._of_team(stakeholders, team_id),
            of.merged_into.is_(None),
            or_(of.removed_at.is_(None), of.removed_at >= today.until),
            of.added_at < today.until,
        )
        (row,) = self._transaction.rows(there)
        return Standing(row.on_map, row.in_focus, row.stale)

    def _voices(self, team_id: str, periods: Sequence[Period]) -> Iterator[_Counted]:
        of, mine = voices.c, self._of_team(voices, team_id)
        heard = _moments(of.heard_at, periods)
        yield from self._grouped(
            heard, voices, mine, voices_heard=func.count(), voices_outside=_how_many(of.outside)
        )
        changed = and_(mine, of.state == VoiceState.CHANGED)
        settled = _moments(of.settled_at, periods)
        yield from self._grouped(settled, voices, changed, voices_changed=func.count())

    def _invites(self, team_id: str, periods: Sequence[Period]) -> Iterator[_Counted]:
        session = sessions.c
        same = (session.workspace_id == invites.c.workspace_id) & (
            session.id == invites.c.session_id
        )
        made = and_(
            self._of_team(invites, team_id),
            invites.c.state != InviteState.CANCELLED,
            session.cancelled_at.is_(None),
        )
        yield from self._grouped(
            _days(session.on, periods),
            invites.join(sessions, same),
            made,
            invites_made=func.count(),
            invites_kept=_how_many(invites.c.state == InviteState.CAME),
        )

    def _breakdowns(self, team_id: str, periods: Sequence[Period]) -> Iterator[_Counted]:
        of, mine = breakdowns.c, self._of_team(breakdowns, team_id)
        logged, settled, closed = (
            _moments(column, periods) for column in (of.logged_at, of.settled_at, of.closed_at)
        )
        yield from self._grouped(logged, breakdowns, mine, breakdowns_logged=func.count())
        yield from self._grouped(
            settled,
            breakdowns,
            mine,
            breakdowns_settled=func.count(),
            days_to_need=func.avg(DaysBetween(of.logged_at, of.settled_at)),
        )
        yield from self._grouped(closed, breakdowns, mine, breakdowns_closed=func.count())

    def _promises(self, team_id: str, periods: Sequence[Period]) -> Iterator[_Counted]:
        of = promises.c
        kept = and_(self._of_team(promises, team_id), of.withdrawn_at.is_(None))
        yield from self._grouped(
            _days(of.by, periods),
            promises,
            kept,
            promises_due=func.count(),
            promises_done=_how_many(of.outcome == Outcome.DONE),
            promises_partly=_how_many(of.outcome == Outcome.PARTLY),
            promises_not_yet=_how_many(of.outcome == Outcome.NOT_YET),
        )

    def _audits(self, team_id: str, periods: Sequence[Period]) -> Iterator[_Counted]:
        """Shares stand in the answers' JSON, which the two databases take apart differently."""
        of = rounds.c
        period = _moments(of.closes_at, periods).label("period")
        same = (answers.c.workspace_id == of.workspace_id) & (answers.c.round_id == of.id)
        given = (
            select(period, of.id, answers.c["values"].label("given"))
            .select_from(answers.join(rounds, same))
            .where(
                self._of_team(rounds, team_id),
                of.practice_key == _AUDIT,
                of.state == RoundState.CLOSED,
                period.is_not(None),
            )
        )
        by_round: dict[tuple[int, str], list[int]] = {}
        for row in self._transaction.rows(given):
            if share := _A_SHARE.fullmatch(str(row.given.get(_SHARE))):
                by_round.setdefault((row.period, row.id), []).append(int(share[1]))
        shares: dict[int, list[int]] = {}
        for (index, _), chosen in by_round.items():
            if len(chosen) >= FEWEST_AUDITED:
                shares.setdefault(index, []).extend(chosen)
        for index, chosen in shares.items():
            yield index, {"outside_share": fmean(chosen)}

    def _grouped(
        self,
        period: ColumnElement[int],
        table: FromClause,
        condition: _Condition,
        **counted: ColumnElement[Any],
    ) -> Iterator[_Counted]:
        """By the index of a period what it came to, where it came to anything."""
        index = period.label("period")
        figures = [column.label(name) for name, column in counted.items()]
        wanted: Select[Any] = (
            select(index, *figures)
            .select_from(table)
            .where(condition, index.is_not(None))
            .group_by(index)
        )
        for row in self._transaction.rows(wanted):
            yield row.period, {name: row._mapping[name] for name in counted}

    def _of_team(self, table: Table, team_id: str) -> _Condition:
        mine = table.c.workspace_id == self._transaction.workspace_id
        return mine & (table.c.team_id == team_id)


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _moments(column: ColumnElement[Any], periods: Sequence[Period]) -> ColumnElement[int]:
    """The index of the period that a moment lies in, or NULL."""
    whens = (
        (and_(column >= one.since, column < one.until), index) for index, one in enumerate(periods)
    )
    return case(*whens, else_=None)


def _days(column: ColumnElement[Any], periods: Sequence[Period]) -> ColumnElement[int]:
    """The index of the period that a day lies in, or NULL."""
    whens = (
        (and_(column >= one.first, column <= one.last), index) for index, one in enumerate(periods)
    )
    return case(*whens, else_=None)


def _are_apart(periods: Sequence[Period]) -> bool:
    ordered = sorted(periods, key=lambda one: one.since)
    return all(
        before.until <= after.since and before.last < after.first
        for before, after in pairwise(ordered)
    )
