"""Voices heard: told at any time, from a message or by the command."""

from coaching.catalogue import practice_that_feeds
from coaching.identifiers import new_id
from coaching.ports import UnitOfWork
from coaching.practice import Feeds
from coaching.use_cases.choose_team import Place, chosen_place, demand_places
from coaching.use_cases.hear_voice import HeardVoice, hear_voice
from coaching.use_cases.keep_map import known_names
from conversation.compose.voices import kept_form, voice_form
from conversation.compose.which_team import TEAM
from conversation.events import (
    CommandGiven,
    FormSubmitted,
    MessageShortcutUsed,
    OpenForm,
    ReplaceForm,
    Reply,
)
from handlers.services import Services

__all__ = ["command", "open_form", "tell"]


async def command(services: Services, event: CommandGiven) -> Reply:
    """`heard` was given, with the words or without."""
    return await _open(services, event, event.words)


async def open_form(services: Services, event: MessageShortcutUsed) -> Reply:
    """*Log a voice heard* was used on a message: in any channel, as voices come from anywhere."""
    return await _open(services, event, event.text)


async def tell(services: Services, event: FormSubmitted) -> Reply:
    """The form was sent: keep it, and say when the team reads it."""
    practice = practice_that_feeds(services.catalogue, Feeds.VOICES)
    member_id, _, occasion = event.reference.partition(":")
    now = services.clock.now()

    def work(uow: UnitOfWork) -> HeardVoice:
        teller = member_id
        if TEAM in event.values:
            teller = chosen_place(uow, event.user, event.values[TEAM], TEAM).member.id
        return hear_voice(uow, practice, teller, event.user, occasion, event.values, now)

    return ReplaceForm(kept_form(await services.keep(event.workspace_id, work)))


async def _open(services: Services, event: CommandGiven | MessageShortcutUsed, words: str) -> Reply:
    practice = practice_that_feeds(services.catalogue, Feeds.VOICES)
    places, names = await services.store.read(
        event.workspace_id, lambda uow: _places(uow, event.user)
    )
    member_id = places[0].member.id if len(places) == 1 else ""
    # The id names this one voice, so that the form sent twice is kept once.
    reference = f"{member_id}:{new_id()}"
    asked = practice.opened_in(services.clock.now().year)
    return OpenForm(voice_form(asked, places, event.channel, reference, words, names))


def _places(uow: UnitOfWork, user: str) -> tuple[list[Place], list[str]]:
    """The teams it may be for, and the names on the map where it can be for one alone."""
    places = demand_places(uow, user)
    return places, known_names(uow, places[0].team.id) if len(places) == 1 else []
