"""Breakdowns: logged from a message, settled by *What's needed now?*, told to their end."""

from coaching.catalogue import practice_that_feeds
from coaching.identifiers import new_id
from coaching.practice import Feeds
from coaching.use_cases.learn_from_breakdown import (
    log_breakdown,
    see_breakdown,
    tell_of_breakdown,
    who_logs,
)
from conversation.compose.breakdown import log_form, settle_form, tell_form
from conversation.events import (
    FormSubmitted,
    MessageShortcutUsed,
    Nothing,
    OpenForm,
    Pressed,
    ReplaceForm,
    Reply,
)
from handlers.services import Services

__all__ = ["log", "open_log_form", "open_settle_form", "open_tell_form", "settle", "tell"]


async def open_log_form(services: Services, event: MessageShortcutUsed) -> Reply:
    """*Log a breakdown* was used on a message: ask first what's needed now."""
    practice = practice_that_feeds(services.catalogue, Feeds.BREAKDOWNS)
    member, team = await services.store.read(
        event.workspace_id,
        lambda uow: (
            (member := who_logs(uow, event.user, event.channel)),
            uow.teams.get(member.team_id),
        ),
    )
    occasion = new_id()  # names this one log, so that the form sent twice is one breakdown
    return OpenForm(log_form(practice, team, f"{member.id}:{occasion}", event.text))


async def log(services: Services, event: FormSubmitted) -> Reply:
    """The first step was sent: the breakdown is kept; ask what happened."""
    practice = practice_that_feeds(services.catalogue, Feeds.BREAKDOWNS)
    member_id, _, occasion = event.reference.partition(":")
    now = services.clock.now()
    view = await services.keep(
        event.workspace_id,
        lambda uow: log_breakdown(
            uow, practice, member_id, event.user, occasion, event.values, now
        ),
    )
    return ReplaceForm(tell_form(view, just_kept=True))


async def open_settle_form(services: Services, event: Pressed) -> Reply:
    """*What's needed now?* (or *Edit*) was pressed on a breakdown's card."""
    view = await services.store.read(
        event.workspace_id, lambda uow: see_breakdown(uow, event.value, event.user)
    )
    return OpenForm(settle_form(view))


async def settle(services: Services, event: FormSubmitted) -> Reply:
    """What's needed now was said."""
    return await _tell(services, event, later=False)


async def open_tell_form(services: Services, event: Pressed) -> Reply:
    """*Say what happened* was pressed on a breakdown's card."""
    view = await services.store.read(
        event.workspace_id, lambda uow: see_breakdown(uow, event.value, event.user)
    )
    return OpenForm(tell_form(view))


async def tell(services: Services, event: FormSubmitted) -> Reply:
    """What happened was said."""
    return await _tell(services, event, later=True)


async def _tell(services: Services, event: FormSubmitted, *, later: bool) -> Reply:
    now = services.clock.now()
    await services.keep(
        event.workspace_id,
        lambda uow: tell_of_breakdown(
            uow, event.reference, event.user, event.values, now, later=later
        ),
    )
    return Nothing()
