"""Invitations: what their owners are asked, how they stand, and a session's page."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from coaching.calendar import Calendar
from coaching.delivery import Delivery
from coaching.errors import NotFound
from coaching.invite import REMINDED_DAYS_BEFORE, Invite, InviteState, reminder_day
from coaching.permissions import Action, allowed
from coaching.ports import UnitOfWork
from coaching.practice import Practice
from coaching.stakeholder import Stakeholder
from coaching.team import Team
from coaching.use_cases.follow_invite import InviteView, came_questions, reason_questions, view_of
from coaching.use_cases.follow_up import asked_about
from coaching.use_cases.plan_session import GUESTS, ON, OWNER, SessionView
from coaching.use_cases.remind_of_invite import Told, is_due, today_of
from conversation.compose.forms import field
from conversation.compose.phrases import day, day_seen_from
from conversation.messages import (
    Block,
    Bold,
    Button,
    Buttons,
    Field,
    FieldKind,
    Form,
    Heading,
    Line,
    Message,
    Note,
    Paragraph,
    Person,
    line,
)
from conversation.routes import (
    INVITE_CAME,
    INVITE_NOT,
    INVITE_SAY,
    INVITE_SET,
    MAP_SHOW,
    SESSION_CHANGE,
    SESSION_OFF,
    SESSION_OFF_SURE,
    SESSION_PLAN,
    SESSION_SHOW,
)

__all__ = [
    "THERE",
    "came_form",
    "home_invites",
    "invite",
    "not_form",
    "off_form",
    "plan_form",
    "session_form",
    "stands",
]

THERE = "there"
"""Behind an invitation's id: what follows is shown on its session's page."""

_LABEL = 75
_MOST = 5
_OPEN = (InviteState.OPEN, InviteState.INVITED, InviteState.ACCEPTED)
_STANDS = {
    InviteState.OPEN: "not invited yet",
    InviteState.INVITED: "invited",
    InviteState.ACCEPTED: "accepted",
    InviteState.CAME: "they came",
    InviteState.NOT_THIS_TIME: "not this time",
    InviteState.CANCELLED: "off",
}


def stands(of: Invite) -> str:
    """Where it stands, in a few words, with the reason where one was given."""
    said = _STANDS[of.state]
    return f"{said} ({of.reason})" if of.reason else said


def invite(uow: UnitOfWork, delivery: Delivery, now: datetime) -> Message | str:
    """What its owner is asked or told; said anew, how it stands."""
    try:
        view = view_of(uow, uow.invites.get(delivery.subject))
    except NotFound:
        return "the invitation is no more"
    if delivery.update_of is not None:
        return _message(_as_it_stands(view, now), view, now)
    if reason := is_due(uow, delivery, view.invite, now):
        return reason
    return _message(_asked(view, asked_about(delivery), now), view, now)


def home_invites(views: Sequence[InviteView], now: datetime) -> Iterator[Block]:
    """On a home: whom the person is to invite."""
    if not views:
        return
    yield Heading("Whom you invite")
    for view in views[:_MOST]:
        on = day_seen_from(today_of(view.team, now), view.session.on)
        said = f" · {view.team.name}, session on {on} · {stands(view.invite)}"
        yield Paragraph(line(Bold(view.stakeholder.name), said))
        yield Buttons(tuple(_buttons(view, now, INVITE_SAY, named=True)))
    if left := len(views[_MOST:]):
        yield Note(line(f"{left} more, to later sessions, have no room here."))


def not_form(view: InviteView, practice: Practice, reference: str) -> Form:
    """Why not this time."""
    asked = [field(one.key, one, {}) for one in reason_questions(practice)]
    said = "Nothing more is asked about it. You can take it up again."
    body: tuple[Block | Field, ...] = (Paragraph(_whom(view)), *asked, Note(line(said)))
    return Form("Not this time", (*body, *_back(view, reference)), INVITE_NOT, reference, "Keep")


def came_form(view: InviteView, practice: Practice, reference: str) -> Form:
    """What was heard, and how they rate it."""
    asked = [field(one.key, one, {}) for one in came_questions(practice)]
    said = f"{view.team.name} reads it as a voice heard, with your name."
    body: tuple[Block | Field, ...] = (Paragraph(_whom(view)), *asked, Note(line(said)))
    return Form("They came", (*body, *_back(view, reference)), INVITE_CAME, reference, "Keep")


def session_form(view: SessionView, now: datetime, told: str = "") -> Form:
    """A session: who is to come, where each invitation stands, and what can be done."""
    session, keeps = view.session, allowed(view.member, Action.KEEP_MAP)
    body: list[Block] = [Paragraph(line(Bold(told)))] if told else []
    body.append(Heading(f"Session on {day(session.on)}"))
    if session.cancelled_at is not None:
        body.append(Paragraph(line("It does not take place, and nobody is asked about it.")))
    elif not view.invites:
        body.append(Paragraph(line("Nobody is to be invited yet.")))
    for one, guest in view.invites:
        asks: Line = (Bold(guest.name), f" · {stands(one)} · asked by ", Person(one.owner))
        body.append(Paragraph(asks))
        if keeps or one.owner == view.member.user:
            each = InviteView(one, session, guest, view.team)
            if buttons := tuple(_buttons(each, now, INVITE_SET, named=True)):
                body.append(Buttons(buttons))
    if keeps and session.cancelled_at is None:
        change = Button("Change day or guests…", SESSION_CHANGE, session.id)
        body.append(Buttons((change, Button("Cancel the session…", SESSION_OFF, session.id))))
    body.append(Buttons((Button("Back to the map", MAP_SHOW, view.team.id),)))
    return Form("A session", tuple(body))


def off_form(view: SessionView) -> Form:
    """What calling it off comes to, before it is done."""
    said = (
        f"The session on {day(view.session.on)} does not take place then: nobody is reminded any"
        " more, and who was to invite somebody is told once. Guests who know of it hear it from"
        " you. Has it only moved? Change its day, and the invitations stay."
    )
    sure = Button("Cancel the session", SESSION_OFF_SURE, view.session.id, primary=True)
    change = Button("Change its day…", SESSION_CHANGE, view.session.id)
    back = Button("Leave it as it is", SESSION_SHOW, view.session.id)
    return Form("Cancel the session?", (Paragraph(line(said)), Buttons((sure, change, back))))


def plan_form(
    team: Team, there: Sequence[Stakeholder], guests: Sequence[str], view: SessionView | None = None
) -> Form:
    """When, whom from the map, and who asks them; `view`: of a session that is planned already."""
    named = list(dict.fromkeys((*guests, *(one.name for one in there))))
    on = view.session.on.isoformat() if view else ""
    body: list[Block | Field] = [Field(ON, "When is it?", FieldKind.DATE, initial=on)]
    if named:
        hint = "From the map. One voice in the room changes a conversation."
        body.append(
            Field(
                GUESTS,
                "Whom do we invite?",
                FieldKind.MULTI_CHOICE,
                hint,
                True,
                "\n".join(guests),
                choices=tuple(named),
            )
        )
    else:
        body.append(Note(line("The map is empty, so there is nobody to invite from it yet.")))
    hint = "Nobody chosen: who looks after them, or else you."
    if view is not None:
        hint = "Nobody chosen: as it is."
    body.append(Field(OWNER, "Who asks them?", FieldKind.PERSON, hint, optional=True))
    body.append(Note(line(_REMINDS)))
    if view is not None:
        back = Button("Back to the session", SESSION_SHOW, view.session.id)
        body.append(Buttons((back,)))
        return Form("Change the session", tuple(body), SESSION_CHANGE, view.session.id, "Save")
    body.append(Buttons((Button("Back to the map", MAP_SHOW, team.id),)))
    return Form("Plan a session", tuple(body), SESSION_PLAN, team.id, "Plan it")


_REMINDS = "Who asks them is reminded four weeks, seven days and two days before, till they answer."


def _asked(view: InviteView, about: str, now: datetime) -> Line:
    guest, on = Bold(view.stakeholder.name), day(view.session.on)
    if about == Told.OFF:
        return line("The invitation of ", guest, f" to the session on {on} is off. Nothing is due.")
    if about == Told.CAME:
        return line(f"Your strategy session was on {on}. Did ", guest, " come?")
    when = _when(view, now)
    if about == Told.YOURS:
        said = "The invitation of "
        end = f" to the session {when} is yours now. {_question(view)}"
        return line(said, guest, end)
    if view.invite.state is InviteState.INVITED:
        return line(
            f"Your strategy session is {when}, and ", guest, " is invited. Have they said yes?"
        )
    wanted = f"Your strategy session is {when}, and you wanted "
    return line(wanted, guest, f" in the room. {_question(view)}")


def _question(view: InviteView) -> str:
    if view.invite.state is InviteState.OPEN:
        return "Is the invitation out?"
    return "Have they said yes?" if view.invite.state is InviteState.INVITED else "They accepted."


def _when(view: InviteView, now: datetime) -> str:
    left = (view.session.on - today_of(view.team, now)).days
    on = day(view.session.on)
    if left <= 0:
        return f"on {on}"
    return f"tomorrow, on {on}" if left == 1 else f"in {left} days, on {on}"


def _as_it_stands(view: InviteView, now: datetime) -> Line:
    state = view.invite.state
    over = today_of(view.team, now) >= view.session.on
    after = "After the session I ask whether they came."
    last = reminder_day(view.session.on, REMINDED_DAYS_BEFORE[-1], Calendar(view.team.country, ()))
    next_ = "I ask again before it." if today_of(view.team, now) < last else after
    said = {
        InviteState.OPEN: "not invited yet.",
        InviteState.INVITED: f"invited. {'' if over else next_}",
        InviteState.ACCEPTED: f"accepted. {'' if over else after}",
        InviteState.CAME: "they came. What they said is kept as a voice heard.",
        InviteState.NOT_THIS_TIME: "not this time. I ask no more.",
        InviteState.CANCELLED: "the invitation is off. I ask no more.",
    }[state]
    return (*_whom(view), f": {said.strip()}")


def _whom(view: InviteView) -> Line:
    return line(Bold(view.stakeholder.name), f", session on {day(view.session.on)}")


def _message(said: Line, view: InviteView, now: datetime) -> Message:
    blocks: list[Block] = [Paragraph(said)]
    if buttons := tuple(_buttons(view, now, INVITE_SAY)):
        blocks.append(Buttons(buttons))
    blocks.append(Note(line(view.team.name)))
    words = (one.text if isinstance(one, Bold) else str(one) for one in said)
    return Message("".join(words), tuple(blocks))


def _buttons(
    view: InviteView, now: datetime, route: str, *, named: bool = False
) -> Iterator[Button]:
    """What can be said of it: `named`, where several stand on one page."""
    one, name = view.invite, f": {view.stakeholder.name}" if named else ""
    forms = f"{one.id}:{THERE}" if route == INVITE_SET else one.id
    over = today_of(view.team, now) >= view.session.on
    said = {InviteState.INVITED: "Invited", InviteState.ACCEPTED: "Accepted"}
    if one.state is InviteState.NOT_THIS_TIME and not over:
        label = f"Invited after all{name}"[:_LABEL]
        yield Button(label, route, f"{one.id}:{InviteState.INVITED}")
    if one.state not in _OPEN:
        if one.state is InviteState.NOT_THIS_TIME and over:
            yield Button(f"They came after all{name}"[: _LABEL - 1] + "…", INVITE_CAME, forms)
        return
    if over:
        yield Button(f"They came{name}"[: _LABEL - 1] + "…", INVITE_CAME, forms, primary=True)
    else:
        ahead = [state for state in said if _OPEN.index(state) > _OPEN.index(one.state)]
        for state in ahead:
            label = f"{said[state]}{name}"[:_LABEL]
            yield Button(label, route, f"{one.id}:{state}", primary=state is ahead[0])
    yield Button(f"Not this time{name}"[: _LABEL - 1] + "…", INVITE_NOT, forms)


def _back(view: InviteView, reference: str) -> Iterator[Block]:
    if reference.endswith(f":{THERE}"):
        yield Buttons((Button("Back to the session", SESSION_SHOW, view.session.id),))
