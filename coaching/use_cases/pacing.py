"""Every second sitting: whether a person was asked in the one before."""

from datetime import datetime

from coaching.delivery import DeliveryKind
from coaching.ports import UnitOfWork
from coaching.team import Member

__all__ = ["was_asked_before"]


def was_asked_before(uow: UnitOfWork, member: Member, moment: datetime) -> bool:
    """Whether the member was asked in the latest of their sittings that were due before `moment`.

    One that passed unasked, for whatever reason, does not count: so nobody misses two in a row.
    """
    before = [one for one in uow.sittings.where(member_id=member.id) if one.due_at < moment]
    if not before:
        return False
    latest = max(before, key=lambda one: one.due_at)
    said = uow.deliveries.one(subject=latest.id, kind=DeliveryKind.PROMPT, update_of=None)
    return said is not None and said.charged_at is not None
