"""Sessions and invitations: planned on the map, and followed by those who invite."""

from collections.abc import Callable
from datetime import datetime

from coaching.catalogue import Catalogue
from coaching.invite import InviteState
from coaching.permissions import Action, demand
from coaching.ports import UnitOfWork
from coaching.practice import Practice
from coaching.use_cases.change_map import demand_member
from coaching.use_cases.follow_invite import (
    InviteView,
    say_came,
    say_not_this_time,
    say_stands,
    see_invite,
)
from coaching.use_cases.plan_session import (
    SessionView,
    call_off_session,
    change_session,
    see_session,
    start_session,
)
from conversation.compose.invites import (
    THERE,
    came_form,
    not_form,
    off_form,
    plan_form,
    session_form,
)
from conversation.events import FormSubmitted, Nothing, OpenForm, Pressed, ReplaceForm, Reply
from conversation.messages import Form
from handlers.services import Services

__all__ = [
    "came",
    "change",
    "confirm_off",
    "not_this_time",
    "off",
    "open_came",
    "open_change",
    "open_not",
    "open_plan",
    "plan",
    "say",
    "say_there",
    "session",
]

_PRACTICE = "stakeholder_invite"
_Asked = Callable[[InviteView, Practice, str], Form]
_Keep = Callable[[UnitOfWork, Practice, str, str, dict[str, str], datetime], InviteView]


async def open_plan(services: Services, event: Pressed) -> Reply:
    """*Plan a session* was pressed, on the map or with one of those on it."""
    team_id, _, guest_id = event.value.partition(":")

    def look(uow: UnitOfWork) -> Form:
        member = demand_member(uow, team_id, event.user, Action.KEEP_MAP)
        there = [one for one in uow.stakeholders.where(team_id=member.team_id) if one.on_map]
        guests = [one.name for one in there if one.id == guest_id]
        return plan_form(uow.teams.get(team_id), there, guests)

    return ReplaceForm(await services.store.read(event.workspace_id, look))


async def plan(services: Services, event: FormSubmitted) -> Reply:
    """A session was planned."""
    now = services.clock.now()
    view = await services.keep(
        event.workspace_id,
        lambda uow: start_session(uow, event.reference, event.user, dict(event.values), now),
    )
    return ReplaceForm(session_form(view, now, "It is planned."))


async def session(services: Services, event: Pressed) -> Reply:
    """A session was opened, or come back to."""
    now = services.clock.now()
    view = await services.store.read(
        event.workspace_id, lambda uow: see_session(uow, event.value, event.user)
    )
    return ReplaceForm(session_form(view, now))


async def open_change(services: Services, event: Pressed) -> Reply:
    """*Change day or guests* was pressed."""

    def look(uow: UnitOfWork) -> Form:
        view = _kept_by(uow, event)
        there = [one for one in uow.stakeholders.where(team_id=view.team.id) if one.on_map]
        return plan_form(view.team, there, [guest.name for _, guest in view.invites], view)

    return ReplaceForm(await services.store.read(event.workspace_id, look))


async def change(services: Services, event: FormSubmitted) -> Reply:
    """Day, guests or who asks them were changed."""
    now = services.clock.now()
    view = await services.keep(
        event.workspace_id,
        lambda uow: change_session(uow, event.reference, event.user, dict(event.values), now),
    )
    return ReplaceForm(session_form(view, now, "Kept."))


async def confirm_off(services: Services, event: Pressed) -> Reply:
    """*Cancel the session* was pressed: what that comes to."""
    view = await services.store.read(event.workspace_id, lambda uow: _kept_by(uow, event))
    return ReplaceForm(off_form(view))


async def off(services: Services, event: Pressed) -> Reply:
    """It was confirmed."""
    now = services.clock.now()

    def work(uow: UnitOfWork) -> SessionView:
        call_off_session(uow, event.value, event.user, now)
        return see_session(uow, event.value, event.user)

    return ReplaceForm(session_form(await services.keep(event.workspace_id, work), now))


async def say(services: Services, event: Pressed) -> Reply:
    """*Invited* or *Accepted* was pressed on a message or a home: it says so itself."""
    await _say(services, event)
    return Nothing()


async def say_there(services: Services, event: Pressed) -> Reply:
    """The same, on a session's page."""
    view = await _say(services, event)
    return await _session_of(services, event, view)


async def open_not(services: Services, event: Pressed) -> Reply:
    """*Not this time* was pressed."""
    return await _open(services, event, not_form)


async def open_came(services: Services, event: Pressed) -> Reply:
    """*They came* was pressed."""
    return await _open(services, event, came_form)


async def not_this_time(services: Services, event: FormSubmitted) -> Reply:
    """It was said why not."""
    return await _keep(services, event, say_not_this_time)


async def came(services: Services, event: FormSubmitted) -> Reply:
    """It was said what was heard."""
    return await _keep(services, event, say_came)


def _practice(catalogue: Catalogue) -> Practice:
    return catalogue[_PRACTICE]


def _kept_by(uow: UnitOfWork, event: Pressed) -> SessionView:
    view = see_session(uow, event.value, event.user)
    demand(view.member, Action.KEEP_MAP)
    return view


async def _say(services: Services, event: Pressed) -> InviteView:
    invite_id, _, state = event.value.partition(":")
    now = services.clock.now()
    return await services.keep(
        event.workspace_id,
        lambda uow: say_stands(uow, invite_id, event.user, InviteState(state), now),
    )


async def _open(services: Services, event: Pressed, asked: _Asked) -> Reply:
    invite_id, _, place = event.value.partition(":")
    view = await services.store.read(
        event.workspace_id, lambda uow: see_invite(uow, invite_id, event.user)
    )
    form = asked(view, _practice(services.catalogue), event.value)
    return ReplaceForm(form) if place == THERE else OpenForm(form)


async def _keep(services: Services, event: FormSubmitted, keep: _Keep) -> Reply:
    invite_id, _, place = event.reference.partition(":")
    now, practice = services.clock.now(), _practice(services.catalogue)
    view = await services.keep(
        event.workspace_id,
        lambda uow: keep(uow, practice, invite_id, event.user, dict(event.values), now),
    )
    return await _session_of(services, event, view) if place == THERE else Nothing()


async def _session_of(
    services: Services, event: Pressed | FormSubmitted, view: InviteView
) -> Reply:
    now = services.clock.now()
    seen = await services.store.read(
        event.workspace_id, lambda uow: see_session(uow, view.session.id, event.user)
    )
    return ReplaceForm(session_form(seen, now, "Kept."))
