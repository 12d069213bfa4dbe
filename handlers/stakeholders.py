"""The stakeholder map: looked up, and kept, by a team's people. Each step is shown in one form."""

from collections.abc import Callable, Mapping
from datetime import datetime

from coaching.catalogue import Catalogue
from coaching.errors import Refused
from coaching.permissions import Action
from coaching.ports import UnitOfWork
from coaching.stakeholder import Stakeholder
from coaching.use_cases.change_map import (
    add_to_map,
    demand_member,
    edit_entry,
    put_back,
    rate_entry,
    say_met,
    take_off,
)
from coaching.use_cases.choose_team import Place, chosen_place, demand_places, place_in
from coaching.use_cases.merge_stakeholders import SAME_AS, merge
from coaching.use_cases.see_map import EntryView, see_entry, see_map, take_over
from conversation.compose.map_forms import add_form, edit_form, merge_form, met_form, rate_form
from conversation.compose.stakeholder_map import entry_form, map_form
from conversation.compose.which_team import TEAM, which_team
from conversation.events import CommandGiven, FormSubmitted, OpenForm, Pressed, ReplaceForm, Reply
from conversation.messages import Form
from conversation.routes import STAKEHOLDERS_SHOW
from handlers.services import Services

__all__ = [
    "add",
    "back",
    "choose",
    "command",
    "edit",
    "entry",
    "met",
    "off",
    "on",
    "open_add",
    "open_edit",
    "open_map",
    "open_merge",
    "open_met",
    "open_rate",
    "rate",
    "same",
]

_Change = Callable[[UnitOfWork, str, str, Mapping[str, str], datetime], Stakeholder]


async def command(services: Services, event: CommandGiven) -> Reply:
    """`stakeholders` was given: in a team's channel it is that team's map."""
    now = services.clock.now()

    def look(uow: UnitOfWork) -> Reply:
        places = demand_places(uow, event.user)
        place = place_in(places, event.channel)
        if place is None:
            return OpenForm(which_team("Our map", STAKEHOLDERS_SHOW, places))
        return OpenForm(_map(uow, services.catalogue, place, now))

    return await services.keep(event.workspace_id, look)


async def choose(services: Services, event: FormSubmitted) -> Reply:
    """Somebody on several teams said whose map it is."""
    now = services.clock.now()

    def look(uow: UnitOfWork) -> Reply:
        place = chosen_place(uow, event.user, event.values.get(TEAM, ""), TEAM)
        return ReplaceForm(_map(uow, services.catalogue, place, now))

    return await services.keep(event.workspace_id, look)


async def open_map(services: Services, event: Pressed) -> Reply:
    """*Open the map* was pressed on a home."""
    return OpenForm(await _shown(services, event))


async def back(services: Services, event: Pressed) -> Reply:
    """*Back to the map* was pressed."""
    return ReplaceForm(await _shown(services, event))


async def entry(services: Services, event: Pressed) -> Reply:
    """One on the map was opened, or come back to."""
    return await _look(services, event, entry_form)


async def open_add(services: Services, event: Pressed) -> Reply:
    """*Add somebody* was pressed."""

    def look(uow: UnitOfWork) -> Form:
        member = demand_member(uow, event.value, event.user, Action.ADD_TO_MAP)
        return add_form(uow.teams.get(member.team_id))

    return ReplaceForm(await services.store.read(event.workspace_id, look))


async def open_edit(services: Services, event: Pressed) -> Reply:
    """*Change* was pressed."""
    return await _look(services, event, edit_form)


async def open_rate(services: Services, event: Pressed) -> Reply:
    """*Rate it* was pressed."""
    return await _look(services, event, rate_form)


async def open_met(services: Services, event: Pressed) -> Reply:
    """*We met them* was pressed."""
    return await _look(services, event, met_form)


async def open_merge(services: Services, event: Pressed) -> Reply:
    """*Same as* was pressed."""
    return await _look(services, event, merge_form)


