"""Breakdowns: logged from a message, settled by *What's needed now?*, told to their end."""

from coaching.catalogue import practice_that_feeds
from coaching.identifiers import new_id
from coaching.ports import UnitOfWork
from coaching.practice import Feeds
from coaching.use_cases.choose_team import Place, chosen_place, demand_places
from coaching.use_cases.learn_from_breakdown import (
    BreakdownView,
    log_breakdown,
    see_breakdown,
    tell_of_breakdown,
)
from conversation.compose.breakdown import log_form, settle_form, tell_form
from conversation.compose.which_team import TEAM
from conversation.events import (
    CommandGiven,
    FormSubmitted,
    MessageShortcutUsed,
    Nothing,
    OpenForm,
    Pressed,
    ReplaceForm,
    Reply,
)
from handlers.services import Services

__all__ = [
    "command",
    "log",
    "open_log_form",
    "open_new_form",
    "open_settle_form",
    "open_tell_form",
    "settle",
    "tell",
]


async def open_log_form(services: Services, event: MessageShortcutUsed) -> Reply:
    """*Log a breakdown* was used on a message: in any channel, as things break down anywhere."""
    places = await services.store.read(
        event.workspace_id, lambda uow: demand_places(uow, event.user)
    )
    return _ask(services, places, event.channel, event.text)


async def command(services: Services, event: CommandGiven) -> Reply:
    """`breakdown` was given, with the words for it or without."""
    places = await services.store.read(
        event.workspace_id, lambda uow: demand_places(uow, event.user)
    )
    return _ask(services, places, event.channel, event.words)


async def open_new_form(services: Services, event: Pressed) -> Reply:
    """*Log a breakdown* was pressed, on the register."""
    places = await services.store.read(
        event.workspace_id, lambda uow: demand_places(uow, event.user)
    )
    return _ask(services, places, "", "")


def _ask(services: Services, places: list[Place], channel: str, words: str) -> Reply:
    practice = practice_that_feeds(services.catalogue, Feeds.BREAKDOWNS)
    member_id = places[0].member.id if len(places) == 1 else ""
    # The id names this one log, so that the form sent twice is one breakdown.
    return OpenForm(log_form(practice, places, channel, f"{member_id}:{new_id()}", words))


async def log(services: Services, event: FormSubmitted) -> Reply:
    """The first step was sent: the breakdown is kept; ask what happened."""
    practice = practice_that_feeds(services.catalogue, Feeds.BREAKDOWNS)
    member_id, _, occasion = event.reference.partition(":")
    now = services.clock.now()

    def work(uow: UnitOfWork) -> BreakdownView:
        logger = member_id
        if TEAM in event.values:
            logger = chosen_place(uow, event.user, event.values[TEAM], TEAM).member.id
        return log_breakdown(uow, practice, logger, event.user, occasion, event.values, now)

    view = await services.keep(event.workspace_id, work)
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
