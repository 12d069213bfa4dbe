"""The command: what is open for me, and help."""

from coaching.breakdown import Breakdown
from coaching.ports import UnitOfWork
from coaching.use_cases.answer_prompt import SittingView, open_sittings
from coaching.use_cases.learn_from_breakdown import needs_of
from conversation.compose.overview import help_message, open_for, unknown_word
from conversation.events import CommandGiven, Reply, Whisper
from handlers.services import Services

__all__ = ["command"]


async def command(services: Services, event: CommandGiven) -> Reply:
    """The command was given: alone it shows what is open for the person."""
    word = event.words.strip()
    if word.lower() == "help":
        return Whisper(help_message())
    if word:
        return Whisper(unknown_word(word))
    now = services.clock.now()

    def look(uow: UnitOfWork) -> tuple[list[SittingView], list[Breakdown]]:
        return open_sittings(uow, event.user, now), needs_of(uow, event.user, now.date())

    return Whisper(open_for(*await services.store.read(event.workspace_id, look)))
