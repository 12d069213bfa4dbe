"""The bot comes to a channel: it says once who it is, or goes on where it was."""

from dataclasses import replace
from datetime import datetime

from coaching.delivery import Addressee, DeliveryKind, DeliveryState, post
from coaching.ports import UnitOfWork
from coaching.use_cases.reach_channel import try_channel_again

__all__ = ["arrive"]

_NEVER_SAID = [DeliveryState.DROPPED, DeliveryState.FAILED]


def arrive(uow: UnitOfWork, channel: str, now: datetime) -> None:
    """Introduce the bot in a channel, once, whatever comes of it.

    Where it merely comes back to a team's channel it says nothing, and what waited for the channel
    is tried at once.
    """
    team = uow.teams.one(channel=channel)
    if team is not None:
        try_channel_again(uow, team, now)
        there = uow.deliveries.where(addressee_id=channel, team_id=team.id, update_of=None)
        if any(one.state is not DeliveryState.PENDING for one in there):
            return
    hello = post(
        DeliveryKind.ARRIVAL,
        workspace_id=uow.workspace_id,
        team_id=team.id if team else "",
        subject=channel,
        addressee=Addressee.CHANNEL,
        addressee_id=channel,
        due_at=now,
    )
    if uow.deliveries.add(hello):
        return
    kind = DeliveryKind.ARRIVAL
    for unsaid in uow.deliveries.where(subject=channel, kind=kind, state=_NEVER_SAID):
        if unsaid.update_of is None:
            again = replace(unsaid, state=DeliveryState.PENDING, due_at=now, tried_at=None)
            uow.deliveries.save(replace(again, team_id=hello.team_id, reason=""))
