"""A team's purpose: looked up, checked as it is submitted, settled by the lead, restated."""

from collections.abc import Mapping

from coaching.ports import UnitOfWork
from coaching.purpose import Purpose
from coaching.use_cases.change_sentence import change_sentence, fresh_sentences
from coaching.use_cases.choose_team import Place, chosen_place, demand_places, place_in
from coaching.use_cases.restate_purpose import restate_now
from coaching.use_cases.see_purpose import history_of, see_purpose
from coaching.use_cases.see_sitting import SittingView
from coaching.use_cases.settle_purpose import (
    mend_purpose,
    names_outside,
    see_settling,
    settle_purpose,
)
from conversation.compose.forms import word_form
from conversation.compose.home import asked_now
from conversation.compose.purpose import history_form, purpose
from conversation.compose.settling import FIELD, START, kept_form, settle_form, settled_form
from conversation.compose.which_team import TEAM, which_team
from conversation.events import (
    CommandGiven,
    FormChanged,
    FormSubmitted,
    Nothing,
    OpenForm,
    Pressed,
    ReplaceForm,
    Reply,
    Whisper,
)
from conversation.messages import Form
from conversation.routes import PURPOSE_SHOW
from handlers.services import Services
from insights.statements import Verdict

__all__ = [
    "change",
    "checked_form",
    "choose",
    "command",
    "history",
    "mend",
    "open_settle_form",
    "redraw",
    "restate",
    "settle",
]


async def command(services: Services, event: CommandGiven) -> Reply:
    """`purpose` was given: in a team's channel it is that team's."""

    def look(uow: UnitOfWork) -> Reply:
        places = demand_places(uow, event.user)
        place = place_in(places, event.channel)
        if place is None:
            return OpenForm(which_team("Our purpose", PURPOSE_SHOW, places))
        return _told(services, uow, place)

    return await services.store.read(event.workspace_id, look)


async def choose(services: Services, event: FormSubmitted) -> Reply:
    """Somebody on several teams said whose purpose it is."""

    def look(uow: UnitOfWork) -> Reply:
        place = chosen_place(uow, event.user, event.values.get(TEAM, ""), TEAM)
        return _told(services, uow, place)

    return await services.store.read(event.workspace_id, look)


async def history(services: Services, event: Pressed) -> Reply:
    """*Earlier versions* was pressed, or another page of them."""
    team_id, _, page = event.value.partition(":")
    team, versions = await services.store.read(
        event.workspace_id, lambda uow: history_of(uow, event.user, team_id)
    )
    form = history_form(team, versions, int(page or 0))
    return ReplaceForm(form) if page else OpenForm(form)


async def restate(services: Services, event: Pressed) -> Reply:
    """*Restate it now* was pressed."""
    now = services.clock.now()
    opened = await services.keep(
        event.workspace_id,
        lambda uow: restate_now(uow, services.catalogue, event.user, event.value, now),
    )
    return OpenForm(word_form("Restate it now", asked_now(opened)))


async def checked_form(
    services: Services, workspace_id: str, view: SittingView, before: Mapping[str, str]
) -> Form | None:
    """What is to be said of a sentence that was just kept and looks to nobody outside.

    `before`: the sentences as they stood; of one that was not changed nothing is said again.
    """
    fresh = list(fresh_sentences(view, before))
    if not fresh:
        return None
    known = await services.store.read(workspace_id, lambda uow: names_outside(uow, view.team.id))
    told = [
        (asked, sentence, await services.statements.check(sentence, known))
        for asked, sentence in fresh
    ]
    told = [one for one in told if one[2].verdict is not Verdict.OUTWARD]
    return kept_form(view, told) if told else None


async def change(services: Services, event: FormSubmitted) -> Reply:
    """*Change it* was pressed, of a sentence that was kept."""
    now = services.clock.now()
    await services.keep(
        event.workspace_id,
        lambda uow: change_sentence(uow, event.reference, event.user, event.values, now),
    )
    return Nothing()


async def open_settle_form(services: Services, event: Pressed) -> Reply:
    """*Settle our sentence* was pressed, or *Change a word*."""
    settling = await services.store.read(
        event.workspace_id, lambda uow: see_settling(uow, event.user, event.value)
    )
    return OpenForm(settle_form(settling))


async def redraw(services: Services, event: FormChanged) -> Reply:
    """Another sentence was chosen to start from."""
    team_id, _ = _version(event)
    settling = await services.store.read(
        event.workspace_id, lambda uow: see_settling(uow, event.user, team_id)
    )
    return ReplaceForm(settle_form(settling, event.values.get(START, "")))


async def settle(services: Services, event: FormSubmitted) -> Reply:
    """*Save* was pressed: it is the team's purpose from now on, whatever the check says."""
    now = services.clock.now()
    team_id, number = _version(event)
    given = event.values.get(FIELD, "")
    settled = await services.keep(
        event.workspace_id,
        lambda uow: settle_purpose(uow, event.user, team_id, number, given, FIELD, now),
    )
    return await _check(services, event, settled)


async def mend(services: Services, event: FormSubmitted) -> Reply:
    """*Change it* was pressed, of a sentence that was settled."""
    now = services.clock.now()
    given = event.values.get(FIELD, "")
    await services.keep(
        event.workspace_id,
        lambda uow: mend_purpose(uow, event.user, event.reference, given, FIELD, now),
    )
    return Nothing()


async def _check(services: Services, event: FormSubmitted, settled: Purpose) -> Reply:
    known = await services.store.read(
        event.workspace_id, lambda uow: names_outside(uow, settled.team_id)
    )
    checked = await services.statements.check(settled.sentence, known)
    if checked.verdict is Verdict.OUTWARD:
        return Nothing()
    return ReplaceForm(settled_form(settled, checked))


def _told(services: Services, uow: UnitOfWork, place: Place) -> Reply:
    view = see_purpose(uow, services.catalogue, place, services.clock.now())
    return Whisper(purpose(view))


def _version(event: FormSubmitted | FormChanged) -> tuple[str, int]:
    """The team's id, and the number of the version that the form is for."""
    team_id, _, number = event.reference.partition(":")
    return team_id, int(number)
