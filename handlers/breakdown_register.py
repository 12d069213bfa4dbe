"""The register of breakdowns: what is open, and the library, page by page."""

from coaching.ports import UnitOfWork
from coaching.use_cases.choose_team import chosen_place, demand_places, place_in
from coaching.use_cases.see_breakdowns import see_breakdowns
from conversation.compose.breakdown_register import (
    FOUND_ON,
    LIBRARY,
    WORDS,
    listing,
    page_number,
)
from conversation.compose.which_team import TEAM, which_team
from conversation.events import (
    CommandGiven,
    FormChanged,
    FormSubmitted,
    OpenForm,
    Pressed,
    ReplaceForm,
    Reply,
)
from conversation.messages import Form
from conversation.routes import BREAKDOWNS_SHOW
from handlers.services import Services

__all__ = ["choose", "command", "search", "show", "turn"]


async def command(services: Services, event: CommandGiven) -> Reply:
    """`breakdowns` was given: in a team's channel it is that team's."""

    def look(uow: UnitOfWork) -> Form:
        places = demand_places(uow, event.user)
        place = place_in(places, event.channel)
        if place is None:
            return which_team("Breakdowns", BREAKDOWNS_SHOW, places)
        return listing(see_breakdowns(uow, place.team.id, event.user, words=event.words))

    return OpenForm(await services.store.read(event.workspace_id, look))


async def choose(services: Services, event: FormSubmitted) -> Reply:
    """Somebody on several teams said whose breakdowns."""

    def look(uow: UnitOfWork) -> Form:
        place = chosen_place(uow, event.user, event.values.get(TEAM, ""), TEAM)
        return listing(see_breakdowns(uow, place.team.id, event.user))

    return ReplaceForm(await services.store.read(event.workspace_id, look))


async def show(services: Services, event: Pressed) -> Reply:
    """*Library*, *What is open*, or *Open* on the home was pressed."""
    return await _shown(services, event.workspace_id, event.user, event.value)


async def search(services: Services, event: FormSubmitted) -> Reply:
    """Words were sent to look for."""
    return await _found(services, event)


async def turn(services: Services, event: FormChanged) -> Reply:
    """Another page was chosen."""
    return await _found(services, event)


async def _found(services: Services, event: FormSubmitted | FormChanged) -> Reply:
    return await _shown(
        services,
        event.workspace_id,
        event.user,
        event.reference,
        event.values.get(WORDS, ""),
        page_number(event.values.get(FOUND_ON, "")),
    )


async def _shown(
    services: Services, workspace_id: str, user: str, which: str, words: str = "", page: int = 0
) -> Reply:
    team_id, _, kept = which.partition(":")
    library = kept == LIBRARY
    view = await services.store.read(
        workspace_id,
        lambda uow: see_breakdowns(
            uow, team_id, user, library=library, words=" ".join(words.split()), page=page
        ),
    )
    return ReplaceForm(listing(view))
