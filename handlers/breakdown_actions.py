"""What is done with a breakdown that somebody took on: done, another day, somebody else's, help."""

from collections.abc import Callable
from datetime import datetime

from coaching.ports import UnitOfWork
from coaching.team import Role
from coaching.use_cases.close_breakdown import (
    HELP_FIELD,
    ask_for_help,
    close_breakdown,
    edit_breakdown,
    learn,
    reopen_breakdown,
    set_need,
    talk_about_it,
)
from coaching.use_cases.entry_changes import changes_of
from coaching.use_cases.follow_breakdown import helpers_of
from coaching.use_cases.learn_from_breakdown import BreakdownView, see_breakdown
from conversation.compose.breakdown_forms import (
    day_form,
    edit_form,
    give_form,
    help_form,
    learn_form,
    reopen_form,
)
from conversation.compose.breakdown_register import CARD, card_form
from conversation.compose.forms import word_form
from conversation.events import FormSubmitted, Nothing, OpenForm, Pressed, ReplaceForm, Reply
from conversation.messages import Form
from handlers.services import Services

__all__ = [
    "bring_help",
    "done",
    "edit",
    "give",
    "keep_learning",
    "move",
    "open_card",
    "open_day_form",
    "open_edit_form",
    "open_give_form",
    "open_help_form",
    "open_reopen_form",
    "reopen",
    "talk",
]

Change = Callable[[UnitOfWork, str, datetime], BreakdownView]

_BROUGHT = "Kept. Your words are on their way, with your name; I tell you here what comes of it."
_TALKING = "Kept. Who asked sees that you will talk about it."


async def open_card(services: Services, event: Pressed) -> Reply:
    """*Open* was pressed: upon a page of the register, or anywhere else."""
    return OpenForm(await _card(services, event.workspace_id, event.value, event.user))


async def done(services: Services, event: Pressed) -> Reply:
    """*Done* was pressed: it is, and what was learned may be said."""
    now = services.clock.now()
    view = await services.keep(
        event.workspace_id,
        lambda uow: close_breakdown(uow, services.catalogue, _id(event.value), event.user, now),
    )
    return ReplaceForm(learn_form(view, event.value))


async def keep_learning(services: Services, event: FormSubmitted) -> Reply:
    """What was learned was said."""
    return await _change(
        services, event, lambda uow, key, now: learn(uow, key, event.user, event.values, now)
    )


async def open_day_form(services: Services, event: Pressed) -> Reply:
    """*New day* was pressed."""
    return await _ask(services, event, day_form)


async def move(services: Services, event: FormSubmitted) -> Reply:
    """Another day was chosen."""
    return await _change(
        services, event, lambda uow, key, now: set_need(uow, key, event.user, event.values, now)
    )


async def open_give_form(services: Services, event: Pressed) -> Reply:
    """*Give it to somebody* was pressed."""
    return await _ask(services, event, give_form)


async def give(services: Services, event: FormSubmitted) -> Reply:
    """Somebody was chosen."""
    return await move(services, event)


async def open_edit_form(services: Services, event: Pressed) -> Reply:
    """*Edit* was pressed on a card."""
    return await _ask(services, event, edit_form)


async def edit(services: Services, event: FormSubmitted) -> Reply:
    """It was put in other words."""
    return await _change(
        services,
        event,
        lambda uow, key, now: edit_breakdown(uow, key, event.user, event.values, now),
    )


async def open_reopen_form(services: Services, event: Pressed) -> Reply:
    """*Open it again* was pressed."""
    return await _ask(services, event, reopen_form)


async def reopen(services: Services, event: FormSubmitted) -> Reply:
    """What it needs now was said."""
    return await _change(
        services,
        event,
        lambda uow, key, now: reopen_breakdown(uow, key, event.user, event.values, now),
    )


async def open_help_form(services: Services, event: Pressed) -> Reply:
    """*I need help* was pressed."""

    def look(uow: UnitOfWork) -> Form:
        view = see_breakdown(uow, _id(event.value), event.user)
        lead = any(one.role is Role.LEAD for one in helpers_of(uow, view.team.id, event.user))
        return help_form(view, event.value, lead=lead)

    return ReplaceForm(await services.store.read(event.workspace_id, look))


async def bring_help(services: Services, event: FormSubmitted) -> Reply:
    """What would help was said."""
    now, words = services.clock.now(), event.values.get(HELP_FIELD, "")
    await services.keep(
        event.workspace_id,
        lambda uow: ask_for_help(uow, _id(event.reference), event.user, words, now),
    )
    return ReplaceForm(word_form("Help", _BROUGHT))


async def talk(services: Services, event: Pressed) -> Reply:
    """*I'll talk to them* was pressed: both messages say so."""
    now = services.clock.now()
    await services.keep(
        event.workspace_id, lambda uow: talk_about_it(uow, event.value, event.user, now)
    )
    return Nothing()


async def _ask(
    services: Services, event: Pressed, form: Callable[[BreakdownView, str], Form]
) -> Reply:
    view = await services.store.read(
        event.workspace_id, lambda uow: see_breakdown(uow, _id(event.value), event.user)
    )
    return ReplaceForm(form(view, event.value))


async def _change(services: Services, event: FormSubmitted, change: Change) -> Reply:
    """Change it; where it was done upon its card, that comes back as it now is."""
    now, key = services.clock.now(), _id(event.reference)
    await services.keep(event.workspace_id, lambda uow: change(uow, key, now))
    if not event.reference.endswith(CARD):
        return Nothing()
    return ReplaceForm(await _card(services, event.workspace_id, key, event.user, "Kept."))


async def _card(
    services: Services, workspace_id: str, breakdown_id: str, user: str, told: str = ""
) -> Form:
    def look(uow: UnitOfWork) -> Form:
        view = see_breakdown(uow, breakdown_id, user)
        return card_form(view, changes_of(uow, breakdown_id), told)

    return await services.store.read(workspace_id, look)


def _id(value: str) -> str:
    return value.removesuffix(CARD)
