"""Rounds, and which of them end."""

from datetime import datetime

from sqlalchemy import bindparam, select

from coaching.round import Round
from storage.mapper import Mapper
from storage.repositories.repository import SqlRepository
from storage.tables import round_is_open, round_waits, rounds
from storage.transaction import Transaction, in_workspace, locking

__all__ = ["SqlRounds"]

_MAPPER = Mapper(Round, rounds)
_CLOSING, _WAITING = (
    locking(
        select(*_MAPPER.columns)
        .where(in_workspace(rounds), condition, moment <= bindparam("now"))
        .order_by(moment, rounds.c.position),
        rounds,
        skip_locked=True,
    )
    for condition, moment in (
        (round_is_open, rounds.c.closes_at),
        (round_waits, rounds.c.waits_until),
    )
)


class SqlRounds(SqlRepository[Round]):
    """Implements `coaching.ports.Rounds`."""

    def __init__(self, transaction: Transaction) -> None:
        super().__init__(transaction, _MAPPER)

    def claim_closing(self, now: datetime) -> list[Round]:
        """See `Rounds.claim_closing`."""
        found = self._transaction.rows_locked(_CLOSING, {"now": now})
        return [_MAPPER.to_record(row) for row in found]

    def claim_waiting(self, now: datetime) -> list[Round]:
        """See `Rounds.claim_waiting`."""
        found = self._transaction.rows_locked(_WAITING, {"now": now})
        return [_MAPPER.to_record(row) for row in found]
