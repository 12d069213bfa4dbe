"""A team's trends, shown to its lead or coach alone."""

from datetime import datetime

from coaching.ports import UnitOfWork
from coaching.use_cases.choose_team import Place, chosen_place, demand_places, place_in
from coaching.use_cases.see_trends import see_trends
from conversation.compose.trends import trends
from conversation.compose.which_team import TEAM, which_team
from conversation.events import CommandGiven, FormSubmitted, OpenForm, Reply, Whisper
from conversation.routes import TRENDS_SHOW
from handlers.services import Services

__all__ = ["choose", "command"]

_TITLE = "What was logged"


async def command(services: Services, event: CommandGiven) -> Reply:
    """`trends` was given: in a team's channel it is that team's."""
    now = services.clock.now()

    def look(uow: UnitOfWork) -> Reply:
        places = demand_places(uow, event.user)
        place = place_in(places, event.channel)
        if place is None:
            return OpenForm(which_team(_TITLE, TRENDS_SHOW, places))
        return _shown(uow, place, now)

    return await services.store.read(event.workspace_id, look)


async def choose(services: Services, event: FormSubmitted) -> Reply:
    """Somebody on several teams said whose trends they are."""
    now = services.clock.now()

    def look(uow: UnitOfWork) -> Reply:
        return _shown(uow, chosen_place(uow, event.user, event.values.get(TEAM, ""), TEAM), now)

    return await services.store.read(event.workspace_id, look)


def _shown(uow: UnitOfWork, place: Place, now: datetime) -> Reply:
    return Whisper(trends(see_trends(uow, place.team, place.member, now)))
