"""What was given to rounds that keep no names.

There is one row for all answers of a round, and each change writes it whole. So it has neither a
place among others nor a transaction of its own (PostgreSQL's `xmin` is that of the last who sent a
form, whatever was in it). What a change leaves behind in the database's files is
covered up after its commit: see `storage.traces`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, select, update

from coaching.anonymity import AnonymousAnswers, Threshold
from coaching.answer import Value
from storage.mapper import Mapper
from storage.tables import anonymous_answers, anonymous_senders, round_is_open, rounds
from storage.transaction import Transaction, locking

__all__ = ["SqlAnonymous"]

_MAPPER = Mapper(AnonymousAnswers, anonymous_answers)
_of = anonymous_answers.c
_sender = anonymous_senders.c


class SqlAnonymous:
    """Implements `coaching.ports.Anonymous`."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def give(
        self, round_id: str, member_id: str, values: Mapping[str, Value], promised: Threshold
    ) -> bool:
        """See `Anonymous.give`."""
        workspace_id = self._transaction.workspace_id
        sender = {"workspace_id": workspace_id, "round_id": round_id, "member_id": member_id}
        if not self._still_open(round_id) or not self._transaction.add(anonymous_senders, sender):
            return False
        there = self.kept([round_id])
        before = there[0] if there else AnonymousAnswers(workspace_id, round_id, promised)
        self._write(self._merged(before, values, promised), anew=not there)
        return True

    def sent(self, member_id: str, round_ids: Sequence[str]) -> set[str]:
        """See `Anonymous.sent`."""
        mine = (self._mine(anonymous_senders), _sender.member_id == member_id)
        found = select(_sender.round_id).where(*mine, _sender.round_id.in_(round_ids))
        return {row.round_id for row in self._transaction.rows(found)}

    def senders(self, round_id: str) -> set[str]:
        """See `Anonymous.senders`."""
        there = select(_sender.member_id).where(
            self._mine(anonymous_senders), _sender.round_id == round_id
        )
        return {row.member_id for row in self._transaction.rows(there)}

    def forget_senders(self, round_id: str) -> None:
        """See `Anonymous.forget_senders`."""
        self._change(
            delete(anonymous_senders).where(
                self._mine(anonymous_senders), _sender.round_id == round_id
            )
        )

    def kept(self, round_ids: Sequence[str]) -> list[AnonymousAnswers]:
        """See `Anonymous.kept`."""
        wanted = select(*_MAPPER.columns).where(
            self._mine(anonymous_answers), _of.round_id.in_(round_ids)
        )
        rows = self._transaction.rows_locked(
            locking(wanted.order_by(_of.round_id), anonymous_answers)
        )
        by_round = {answers.round_id: answers for answers in map(_MAPPER.to_record, rows)}
        return [by_round[round_id] for round_id in round_ids if round_id in by_round]

    def keep(self, answers: AnonymousAnswers) -> None:
        """See `Anonymous.keep`. Raises ValueError for those of another workspace."""
        if answers.workspace_id != self._transaction.workspace_id:
            raise ValueError("these AnonymousAnswers belong to another workspace")
        if answers.values:
            self._write(answers)
            return
        mine = self._mine(anonymous_answers)
        self._change(delete(anonymous_answers).where(mine, _of.round_id == answers.round_id))

    def _merged(
        self, before: AnonymousAnswers, values: Mapping[str, Value], promised: Threshold
    ) -> AnonymousAnswers:
        return before.with_more(values, promised)

    def _still_open(self, round_id: str) -> bool:
        """Whether the round is open, and stays so until this transaction ends."""
        this = select(rounds.c.id).where(self._mine(rounds), rounds.c.id == round_id, round_is_open)
        return bool(self._transaction.rows_locked(locking(this, rounds)))

    def _write(self, answers: AnonymousAnswers, *, anew: bool = False) -> None:
        row = _MAPPER.to_row(answers)
        if anew:
            self._transaction.add(anonymous_answers, row)
            self._transaction.leaves_traces()
            return
        this = (self._mine(anonymous_answers), _of.round_id == answers.round_id)
        self._change(update(anonymous_answers).where(*this).values(row))

    def _change(self, statement: Any) -> None:
        self._transaction.change(statement)
        self._transaction.leaves_traces()

    def _mine(self, table: Table) -> ColumnElement[bool]:
        return table.c.workspace_id == self._transaction.workspace_id
