"""People who leave a team's channel, or the workspace."""

from coaching.use_cases.membership import leave_channel, leave_workspace
from conversation.events import Nothing, PersonLeftChannel, PersonLeftWorkspace, Reply
from handlers.services import Services

__all__ = ["left_channel", "left_workspace"]


async def left_channel(services: Services, event: PersonLeftChannel) -> Reply:
    """Somebody left a channel: if it is their team's, nothing is asked of them any more."""
    now = services.clock.now()
    await services.take_in(
        event.workspace_id,
        event.id,
        lambda uow: leave_channel(uow, event.user, event.channel, now),
    )
    return Nothing()


async def left_workspace(services: Services, event: PersonLeftWorkspace) -> Reply:
    """An account was switched off."""
    now = services.clock.now()
    await services.take_in(
        event.workspace_id, event.id, lambda uow: leave_workspace(uow, event.user, now)
    )
    return Nothing()
