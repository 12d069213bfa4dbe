"""The home: everybody's own page. Whatever is pressed on it, it is shown anew."""

from collections.abc import Callable

from coaching.errors import Refused
from coaching.ports import UnitOfWork
from coaching.use_cases.be_discreet import set_discreet
from coaching.use_cases.see_home import see_home
from coaching.use_cases.steer_cadence import Steered, ask_now, set_paused
from conversation.compose.home import asked_now, home, paused
from conversation.compose.readers import discreet_said
from conversation.events import FormSubmitted, HomeOpened, Pressed, Reply, ShowHome
from handlers.services import Services

__all__ = ["ask", "go_on", "keep_discreet", "opened", "pause", "show_team", "shown"]


async def opened(services: Services, event: HomeOpened) -> Reply:
    """Somebody looks at their page."""
    return await shown(services, event)


async def show_team(services: Services, event: Pressed) -> Reply:
    """*Show* was pressed: one of several teams is shown in full."""
    return await shown(services, event, team=event.value)


async def pause(services: Services, event: Pressed) -> Reply:
    """*Pause* was pressed, on a team, a pack or a practice."""
    return await _set_paused(services, event, on=True)


async def go_on(services: Services, event: Pressed) -> Reply:
    """*Go on* was pressed."""
    return await _set_paused(services, event, on=False)


async def ask(services: Services, event: Pressed) -> Reply:
    """*Ask now* was pressed."""
    now = services.clock.now()
    team, key = _what(event)
    return await _steer(
        services,
        event,
        lambda uow: ask_now(uow, services.catalogue, event.user, team, key, now),
        asked_now,
    )


async def keep_discreet(services: Services, event: Pressed) -> Reply:
    """*Keep words out of the channel* was pressed, or that they be shown there."""
    team_id, way = _what(event)
    try:
        team = await services.keep(
            event.workspace_id,
            lambda uow: set_discreet(uow, event.user, team_id, on=way == "on"),
        )
        told = discreet_said(team)
    except Refused as refused:
        told = refused.sentence
    return await shown(services, event, told=told, team=team_id)


async def _set_paused(services: Services, event: Pressed, *, on: bool) -> Reply:
    now = services.clock.now()
    team, key = _what(event)
    return await _steer(
        services,
        event,
        lambda uow: set_paused(uow, services.catalogue, event.user, team, key, now, paused=on),
        lambda steered: paused(steered, on=on),
    )


async def _steer(
    services: Services,
    event: Pressed,
    change: Callable[[UnitOfWork], Steered],
    say: Callable[[Steered], str],
) -> Reply:
    """Change it, and say above the page what came of it, or why it can't be."""
    try:
        told = say(await services.keep(event.workspace_id, change))
    except Refused as refused:
        told = refused.sentence
    return await shown(services, event, told=told, team=_what(event)[0])


def _what(event: Pressed) -> tuple[str, str]:
    team, _, key = event.value.partition(":")
    return team, key


async def shown(
    services: Services,
    event: HomeOpened | Pressed | FormSubmitted,
    *,
    told: str = "",
    team: str | None = None,
) -> Reply:
    """Their page as it stands, above it what was `told`; `team` is shown in full."""
    now = services.clock.now()
    view = await services.store.read(
        event.workspace_id, lambda uow: see_home(uow, services.catalogue, event.user, now)
    )
    return ShowHome(home(view, told, team))
