"""The team's latest digest, shown to one of its people alone."""

from coaching.ports import UnitOfWork
from coaching.use_cases.choose_team import chosen_place, demand_places, place_in
from coaching.use_cases.see_digest import latest_digest
from conversation.compose.digest import latest
from conversation.compose.which_team import TEAM, which_team
from conversation.events import CommandGiven, FormSubmitted, OpenForm, Reply, Whisper
from conversation.routes import DIGEST_SHOW
from handlers.services import Services

__all__ = ["choose", "command"]

_TITLE = "The latest digest"


async def command(services: Services, event: CommandGiven) -> Reply:
    """`digest` was given: in a team's channel it is that team's."""
    now = services.clock.now()

    def look(uow: UnitOfWork) -> Reply:
        places = demand_places(uow, event.user)
        place = place_in(places, event.channel)
        if place is None:
            return OpenForm(which_team(_TITLE, DIGEST_SHOW, places))
        return Whisper(latest(latest_digest(uow, place.team, now)))

    return await services.store.read(event.workspace_id, look)


async def choose(services: Services, event: FormSubmitted) -> Reply:
    """Somebody on several teams said whose digest it is."""
    now = services.clock.now()

    def look(uow: UnitOfWork) -> Reply:
        place = chosen_place(uow, event.user, event.values.get(TEAM, ""), TEAM)
        return Whisper(latest(latest_digest(uow, place.team, now)))

    return await services.store.read(event.workspace_id, look)