async def add(services: Services, event: FormSubmitted) -> Reply:
    """Somebody was added."""
    return await _change(services, event, event.reference, add_to_map, event.values, _added)


async def edit(services: Services, event: FormSubmitted) -> Reply:
    """What is known of one was changed."""
    return await _change(services, event, event.reference, edit_entry, event.values, _saved)


async def rate(services: Services, event: FormSubmitted) -> Reply:
    """One was rated."""
    return await _change(services, event, event.reference, rate_entry, event.values, _saved)


async def met(services: Services, event: FormSubmitted) -> Reply:
    """It was said when one was met."""
    return await _change(services, event, event.reference, say_met, event.values, _saved)


async def same(services: Services, event: FormSubmitted) -> Reply:
    """Two were said to be the same."""
    name = event.values.get(SAME_AS, "")
    return await _change(
        services,
        event,
        event.reference,
        lambda uow, entry_id, user, _, now: merge(uow, entry_id, user, name, now),
        {},
        lambda one: f"They are one now: {one.name}.",
    )


async def off(services: Services, event: Pressed) -> Reply:
    """*Take off the map* was pressed."""
    return await _change(
        services,
        event,
        event.value,
        lambda uow, entry_id, user, _, now: take_off(uow, entry_id, user, now),
        {},
        lambda one: f"{one.name} is off the map.",
    )


async def on(services: Services, event: Pressed) -> Reply:
    """*Put on the map* was pressed."""
    return await _change(
        services,
        event,
        event.value,
        lambda uow, entry_id, user, _, now: put_back(uow, entry_id, user, now),
        {},
        lambda one: f"{one.name} is on the map.",
    )


def _added(one: Stakeholder) -> str:
    if one.on_map:
        return f"{one.name} is on the map."
    return f"The map is full, so {one.name} is kept as suggested: lead and coach see it."


def _saved(_one: Stakeholder) -> str:
    return "Kept."


def _map(uow: UnitOfWork, catalogue: Catalogue, place: Place, now: datetime) -> Form:
    take_over(uow, place.team)
    return map_form(see_map(uow, catalogue, place, now))


async def _shown(services: Services, event: Pressed) -> Form:
    now = services.clock.now()

    def look(uow: UnitOfWork) -> Form:
        member = demand_member(uow, event.value, event.user, Action.READ_TEAM)
        place = Place(member, uow.teams.get(member.team_id))
        return _map(uow, services.catalogue, place, now)

    return await services.keep(event.workspace_id, look)


async def _look(services: Services, event: Pressed, shown: Callable[[EntryView], Form]) -> Reply:
    now = services.clock.now()

    def look(uow: UnitOfWork) -> Form:
        view = see_entry(uow, event.value, event.user, now)
        if shown in _FOR_KEEPERS and not view.keeps:
            demand_member(uow, view.team.id, event.user, Action.KEEP_MAP)
        return shown(view)

    return ReplaceForm(await services.store.read(event.workspace_id, look))


_FOR_KEEPERS = (edit_form, merge_form)


async def _change(
    services: Services,
    event: Pressed | FormSubmitted,
    what: str,
    change: _Change,
    given: Mapping[str, str],
    say: Callable[[Stakeholder], str],
) -> Reply:
    """Change it, and show the one it is about, with what it came to."""
    now = services.clock.now()

    def work(uow: UnitOfWork) -> Form:
        one = change(uow, what, event.user, given, now)
        return entry_form(see_entry(uow, one.id, event.user, now), say(one))

    try:
        return ReplaceForm(await services.keep(event.workspace_id, work))
    except Refused as refused:
        if isinstance(event, FormSubmitted):
            raise
        view = await services.store.read(
            event.workspace_id, lambda uow: see_entry(uow, what, event.user, now)
        )
        return ReplaceForm(entry_form(view, refused.sentence))
