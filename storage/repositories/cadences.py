"""Cadences, and which of them are due."""

from datetime import datetime

from sqlalchemy import bindparam, select

from coaching.cadence import Cadence
from storage.mapper import Mapper
from storage.repositories.repository import SqlRepository
from storage.tables import cadences
from storage.transaction import Transaction, in_workspace, locking

__all__ = ["SqlCadences"]

_MAPPER = Mapper(Cadence, cadences)
_DUE = locking(
    select(*_MAPPER.columns)
    .where(in_workspace(cadences), cadences.c.next_due_at <= bindparam("now"))
    .order_by(cadences.c.next_due_at, cadences.c.position),
    cadences,
    skip_locked=True,
)


class SqlCadences(SqlRepository[Cadence]):
    """Implements `coaching.ports.Cadences`."""

    def __init__(self, transaction: Transaction) -> None:
        super().__init__(transaction, _MAPPER)

    def claim_due(self, now: datetime) -> list[Cadence]:
        """See `Cadences.claim_due`."""
        found = self._transaction.rows_locked(_DUE, {"now": now})
        return [_MAPPER.to_record(row) for row in found]
