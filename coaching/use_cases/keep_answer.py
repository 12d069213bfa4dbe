"""Keeping one member's answer to one round: the first time, and again."""

from dataclasses import replace
from datetime import datetime

from coaching.answer import Answer, Value
from coaching.identifiers import new_id
from coaching.ports import UnitOfWork
from coaching.round import Round
from coaching.team import Member

__all__ = ["put_answer"]


def put_answer(
    uow: UnitOfWork, round_: Round, member: Member, values: dict[str, Value], now: datetime
) -> None:
    """Keep `values` as what the member gave to the round, in place of what they gave before."""
    if uow.answers.add(Answer(new_id(), uow.workspace_id, round_.id, member.id, values, now)):
        return
    before = uow.answers.one(round_id=round_.id, member_id=member.id)
    if before is not None and before.values != values:
        uow.answers.save(replace(before, values=values, edited_at=now))
