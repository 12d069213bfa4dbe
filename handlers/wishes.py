"""What a person says of being asked: away, less, not at all; and what they want to know of it."""

from datetime import date

from coaching.absence_words import absence_from_words
from coaching.calendar import Span
from coaching.errors import Refused
from coaching.use_cases.explain import reasons_of, standing_of
from coaching.use_cases.wish import (
    FIRST,
    LAST,
    UNTIL,
    Seat,
    Wish,
    end_away,
    end_pause,
    pause_until,
    set_away,
    set_pace,
    today_of,
    wishes_of,
)
from conversation.compose.standing import standing, why_form
from conversation.compose.wishes import (
    WHERE,
    away_form,
    away_said,
    away_said_form,
    back_said,
    less_form,
    team_meant,
)
from conversation.events import (
    CommandGiven,
    FormSubmitted,
    OpenForm,
    Pressed,
    ReplaceForm,
    Reply,
    Whisper,
)
from handlers.services import Services

__all__ = [
    "away",
    "back",
    "choose",
    "keep_away",
    "open_away_form",
    "open_less_form",
    "pause",
    "status",
    "why",
]

_BACK_WORDS = {"back", "over", "end", "ended", "off"}
_NO_DAY = "I can't read that as a day. Choose one."
_LAST_FIRST = "The last day comes before the first one."


async def away(services: Services, event: CommandGiven) -> Reply:
    """`away until Friday`: kept, where the days can be read; else the form."""
    if event.words.casefold() in _BACK_WORDS:
        return await _back(services, event.workspace_id, event.user)
    seats, today = await _seats(services, event.workspace_id, event.user)
    span = absence_from_words(event.words, today)
    if span is None:
        return OpenForm(away_form(seats, today))
    await _keep(services, event.workspace_id, event.user, span)
    return Whisper(away_said(span, today))


async def open_away_form(services: Services, event: Pressed) -> Reply:
    """*I'm away* was pressed."""
    return OpenForm(away_form(*await _seats(services, event.workspace_id, event.user)))


async def keep_away(services: Services, event: FormSubmitted) -> Reply:
    """The days of an absence were sent."""
    first, last = (_day(event, field) for field in (FIRST, LAST))
    if last < first:
        raise Refused(_LAST_FIRST, {LAST: _LAST_FIRST})
    _, today = await _seats(services, event.workspace_id, event.user)
    span = Span(first, last)
    await _keep(services, event.workspace_id, event.user, span)
    return ReplaceForm(away_said_form(span, today))


async def back(services: Services, event: Pressed) -> Reply:
    """*I'm back today* was pressed, or *Not away after all*."""
    first = date.fromisoformat(event.value) if event.value else None
    return await _back(services, event.workspace_id, event.user, first)


async def open_less_form(services: Services, event: Pressed) -> Reply:
    """*Ask me less* was pressed."""
    seats, today = await _seats(services, event.workspace_id, event.user)
    return OpenForm(less_form(seats, event.value, today))


async def choose(services: Services, event: Pressed) -> Reply:
    """One of its choices was pressed: the form shows how it stands now."""
    what, way, team_id, here = event.value.split(":")
    now = services.clock.now()
    where = team_id or None
    if what in set(Wish):
        await services.keep(
            event.workspace_id,
            lambda uow: set_pace(uow, event.user, Wish(what), now, on=way == "on", team_id=where),
        )
    else:
        await services.keep(event.workspace_id, lambda uow: end_pause(uow, event.user, now, where))
    return await _less(services, event.workspace_id, event.user, here)


async def pause(services: Services, event: FormSubmitted) -> Reply:
    """A day was sent until which to pause."""
    day, now = _day(event, UNTIL), services.clock.now()
    seats, _ = await _seats(services, event.workspace_id, event.user)
    where = team_meant(seats, event.values.get(WHERE, ""))
    await services.keep(
        event.workspace_id, lambda uow: pause_until(uow, event.user, day, now, where)
    )
    return await _less(services, event.workspace_id, event.user, event.reference)


async def why(services: Services, event: Pressed) -> Reply:
    """*Why this?* was pressed."""
    now = services.clock.now()
    explained = await services.store.read(
        event.workspace_id, lambda uow: reasons_of(uow, event.value, event.user, now)
    )
    return OpenForm(why_form(explained))


async def status(services: Services, event: CommandGiven) -> Reply:
    """`status`: what the person is asked, when next, and what they chose."""
    now = services.clock.now()
    teams = await services.store.read(
        event.workspace_id, lambda uow: standing_of(uow, services.catalogue, event.user, now)
    )
    return Whisper(standing(teams, today_of([one.seat for one in teams], now)))


async def _seats(services: Services, workspace_id: str, user: str) -> tuple[list[Seat], date]:
    seats = await services.store.read(workspace_id, lambda uow: wishes_of(uow, user))
    return seats, today_of(seats, services.clock.now())


async def _keep(services: Services, workspace_id: str, user: str, span: Span) -> None:
    now = services.clock.now()
    await services.keep(workspace_id, lambda uow: set_away(uow, user, span, now))


async def _back(
    services: Services, workspace_id: str, user: str, first: date | None = None
) -> Reply:
    now = services.clock.now()
    await services.keep(workspace_id, lambda uow: end_away(uow, user, now, first))
    seats, today = await _seats(services, workspace_id, user)
    return Whisper(back_said(seats, today, called_off=first is not None))


async def _less(services: Services, workspace_id: str, user: str, here: str) -> Reply:
    seats, today = await _seats(services, workspace_id, user)
    return ReplaceForm(less_form(seats, here, today))


def _day(event: FormSubmitted, field: str) -> date:
    try:
        return date.fromisoformat(event.values.get(field, ""))
    except ValueError:
        raise Refused(_NO_DAY, {field: _NO_DAY}) from None
