"""What a discreet team wrote, for those on the team alone."""

from conversation.compose.in_full import words_form
from conversation.events import OpenForm, Pressed, Reply
from handlers.services import Services

__all__ = ["read"]


async def read(services: Services, event: Pressed) -> Reply:
    """*Read what was written* was pressed beneath a message in the channel."""
    form = await services.store.read(
        event.workspace_id, lambda uow: words_form(uow, event.value, event.user)
    )
    return OpenForm(form)
