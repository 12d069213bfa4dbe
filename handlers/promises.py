"""Promises: what came of them, another day, taken back; and the register of them."""

from zoneinfo import ZoneInfo

from coaching.ports import UnitOfWork
from coaching.use_cases.keep_promise import (
    PromiseView,
    mark_promise,
    see_promise,
    settle_promise,
    take_back,
    take_up,
)
from coaching.use_cases.see_promises import see_promises
from conversation.compose.promises import register, said_of, settle_form, taken_back
from conversation.events import CommandGiven, FormSubmitted, OpenForm, Pressed, ReplaceForm, Reply
from handlers.services import Services

__all__ = ["back", "command", "keep", "press", "show", "up"]


async def command(services: Services, event: CommandGiven) -> Reply:
    """`promises` was given."""
    view = await services.store.read(event.workspace_id, lambda uow: see_promises(uow, event.user))
    return OpenForm(register(view))


async def show(services: Services, event: Pressed) -> Reply:
    """*My promises* was pressed."""
    view = await services.store.read(event.workspace_id, lambda uow: see_promises(uow, event.user))
    return ReplaceForm(register(view))


async def press(services: Services, event: Pressed) -> Reply:
    """What came of it was pressed: *Done* and *Partly* are kept at once, all of it can be told."""
    promise_id, _, outcome = event.value.partition(":")
    now = services.clock.now()
    view = await services.keep(
        event.workspace_id, lambda uow: mark_promise(uow, promise_id, event.user, outcome, now)
    )
    return ReplaceForm(settle_form(view, outcome))


async def keep(services: Services, event: FormSubmitted) -> Reply:
    """What came of it was told."""
    now = services.clock.now()

    def work(uow: UnitOfWork) -> PromiseView:
        view = see_promise(uow, event.reference, event.user)
        zone = ZoneInfo(view.member.timezone or view.team.timezone)
        today = now.astimezone(zone).date()
        return settle_promise(uow, event.reference, event.user, event.values, today, now)

    return ReplaceForm(said_of(await services.keep(event.workspace_id, work)))


async def back(services: Services, event: Pressed) -> Reply:
    """*Take it back* was pressed."""
    now = services.clock.now()
    view = await services.keep(
        event.workspace_id, lambda uow: take_back(uow, event.value, event.user, now)
    )
    return ReplaceForm(taken_back(view))


async def up(services: Services, event: Pressed) -> Reply:
    """*Take it up again* was pressed."""
    now = services.clock.now()
    view = await services.keep(
        event.workspace_id, lambda uow: take_up(uow, event.value, event.user, now)
    )
    return ReplaceForm(said_of(view))
