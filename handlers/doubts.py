"""Doubts: shared in the round that asks for them, and nowhere else. Nothing here is kept."""

from collections.abc import Sequence
from datetime import datetime

from coaching.ports import UnitOfWork
from coaching.use_cases.choose_team import Place, chosen_place, demand_places, place_in
from coaching.use_cases.share_doubt import asked_next, doubts_open
from conversation.compose.doubts import not_now
from conversation.compose.forms import sitting_form
from conversation.compose.which_team import TEAM, which_team
from conversation.events import CommandGiven, FormSubmitted, OpenForm, Reply, ShortcutUsed, Whisper
from conversation.routes import DOUBT_SHARE
from handlers.services import Services

__all__ = ["choose", "command", "shortcut"]

_TITLE = "Share a doubt"


async def command(services: Services, event: CommandGiven) -> Reply:
    """`doubt` was given; words behind it are passed over, as they would stand in the open."""
    return await _share(services, event.workspace_id, event.user, event.channel)


async def shortcut(services: Services, event: ShortcutUsed) -> Reply:
    """*Share a doubt* was used."""
    return await _share(services, event.workspace_id, event.user, "")


async def choose(services: Services, event: FormSubmitted) -> Reply:
    """Somebody on several teams said for which of them it is."""
    now = services.clock.now()

    def look(uow: UnitOfWork) -> Reply:
        place = chosen_place(uow, event.user, event.values.get(TEAM, ""), TEAM)
        return _for(uow, event.user, [place], now)

    return await services.store.read(event.workspace_id, look)


async def _share(services: Services, workspace_id: str, user: str, channel: str) -> Reply:
    now = services.clock.now()

    def look(uow: UnitOfWork) -> Reply:
        places = demand_places(uow, user)
        if (here := place_in(places, channel)) is not None:
            places = [here]
        return _for(uow, user, places, now)

    return await services.store.read(workspace_id, look)


def _for(uow: UnitOfWork, user: str, places: Sequence[Place], now: datetime) -> Reply:
    """The form of the round that is open; which team it is for; or when the next round comes."""
    views = doubts_open(uow, user, places, now)
    if not views:
        return Whisper(not_now(asked_next(uow, places, now)))
    if len(places) > 1:
        return OpenForm(which_team(_TITLE, DOUBT_SHARE, places))
    return OpenForm(sitting_form(views[0]))
