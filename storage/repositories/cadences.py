"""Cadences, and which of them are due."""

from datetime import datetime

from sqlalchemy import select

from coaching.cadence import Cadence
from storage.mapper import Mapper
from storage.repositories.repository import SqlRepository
from storage.tables import cadences
from storage.transaction import Transaction

__all__ = ["SqlCadences"]

_MAPPER = Mapper(Cadence, cadences)


class SqlCadences(SqlRepository[Cadence]):
    """Implements `coaching.ports.Cadences`."""

    def __init__(self, transaction: Transaction) -> None:
        super().__init__(transaction, _MAPPER)

    def claim_due(self, now: datetime) -> list[Cadence]:
        """See `Cadences.claim_due`."""
        due = (
            select(*_MAPPER.columns)
            .where(self._mine, cadences.c.next_due_at <= now)
            .order_by(cadences.c.next_due_at, cadences.c.position)
        )
        found = self._transaction.rows_locked(due, cadences, skip_locked=True)
        return [_MAPPER.to_record(row) for row in found]
