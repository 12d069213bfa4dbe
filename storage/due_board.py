"""Where there is work, across workspaces: ids and moments, no more."""

from datetime import datetime
from functools import cache

from sqlalchemy import Connection, Executable, ScalarSelect, Select, bindparam, select, union_all

from storage.readiness import (
    could_be_claimed,
    could_go,
    deliveries_and_awaited,
    lapsed,
    unknown_and_free,
)
from storage.store import SqlStore
from storage.tables import cadences, deliveries, round_is_open, round_waits, rounds, teams

__all__ = ["SqlDueBoard"]

_of = deliveries.c


class SqlDueBoard:
    """Implements `coaching.ports.DueBoard` on the connections of a store."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    async def due(self, now: datetime) -> list[str]:
        """See `DueBoard.due`; in the order of the ids."""
        return await self._store.look(lambda connection: _due(connection, now))

    async def workspaces(self) -> list[str]:
        """See `DueBoard.workspaces`; in the order of the ids."""
        found = select(teams.c.workspace_id).distinct().order_by(teams.c.workspace_id)
        return await self._store.look(lambda connection: list(connection.scalars(found)))

    async def next_due(self, now: datetime) -> datetime | None:
        """See `DueBoard.next_due`. Leases are no part of it: they run on another clock."""
        return await self._store.look(lambda connection: _next_due(connection, now))


def _due(connection: Connection, now: datetime) -> list[str]:
    return sorted(connection.scalars(_due_statement(), {"now": now}))


@cache
def _due_statement() -> Select[tuple[str]]:
    # UNION ALL, made distinct outside: as a UNION, SQLite would merge the parts in the order of
    # workspaces, and read the tables whole for it instead of what is due.
    now = bindparam("now", type_=cadences.c.next_due_at.type)
    found = union_all(
        select(cadences.c.workspace_id).where(cadences.c.next_due_at <= now),
        select(rounds.c.workspace_id).where(round_is_open, rounds.c.closes_at <= now),
        select(rounds.c.workspace_id).where(round_waits, rounds.c.waits_until <= now),
        select(_of.workspace_id)
        .select_from(deliveries_and_awaited)
        .where(could_be_claimed, _of.due_at <= now),
        select(_of.workspace_id).where(lapsed),
        select(_of.workspace_id).where(unknown_and_free),
    ).subquery()
    return select(found.c.workspace_id).distinct()


def _next_due(connection: Connection, now: datetime) -> datetime | None:
    (found,) = connection.execute(_next_due_statement(), {"now": now})
    return min((moment for moment in found if moment is not None), default=None)


@cache
def _next_due_statement() -> Executable:
    now = bindparam("now", type_=cadences.c.next_due_at.type)
    earliest = (
        _earliest(select(cadences.c.next_due_at).where(cadences.c.next_due_at > now)),
        _earliest(select(rounds.c.closes_at).where(round_is_open, rounds.c.closes_at > now)),
        _earliest(select(rounds.c.waits_until).where(round_waits, rounds.c.waits_until > now)),
        _earliest(
            select(_of.due_at).select_from(deliveries_and_awaited).where(could_go, _of.due_at > now)
        ),
    )
    return select(*earliest)


def _earliest(moments: Select[tuple[datetime]]) -> ScalarSelect[datetime]:
    # Not min(): this way the index on the moment is read up to the first that counts.
    (moment,) = moments.selected_columns
    return moments.order_by(moment).limit(1).scalar_subquery()
