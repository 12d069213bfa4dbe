"""What somebody writes to the bot: an answer where that is beyond doubt, else a way to give one."""

from coaching.use_cases.reply import take_words
from conversation.events import DirectMessageTyped, Nothing, Reply
from handlers.overview import WORDS
from handlers.services import Services

__all__ = ["typed"]


async def typed(services: Services, event: DirectMessageTyped) -> Reply:
    """Words came in a direct message; the prompt, or a message beneath them, says what became."""
    now = services.clock.now()
    words = event.text.strip()
    if words.casefold() in WORDS:  # meant for the command, and nobody's answer
        words = ""
    await services.take_in(
        event.workspace_id,
        event.id,
        lambda uow: take_words(uow, event.user, words, event.beneath, now),
    )
    return Nothing()
