"""A team's purpose and its map, looked up by one of its people."""

from collections.abc import Callable

from coaching.catalogue import Catalogue
from coaching.ports import UnitOfWork
from coaching.use_cases.choose_team import Place, chosen_place, demand_places, place_in
from coaching.use_cases.see_purpose import see_purpose
from coaching.use_cases.see_stakeholders import see_stakeholders
from conversation.compose.registers import purpose, stakeholders
from conversation.compose.which_team import TEAM, which_team
from conversation.events import CommandGiven, FormSubmitted, OpenForm, Reply, Whisper
from conversation.messages import Message
from conversation.routes import PURPOSE_SHOW, STAKEHOLDERS_SHOW
from handlers.services import Services

__all__ = ["choose_purpose", "choose_stakeholders", "purpose_command", "stakeholders_command"]

Tell = Callable[[UnitOfWork, Catalogue, Place], Message]


async def purpose_command(services: Services, event: CommandGiven) -> Reply:
    """`purpose` was given: in a team's channel it is that team's."""
    return await _show(services, event, "Our purpose", PURPOSE_SHOW, _purpose(services))


async def choose_purpose(services: Services, event: FormSubmitted) -> Reply:
    """Somebody on several teams said whose purpose it is."""
    return await _chosen(services, event, _purpose(services))


async def stakeholders_command(services: Services, event: CommandGiven) -> Reply:
    """`stakeholders` was given: in a team's channel it is that team's."""
    return await _show(services, event, "Our map", STAKEHOLDERS_SHOW, _stakeholders(services))


async def choose_stakeholders(services: Services, event: FormSubmitted) -> Reply:
    """Somebody on several teams said whose map it is."""
    return await _chosen(services, event, _stakeholders(services))


def _purpose(services: Services) -> Tell:
    now = services.clock.now()
    return lambda uow, catalogue, place: purpose(see_purpose(uow, catalogue, place, now))


def _stakeholders(services: Services) -> Tell:
    now = services.clock.now()
    return lambda uow, catalogue, place: stakeholders(see_stakeholders(uow, catalogue, place, now))


async def _show(
    services: Services, event: CommandGiven, title: str, route: str, tell: Tell
) -> Reply:
    def look(uow: UnitOfWork) -> Reply:
        places = demand_places(uow, event.user)
        place = place_in(places, event.channel)
        if place is None:
            return OpenForm(which_team(title, route, places))
        return Whisper(tell(uow, services.catalogue, place))

    return await services.store.read(event.workspace_id, look)


async def _chosen(services: Services, event: FormSubmitted, tell: Tell) -> Reply:
    def look(uow: UnitOfWork) -> Reply:
        place = chosen_place(uow, event.user, event.values.get(TEAM, ""), TEAM)
        return Whisper(tell(uow, services.catalogue, place))

    return await services.store.read(event.workspace_id, look)
