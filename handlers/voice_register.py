"""The register of voices: looked up, opened, edited, and what came of each said."""

from coaching.ports import UnitOfWork
from coaching.use_cases.choose_team import chosen_place, demand_places, place_in
from coaching.use_cases.edit_voice import begin_voice_edit, edit_voice
from coaching.use_cases.see_voices import VoiceView, see_voice, see_voices
from coaching.use_cases.settle_voice import DAY, WHY, give_new_day, say_told, settle_voice
from coaching.voice import VoiceState
from conversation.compose.voice_card import (
    card_form,
    day_form,
    edit_form,
    stands_form,
    taken_back_form,
)
from conversation.compose.voice_register import SOUGHT, TITLE, register_form
from conversation.compose.which_team import TEAM, which_team
from conversation.events import (
    CommandGiven,
    FormSubmitted,
    Nothing,
    OpenForm,
    Pressed,
    ReplaceForm,
    Reply,
)
from conversation.routes import VOICES_SHOW
from handlers.services import Services

__all__ = [
    "changed",
    "command",
    "edit",
    "give_day",
    "open_again",
    "open_day_form",
    "open_edit_form",
    "open_page",
    "open_stands_form",
    "open_voice",
    "say_who",
    "show",
    "stands",
    "told",
]


async def command(services: Services, event: CommandGiven) -> Reply:
    """`voices` was given, with what to look for or without: in a team's channel that team's."""

    def look(uow: UnitOfWork) -> Reply:
        places = demand_places(uow, event.user)
        place = place_in(places, event.channel)
        if place is None:
            return OpenForm(which_team(TITLE, VOICES_SHOW, places))
        return OpenForm(register_form(see_voices(uow, event.user, place.team.id, event.words)))

    return await services.store.read(event.workspace_id, look)


async def show(services: Services, event: FormSubmitted) -> Reply:
    """Whose voices was said; or what to look for among a team's."""

    def look(uow: UnitOfWork) -> Reply:
        team = event.reference
        if TEAM in event.values:
            team = chosen_place(uow, event.user, event.values[TEAM], TEAM).team.id
        sought = event.values.get(SOUGHT, "").strip()
        return ReplaceForm(register_form(see_voices(uow, event.user, team, sought)))

    return await services.store.read(event.workspace_id, look)


async def open_page(services: Services, event: Pressed) -> Reply:
    """*More* or *Back* was pressed; or, on a home, *Open the voices*."""
    team, start, sought = event.value.split(":", 2)
    on_home = not start.isdecimal()
    number = 0 if on_home else int(start)
    view = await services.store.read(
        event.workspace_id, lambda uow: see_voices(uow, event.user, team, sought, number)
    )
    form = register_form(view)
    return OpenForm(form) if on_home else ReplaceForm(form)


async def open_voice(services: Services, event: Pressed) -> Reply:
    """*Open* was pressed on a voice."""
    return OpenForm(card_form(await _see(services, event)))


async def open_edit_form(services: Services, event: Pressed) -> Reply:
    """*Edit* was pressed on a voice."""
    form = await services.store.read(
        event.workspace_id,
        lambda uow: edit_form(begin_voice_edit(uow, event.value, event.user)),
    )
    return ReplaceForm(form)


async def edit(services: Services, event: FormSubmitted) -> Reply:
    """That form was sent: the voice as it stands now, or that it was taken back."""
    now = services.clock.now()
    view = await services.keep(
        event.workspace_id,
        lambda uow: edit_voice(uow, event.reference, event.user, event.values, now),
    )
    return ReplaceForm(card_form(view) if view else taken_back_form())


async def say_who(services: Services, event: FormSubmitted) -> Reply:
    """The second step of a voice was sent: who brings it about, and by when."""
    now = services.clock.now()
    await services.keep(
        event.workspace_id,
        lambda uow: edit_voice(uow, event.reference, event.user, event.values, now, later=True),
    )
    return Nothing()


async def changed(services: Services, event: Pressed) -> Reply:
    """*It changed* was pressed."""
    return await _settle(services, event, VoiceState.CHANGED)


async def open_again(services: Services, event: Pressed) -> Reply:
    """*Open again* was pressed."""
    return await _settle(services, event, VoiceState.OPEN)


async def open_stands_form(services: Services, event: Pressed) -> Reply:
    """*It stands…* was pressed: ask why."""
    return ReplaceForm(stands_form(await _see(services, event)))


async def stands(services: Services, event: FormSubmitted) -> Reply:
    """Why it stands was said."""
    now, why = services.clock.now(), event.values.get(WHY, "")
    view = await services.keep(
        event.workspace_id,
        lambda uow: settle_voice(uow, event.reference, event.user, VoiceState.UNCHANGED, now, why),
    )
    return ReplaceForm(card_form(view))


async def open_day_form(services: Services, event: Pressed) -> Reply:
    """*New day…* was pressed."""
    return ReplaceForm(day_form(await _see(services, event)))


async def give_day(services: Services, event: FormSubmitted) -> Reply:
    """Another day was said."""
    now, day = services.clock.now(), event.values.get(DAY, "")
    view = await services.keep(
        event.workspace_id,
        lambda uow: give_new_day(uow, event.reference, event.user, day, now),
    )
    return ReplaceForm(card_form(view))


async def told(services: Services, event: Pressed) -> Reply:
    """*They were told*, or *Not yet*, was pressed."""
    now = services.clock.now()
    voice, way, *_ = event.value.split(":")
    view = await services.keep(
        event.workspace_id,
        lambda uow: say_told(uow, voice, event.user, now, told=way == "yes"),
    )
    return _shown(event, view)


async def _settle(services: Services, event: Pressed, state: VoiceState) -> Reply:
    now = services.clock.now()
    voice = event.value.split(":")[0]
    view = await services.keep(
        event.workspace_id, lambda uow: settle_voice(uow, voice, event.user, state, now)
    )
    return _shown(event, view)


def _shown(event: Pressed, view: VoiceView) -> Reply:
    """A card is drawn anew; a message says it by itself."""
    return ReplaceForm(card_form(view)) if event.value.endswith(":card") else Nothing()


async def _see(services: Services, event: Pressed) -> VoiceView:
    return await services.store.read(
        event.workspace_id, lambda uow: see_voice(uow, event.value, event.user)
    )
