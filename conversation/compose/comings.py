"""Notes about people who came to a team's channel, or left it: to its lead or its coach."""

from coaching.delivery import Delivery
from coaching.ports import UnitOfWork
from coaching.team import Member, Role, Team
from coaching.use_cases.kept_off import is_kept_off
from coaching.use_cases.welcome import times_welcomed
from conversation.messages import (
    Block,
    Bold,
    Button,
    Buttons,
    Channel,
    Line,
    Message,
    Note,
    Paragraph,
    Person,
    line,
)
from conversation.routes import TEAM_LET_GO, TEAM_TAKE_ON

__all__ = ["came", "left"]

_ASKED_FIRST = (
    "From a public channel I take nobody onto a team by myself, nor guests, nor people from outside"
    " the workspace. Unless you say so, I ask them nothing."
)
_ROLES = {Role.LEADER: "is on", Role.LEAD: "leads", Role.COACH: "coaches"}


def came(uow: UnitOfWork, delivery: Delivery) -> Message:
    """Somebody came to the team's channel: on the team by that, or only if the reader says so."""
    team = uow.teams.get(delivery.team_id)
    user = delivery.subject.removeprefix(f"{team.id}:")
    member = uow.members.one(team_id=team.id, user=user)
    if member is not None and member.active:
        return _on_it(team, member, delivery.subject)
    if is_kept_off(uow, team.id, user):
        return _kept_off(team, user, delivery.subject)
    before = int(delivery.detail.rpartition(":")[2])
    if member is not None and times_welcomed(uow, member) > before:
        sentence = f" came to {team.name}'s channel, and has left the team since."
        return _said(team, line(Person(user), sentence))
    return _to_be_said(team, user, delivery.subject)


def _on_it(team: Team, member: Member, place: str) -> Message:
    user = Person(member.user)
    is_now = f", and {_ROLES[member.role]} "
    opening: Line = (user, " came to ", Channel(team.channel), is_now, Bold(team.name), " now.")
    if member.role is not Role.LEADER:
        return _said(team, opening)
    return _said(
        team,
        (*opening, " I have told them what comes, and how to be left out."),
        Note(line("A coach, or another lead, is chosen with /widelens setup in the channel.")),
        Buttons((Button("Not on the team", TEAM_LET_GO, place),)),
    )


def _kept_off(team: Team, user: str, place: str) -> Message:
    return _said(
        team,
        line(
            Person(user),
            " is not on ",
            Bold(team.name),
            ", as its lead or coach said. I ask them nothing, and don't bring it up again.",
        ),
        Buttons((Button("Take them onto the team", TEAM_TAKE_ON, place),)),
    )


def _to_be_said(team: Team, user: str, place: str) -> Message:
    return _said(
        team,
        line(
            Person(user), " came to ", Channel(team.channel), ". Are they on ", Bold(team.name), "?"
        ),
        Note(line(_ASKED_FIRST)),
        Buttons((Button("Take them onto the team", TEAM_TAKE_ON, place, primary=True),)),
    )


def _said(team: Team, opening: Line, *more: Block) -> Message:
    return Message(f"Somebody came to {team.name}'s channel.", (Paragraph(opening), *more))


def left(uow: UnitOfWork, delivery: Delivery) -> Message:
    """Somebody left the team; and what is to be done where nobody leads it now."""
    team, user = uow.teams.get(delivery.team_id), delivery.subject
    said: list[Block] = [
        Paragraph(line(Person(user), f" has left {team.name}. I no longer ask them."))
    ]
    if uow.members.one(team_id=team.id, role=Role.LEAD, active=True) is None:
        said.append(
            Paragraph(
                line(
                    Bold("Nobody leads the team now."),
                    " Choose who does with /widelens setup in ",
                    Channel(team.channel),
                    ". Until then the questions go on, and what is for the lead comes to you.",
                )
            )
        )
    said.append(
        Note(line("What they wrote stays. Should they come to the channel again, you hear of it."))
    )
    return Message(f"Somebody has left {team.name}; I no longer ask them.", tuple(said))
