"""People who come to a team's channel, or leave it; and what becomes of the channel itself."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from coaching.ports import UnitOfWork
from coaching.use_cases.membership import leave_channel, leave_workspace
from coaching.use_cases.reach_channel import REMOVED, SHUT, lose_channel, reopen_channel
from coaching.use_cases.take_on import (
    come_to_channel,
    demand_steering,
    is_awaited,
    let_go,
    take_on,
)
from conversation.events import (
    BotLeftChannel,
    ChannelReopened,
    ChannelShut,
    Nothing,
    PersonCameToChannel,
    PersonLeftChannel,
    PersonLeftWorkspace,
    Pressed,
    Reply,
)
from handlers.services import Services

__all__ = [
    "bot_left_channel",
    "came_to_channel",
    "channel_reopened",
    "channel_shut",
    "left_channel",
    "left_workspace",
    "not_on_team",
    "take_onto_team",
]

_Heard = PersonLeftChannel | PersonLeftWorkspace | BotLeftChannel | ChannelShut | ChannelReopened


async def came_to_channel(services: Services, event: PersonCameToChannel) -> Reply:
    """Somebody came to a channel: if it is a team's, they are on it now, or its lead is asked."""
    workspace_id, user, channel = event.workspace_id, event.user, event.channel
    if not await services.store.read(workspace_id, lambda uow: is_awaited(uow, channel, user)):
        return Nothing()
    room, profiles = await asyncio.gather(
        services.roster.room(channel), services.roster.profiles([user])
    )
    now = services.clock.now()
    await services.take_in(
        workspace_id,
        event.id,
        lambda uow: come_to_channel(
            uow,
            user,
            channel,
            profiles.get(user),
            private=room is not None and not room.public,
            catalogue=services.catalogue,
            now=now,
        ),
    )
    return Nothing()


async def take_onto_team(services: Services, event: Pressed) -> Reply:
    """*Take them onto the team* was pressed: the note itself says that they are on it."""
    team_id, _, user = event.value.partition(":")
    team = await services.store.read(
        event.workspace_id, lambda uow: demand_steering(uow, team_id, event.user)
    )
    room, profiles = await asyncio.gather(
        services.roster.room(team.channel), services.roster.profiles([user])
    )
    profile, here = profiles.get(user), room.users if room else None
    now = services.clock.now()
    await services.keep(
        event.workspace_id,
        lambda uow: take_on(uow, team_id, user, event.user, profile, here, services.catalogue, now),
    )
    return Nothing()


async def not_on_team(services: Services, event: Pressed) -> Reply:
    """*Not on the team* was pressed: the note itself says that it holds."""
    team_id, _, user = event.value.partition(":")
    now = services.clock.now()
    await services.keep(event.workspace_id, lambda uow: let_go(uow, team_id, user, event.user, now))
    return Nothing()


async def left_channel(services: Services, event: PersonLeftChannel) -> Reply:
    """Somebody left a channel: if it is their team's, nothing is asked of them any more."""
    return await _take_in(
        services, event, lambda uow, now: leave_channel(uow, event.user, event.channel, now)
    )


async def left_workspace(services: Services, event: PersonLeftWorkspace) -> Reply:
    """An account was switched off."""
    return await _take_in(services, event, lambda uow, now: leave_workspace(uow, event.user, now))


async def bot_left_channel(services: Services, event: BotLeftChannel) -> Reply:
    """The bot was taken out of a channel: if it is a team's, nothing more is asked there."""
    return await _take_in(
        services, event, lambda uow, now: lose_channel(uow, event.channel, REMOVED, now)
    )


async def channel_shut(services: Services, event: ChannelShut) -> Reply:
    """A channel was archived or deleted."""
    return await _take_in(
        services, event, lambda uow, now: lose_channel(uow, event.channel, SHUT, now)
    )


async def channel_reopened(services: Services, event: ChannelReopened) -> Reply:
    """A channel that was archived takes messages again: things go on at once."""
    return await _take_in(services, event, lambda uow, now: reopen_channel(uow, event.channel, now))


async def _take_in(
    services: Services, event: _Heard, work: Callable[[UnitOfWork, datetime], None]
) -> Reply:
    now = services.clock.now()
    await services.take_in(event.workspace_id, event.id, lambda uow: work(uow, now))
    return Nothing()
