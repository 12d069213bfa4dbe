"""Rounds, and which of them end."""

from datetime import datetime

from sqlalchemy import select

from coaching.round import Round
from storage.mapper import Mapper
from storage.repositories.repository import SqlRepository
from storage.tables import round_is_open, round_waits, rounds
from storage.transaction import Transaction

__all__ = ["SqlRounds"]

_MAPPER = Mapper(Round, rounds)


class SqlRounds(SqlRepository[Round]):
    """Implements `coaching.ports.Rounds`."""

    def __init__(self, transaction: Transaction) -> None:
        super().__init__(transaction, _MAPPER)

    def claim_closing(self, now: datetime) -> list[Round]:
        """See `Rounds.claim_closing`."""
        due = (
            select(*_MAPPER.columns)
            .where(self._mine, round_is_open, rounds.c.closes_at <= now)
            .order_by(rounds.c.closes_at, rounds.c.position)
        )
        found = self._transaction.rows_locked(due, rounds, skip_locked=True)
        return [_MAPPER.to_record(row) for row in found]

    def claim_waiting(self, now: datetime) -> list[Round]:
        """See `Rounds.claim_waiting`."""
        due = (
            select(*_MAPPER.columns)
            .where(self._mine, round_waits, rounds.c.waits_until <= now)
            .order_by(rounds.c.waits_until, rounds.c.position)
        )
        found = self._transaction.rows_locked(due, rounds, skip_locked=True)
        return [_MAPPER.to_record(row) for row in found]
