"""Changing from a home when a team is asked what: the editor, and stopping a practice."""

from itertools import islice

from coaching.errors import Refused
from coaching.opened_cadence import from_reference
from coaching.use_cases.edit_cadence import Editor, begin_edit, look_again, save_cadence
from coaching.use_cases.steer_cadence import set_paused
from coaching.use_cases.stop_cadence import before_stop, stop_cadence
from conversation.compose.cadence_editor import (
    MOST_SHOWN,
    PAUSE,
    STOP,
    WHAT,
    editor_form,
    saved,
    stop_form,
    stopped,
)
from conversation.compose.home import paused
from conversation.events import (
    ChoicesSought,
    FormChanged,
    FormSubmitted,
    Offer,
    OpenForm,
    Pressed,
    ReplaceForm,
    Reply,
)
from handlers.home import shown
from handlers.services import Services

__all__ = ["confirm_stop", "open_editor", "redraw", "save", "seek", "stop"]

_WHICH = "Choose one of these; or leave it as it is."


async def open_editor(services: Services, event: Pressed) -> Reply:
    """*Change…* was pressed on a cadence, or *Add a practice…* on a team."""
    now = services.clock.now()
    team, _, cadence = event.value.partition(":")
    editor = await services.store.read(
        event.workspace_id,
        lambda uow: begin_edit(uow, services.catalogue, event.user, team, cadence, now),
    )
    return OpenForm(editor_form(editor))


async def redraw(services: Services, event: FormChanged) -> Reply:
    """A choice was changed: what it comes to, before it is saved."""
    now = services.clock.now()
    begun = from_reference(event.reference)
    editor = await services.store.read(
        event.workspace_id,
        lambda uow: look_again(uow, services.catalogue, event.user, begun, event.values, now),
    )
    return ReplaceForm(editor_form(editor))


async def seek(services: Services, event: ChoicesSought) -> Reply:
    """Somebody types what to add: the practices whose names have that in them."""
    now = services.clock.now()
    begun = from_reference(event.reference)
    editor = await services.store.read(
        event.workspace_id,
        lambda uow: begin_edit(uow, services.catalogue, event.user, begun.team, "", now),
    )
    typed = event.typed.casefold()
    names = (one for one in editor.offered.values() if typed in one.casefold())
    return Offer(tuple(islice(names, MOST_SHOWN)))


async def save(services: Services, event: FormSubmitted) -> Reply:
    """*Save* or *Add* was pressed."""
    now = services.clock.now()
    begun = from_reference(event.reference)
    kept = await services.keep(
        event.workspace_id,
        lambda uow: save_cadence(uow, services.catalogue, event.user, begun, event.values, now),
    )
    if isinstance(kept, Editor):
        return ReplaceForm(editor_form(kept, sent=True))
    return await shown(services, event, told=saved(kept), team=kept.team.id)


async def confirm_stop(services: Services, event: Pressed) -> Reply:
    """*Stop asking…* was pressed in the editor: what stays is said in its place."""
    team, _, cadence = event.value.partition(":")
    stopping = await services.store.read(
        event.workspace_id,
        lambda uow: before_stop(uow, services.catalogue, event.user, team, cadence),
    )
    return ReplaceForm(stop_form(stopping, event.value))


async def stop(services: Services, event: FormSubmitted) -> Reply:
    """It was confirmed; or a pause chosen instead."""
    now = services.clock.now()
    team, _, key = event.reference.partition(":")
    user, catalogue = event.user, services.catalogue
    if event.values.get(WHAT) == PAUSE:
        steered = await services.keep(
            event.workspace_id,
            lambda uow: set_paused(uow, catalogue, user, team, key, now, paused=True),
        )
        return await shown(services, event, told=paused(steered, on=True), team=team)
    if event.values.get(WHAT) != STOP:
        raise Refused(_WHICH, {WHAT: _WHICH})
    stopping = await services.keep(
        event.workspace_id, lambda uow: stop_cadence(uow, catalogue, user, team, key, now)
    )
    return await shown(services, event, told=stopped(stopping), team=team)
