"""Listening in a team's channel, where it is switched on; and the switch."""

from dataclasses import replace

from coaching.catalogue import practice_that_feeds
from coaching.practice import Feeds
from coaching.use_cases.listen import (
    decline,
    listened_to,
    log_offered,
    look_at,
    never_again,
    offer_help,
    set_listening,
    who_steers,
)
from coaching.use_cases.see_home import see_home
from conversation.compose.breakdown import log_form, tell_form
from conversation.compose.home import home
from conversation.compose.listening import begun_form, stopped, switch_form
from conversation.events import (
    ChannelMessageTyped,
    FormSubmitted,
    Nothing,
    OpenForm,
    Pressed,
    ReplaceForm,
    Reply,
    ShowHome,
)
from conversation.routes import LISTEN_LOOK
from handlers.services import Services

__all__ = ["heard", "log", "look", "never", "no", "open_switch", "stop", "switch_on"]


async def heard(services: Services, event: ChannelMessageTyped) -> Reply:
    """Somebody wrote in a channel. Nearly always it is dropped after one look at its team.

    Who writes in a channel that nobody listens to, or is not to be offered anything, is not read.
    """
    now = services.clock.now()
    listened = await services.store.read(
        event.workspace_id, lambda uow: listened_to(uow, event.channel, event.user, now)
    )
    if listened is not None and await services.reader.reads_like_breakdown(event.text):
        channel, message, user = event.channel, event.message, event.user
        await services.take_in(
            event.workspace_id, event.id, lambda uow: offer_help(uow, channel, message, user, now)
        )
    return Nothing()


async def look(services: Services, event: Pressed) -> Reply:
    """*Look at it* was pressed: the form of a breakdown, with the message's words as they stand."""
    place, message = await services.store.read(
        event.workspace_id, lambda uow: look_at(uow, event.value, event.user)
    )
    words = await services.roster.words_of(message.channel, message.message)
    practice = practice_that_feeds(services.catalogue, Feeds.BREAKDOWNS)
    form = log_form(practice, [place], message.channel, event.value, words or "")
    return OpenForm(replace(form, route=LISTEN_LOOK))


async def log(services: Services, event: FormSubmitted) -> Reply:
    """That form was sent: the breakdown is kept; ask what happened."""
    now = services.clock.now()
    practice = practice_that_feeds(services.catalogue, Feeds.BREAKDOWNS)
    view = await services.keep(
        event.workspace_id,
        lambda uow: log_offered(uow, practice, event.reference, event.user, event.values, now),
    )
    return ReplaceForm(tell_form(view, just_kept=True))


async def no(services: Services, event: Pressed) -> Reply:
    """*Not a breakdown* was pressed: the message itself says thank you."""
    now = services.clock.now()
    await services.keep(event.workspace_id, lambda uow: decline(uow, event.value, event.user, now))
    return Nothing()


async def never(services: Services, event: Pressed) -> Reply:
    """*Don't ask here* was pressed: the message itself says that it holds."""
    now = services.clock.now()
    await services.keep(
        event.workspace_id, lambda uow: never_again(uow, event.value, event.user, now)
    )
    return Nothing()


async def open_switch(services: Services, event: Pressed) -> Reply:
    """*Listen in this channel…* was pressed on a home."""
    team = await services.store.read(
        event.workspace_id, lambda uow: who_steers(uow, event.user, event.value)
    )
    return OpenForm(switch_form(team))


async def switch_on(services: Services, event: Pressed) -> Reply:
    """*Switch on* was pressed in that form."""
    now = services.clock.now()
    team = await services.keep(
        event.workspace_id, lambda uow: set_listening(uow, event.user, event.value, now, on=True)
    )
    return ReplaceForm(begun_form(team))


async def stop(services: Services, event: Pressed) -> Reply:
    """*Stop listening* was pressed on a home."""
    now = services.clock.now()
    team = await services.keep(
        event.workspace_id, lambda uow: set_listening(uow, event.user, event.value, now, on=False)
    )
    view = await services.store.read(
        event.workspace_id, lambda uow: see_home(uow, services.catalogue, event.user, now)
    )
    return ShowHome(home(view, stopped(team), team.id))
