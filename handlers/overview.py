"""The command: alone what is open for me; with a word, what the word asks for."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from coaching.breakdown import Breakdown
from coaching.ports import UnitOfWork
from coaching.use_cases.answer_prompt import SittingView, open_sittings
from coaching.use_cases.learn_from_breakdown import needs_of
from conversation.compose.overview import help_message, open_for, unknown_word
from conversation.events import CommandGiven, Reply, Whisper
from handlers import (
    breakdown_register,
    breakdowns,
    digests,
    doubts,
    promises,
    purpose,
    set_up,
    stakeholders,
    trends,
    voice_register,
    voices,
    wishes,
)
from handlers.services import Services

__all__ = ["WORDS", "command"]


async def command(services: Services, event: CommandGiven) -> Reply:
    """The command was given: its first word finds its handler, the others go with it."""
    word, rest = [*event.words.split(maxsplit=1), "", ""][:2]
    handler = WORDS.get(word.casefold())
    if handler is None:
        return Whisper(unknown_word(word))
    return await handler(services, replace(event, words=rest.strip()))


async def show_open(services: Services, event: CommandGiven) -> Reply:
    """What is open for the person."""
    now = services.clock.now()

    def look(uow: UnitOfWork) -> tuple[list[SittingView], list[Breakdown]]:
        return open_sittings(uow, event.user, now), needs_of(uow, event.user)

    return Whisper(open_for(*await services.store.read(event.workspace_id, look)))


async def show_help(_services: Services, _event: CommandGiven) -> Reply:
    """What one can do."""
    return Whisper(help_message())


WORDS: Mapping[str, Callable[[Services, CommandGiven], Awaitable[Reply]]] = {
    "": show_open,
    "setup": set_up.command,
    "heard": voices.command,
    "voices": voice_register.command,
    "breakdown": breakdowns.command,
    "breakdowns": breakdown_register.command,
    "promises": promises.command,
    "stakeholders": stakeholders.command,
    "purpose": purpose.command,
    "doubt": doubts.command,
    "digest": digests.command,
    "trends": trends.command,
    "away": wishes.away,
    "status": wishes.status,
    "help": show_help,
}
"""By the word behind the command, in lower case. A handler gets what follows it as `words`.

`conversation.compose.overview.COMMANDS` says what each is for.
"""
