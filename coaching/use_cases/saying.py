"""Queueing what is to be said. The words are composed from the records as it is sent."""

from datetime import datetime

from coaching.delivery import Addressee, Delivery, DeliveryKind, DeliveryState, post, update_of
from coaching.ports import UnitOfWork
from coaching.team import Member, Team

__all__ = ["say_anew", "say_in_channel", "say_to"]


def say_to(
    uow: UnitOfWork,
    member: Member,
    kind: DeliveryKind,
    subject: str,
    due_at: datetime,
    detail: str = "",
) -> bool:
    """Queue a post to a member; False where the same was queued before."""
    return uow.deliveries.add(
        post(
            kind,
            workspace_id=uow.workspace_id,
            team_id=member.team_id,
            subject=subject,
            addressee=Addressee.PERSON,
            addressee_id=member.user,
            due_at=due_at,
            detail=detail,
        )
    )


def say_in_channel(
    uow: UnitOfWork,
    team: Team,
    kind: DeliveryKind,
    subject: str,
    due_at: datetime,
    detail: str = "",
    beneath: Delivery | None = None,
) -> Delivery:
    """The post to the team's channel: queued now, or the one that was queued before."""
    wanted = post(
        kind,
        workspace_id=uow.workspace_id,
        team_id=team.id,
        subject=subject,
        addressee=Addressee.CHANNEL,
        addressee_id=team.channel,
        due_at=due_at,
        detail=detail,
        thread_of=beneath.id if beneath else None,
    )
    if uow.deliveries.add(wanted):
        return wanted
    there = uow.deliveries.one(
        subject=subject, kind=kind, detail=detail, addressee_id=team.channel, update_of=None
    )
    return there or wanted


def say_anew(uow: UnitOfWork, kind: DeliveryKind, subject: str, now: datetime) -> None:
    """Have every post of this kind about `subject` said as its records now stand."""
    for original in uow.deliveries.where(kind=kind, subject=subject, update_of=None):
        if original.state is not DeliveryState.PENDING:  # what is not sent yet will say it anyway
            uow.deliveries.queue_update(original.id, update_of(original, now))
