"""Answering: the form of a sitting, its two steps, and what becomes of them."""

from coaching.use_cases.answer_prompt import answer_sitting, see_sitting, tell_more
from coaching.use_cases.excuse import skip_sitting
from coaching.use_cases.snooze import snooze_sitting
from conversation.compose.forms import more_form, sitting_form
from conversation.events import FormSubmitted, Nothing, OpenForm, Pressed, ReplaceForm, Reply
from handlers.services import Services

__all__ = ["answer", "open_form", "say_more", "skip", "snooze"]


async def open_form(services: Services, event: Pressed) -> Reply:
    """*Answer* or *Edit* was pressed: open the sitting's form."""
    view = await services.store.read(
        event.workspace_id, lambda uow: see_sitting(uow, event.value, event.user)
    )
    return OpenForm(sitting_form(view))


async def skip(services: Services, event: Pressed) -> Reply:
    """*Skip this time* was pressed: the message itself says that it was taken."""
    now = services.clock.now()
    await services.keep(
        event.workspace_id, lambda uow: skip_sitting(uow, event.value, event.user, now)
    )
    return Nothing()


async def snooze(services: Services, event: Pressed) -> Reply:
    """*Ask me tomorrow* was pressed: the message itself says until when it is quiet."""
    now = services.clock.now()
    await services.keep(
        event.workspace_id, lambda uow: snooze_sitting(uow, event.value, event.user, now)
    )
    return Nothing()


async def answer(services: Services, event: FormSubmitted) -> Reply:
    """The form was sent: keep it, and show the second step where there is one."""
    now = services.clock.now()
    view = await services.keep(
        event.workspace_id,
        lambda uow: answer_sitting(uow, event.reference, event.user, event.values, now),
    )
    more = more_form(view)
    return ReplaceForm(more) if more else Nothing()


async def say_more(services: Services, event: FormSubmitted) -> Reply:
    """The second step was sent: keep it beside the first."""
    now = services.clock.now()
    await services.keep(
        event.workspace_id,
        lambda uow: tell_more(uow, event.reference, event.user, event.values, now),
    )
    return Nothing()
