"""Arriving: what the bot says of itself in a channel, and to whom it was given to ask."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from coaching.cadence import DIGEST
from coaching.delivery import Addressee, Delivery
from coaching.pack import load_packs
from coaching.ports import UnitOfWork
from coaching.team import Member, Role, Team
from coaching.use_cases.begin_team import has_begun, welcomed
from coaching.use_cases.welcome import BY_COMING, BY_PLAN, TAKEN_ON, welcomed_by
from conversation.compose.listening import read_there
from conversation.compose.phrases import day
from conversation.messages import (
    Block,
    Bold,
    Bullets,
    Button,
    Buttons,
    Channel,
    Form,
    Line,
    Message,
    Note,
    Paragraph,
    Person,
    line,
)
from conversation.routes import ARRIVAL_KEEPS, TEAM_LEAVE_OUT, TEAM_SET_UP, TEAM_TAKE_IN

__all__ = ["arrival", "welcome", "what_i_keep"]

_HELLO = "Hello, I'm Widelens."
_WHAT = (
    "On the weekday you choose I ask each of you up to three questions, about three minutes, on"
    " what this team is for and whom it serves beyond these walls. Before your meeting I bring back"
    " here what stands out."
)
_WONT = (
    "I don't read this channel unless your team switches that on. I ask nobody who doesn't want it."
    " What is anonymous can't be traced to anybody, by me either."
)
_KEEPS = Button("What I keep, and who sees it", ARRIVAL_KEEPS, "")


def arrival(uow: UnitOfWork, delivery: Delivery, _now: datetime) -> Message:
    """The bot's first words in a channel. Once a team is there, they no longer offer to set it up.

    To a team that was there before the bot, they are a sentence.
    """
    channel = delivery.subject
    team = uow.teams.one(channel=channel)
    if team is not None and delivery.team_id == team.id:
        sentence = f"{_HELLO} I'm here for {team.name}: what your answers bring comes here."
        return Message(sentence, (Paragraph(line(sentence)), Buttons((_KEEPS,))))
    begin = Button("Set this team up", TEAM_SET_UP, channel, primary=True)
    buttons = (_KEEPS,) if team else (begin, _KEEPS)
    text = f"{_HELLO} {_WHAT}" if team else f"{_HELLO} {_WHAT} Anybody here can set this team up."
    blocks: list[Block] = [Paragraph(line(f"{_HELLO} {_WHAT}")), Paragraph(line(_WONT))]
    if team is None:
        blocks.append(Note(line("Setting up takes three short steps. Nothing is asked before.")))
    return Message(text, (*blocks, Buttons(buttons)))


def what_i_keep() -> Form:
    """What is read and kept, and who sees it: a form to read."""
    return Form(
        "What I keep",
        (
            Paragraph(line(Bold("What I read"))),
            Bullets(
                (
                    line("What you send me: forms, buttons, and /widelens."),
                    line("The one message on which somebody uses a shortcut of mine."),
                    line(
                        "What is written in a team's channel, only where its lead or coach switched"
                        " that on and the channel was told. I keep nothing of it."
                    ),
                    line(
                        "Who is in this channel when the team is set up; then who comes and leaves."
                    ),
                )
            ),
            Paragraph(line(Bold("What I keep"))),
            Bullets(
                (
                    line("Who is on the team (ids, no addresses), and when you are asked."),
                    line("Your answers, breakdowns, and what I said to whom and when."),
                    line("All of it in the database of whoever runs me for you, nowhere else."),
                )
            ),
            Paragraph(line(Bold("Who sees an answer"))),
            Bullets(
                (
                    line("Each form says so, before you write anything."),
                    line(
                        Bold("With your name"),
                        ": everybody in the team's channel, also those who are not on the team;"
                        " where the team keeps words out of it, those on the team alone.",
                    ),
                    line(
                        Bold("In figures"),
                        ": the channel sees figures; your words go to lead and coach, nameless.",
                    ),
                    line(
                        Bold("Anonymous"),
                        ": kept without name or time, shown only once enough have answered.",
                    ),
                )
            ),
            Note(
                line(
                    "Whoever administers this workspace may be able to export channels and direct"
                    " messages, mine too. Who runs me can read my database."
                )
            ),
        ),
    )


def welcome(uow: UnitOfWork, delivery: Delivery, now: datetime) -> Message | str:
    """That a team is set up: one line in its channel, and to each person what comes.

    Who is not on it any more reads that where they were told.
    """
    if delivery.addressee is Addressee.CHANNEL:
        return _in_channel(uow.teams.get(delivery.subject), delivery.detail)
    found = welcomed(uow, delivery.subject)
    if found is None:
        over = _no_longer(uow.teams.get(delivery.team_id))
        return over if delivery.update_of else "left the team"
    team, member = found
    said = (
        _left_out(team)
        if member.asks_for_peace
        else (*_what_comes(team, member), _first(uow, team, member, now), *read_there(team))
    )
    how = _how(uow, team, member, welcomed_by(delivery))
    return Message(
        f"You are on {team.name} with me now: what comes, and how to be left out.",
        (Paragraph((*how, f" {_ROLES[member.role]}")), *said, *_ways_out(member)),
    )


def _how(uow: UnitOfWork, team: Team, member: Member, by: str) -> Line:
    """How they came onto the team: by whom, where a person did it."""
    if by == BY_COMING:
        return ("You came to ", Channel(team.channel), ", the channel of ", Bold(team.name), ".")
    if by == BY_PLAN:
        return ("Whoever runs me here added you to ", Bold(team.name), ".")
    if by.startswith(TAKEN_ON):
        return (Person(by.removeprefix(TAKEN_ON)), " has put you on ", Bold(team.name), " with me.")
    themselves = by == member.user
    done = "set up" if has_begun(uow, team, by) else "put you on"
    did = f" {'have' if themselves else 'has'} {done} "
    return ("You" if themselves else Person(by), did, Bold(team.name), " with me.")


def _no_longer(team: Team) -> Message:
    sentence = (
        f"You are not on {team.name} with me any more: I ask you nothing for it. What you wrote"
        " stays."
    )
    return Message(sentence, (Paragraph(line(sentence)),))


_ROLES = {
    Role.LEADER: "You are on the team.",
    Role.LEAD: "You lead it.",
    Role.COACH: "You coach it.",
}


def _in_channel(team: Team, user: str) -> Message:
    return Message(
        f"{team.name} is set up. Each of you gets a direct message with what comes and when.",
        (
            Paragraph(
                line(
                    Person(user),
                    f" has set up {team.name} with me. Each of you gets a direct message with what"
                    " comes, when first, and how to be left out.",
                )
            ),
        ),
    )


def _what_comes(team: Team, member: Member) -> tuple[Block, ...]:
    if member.role is Role.COACH:
        sentence = (
            "I ask you only what is for lead and coach. You hear from me when something needs you,"
            " and you read what is written for the two of you."
        )
        return (Paragraph(line(sentence)),)
    pack = load_packs().get(team.pack)
    what = f"{pack.name}: {pack.about} " if pack else ""
    sentence = (
        f"{what}What is due comes together, in one message and one form. You get at most"
        f" {team.budget} messages in seven days from me, and none in quiet hours."
    )
    return (Paragraph(line(sentence)),)


def _first(uow: UnitOfWork, team: Team, member: Member, now: datetime) -> Paragraph:
    cadences = uow.cadences.where(team_id=team.id, paused=False)
    asking = [one for one in cadences if one.practice != DIGEST and one.asks(member)]
    coming = [one.next_due_at for one in asking if one.at is None and one.next_due_at]
    later = [at for at in coming if at > now - timedelta(hours=12)]
    if member.role is Role.COACH or not later or team.slot is None:
        return Paragraph(line("Questions and their hours are yours to see with /widelens."))
    on = team.slot.day_from(min(later).astimezone(ZoneInfo(team.timezone)).date())
    when = f"{day(on)}, {team.slot.at:%H:%M}"
    return Paragraph(line("The next questions come on ", Bold(when), ", on your own clock."))


def _left_out(team: Team) -> tuple[Block, ...]:
    sentence = f"You are left out of {team.name}: I ask you nothing for it."
    return (Paragraph(line(sentence)),)


def _ways_out(member: Member) -> tuple[Block, ...]:
    if member.chosen.opted_out:
        return (Buttons((Button("Ask me again", TEAM_TAKE_IN, member.id),)),)
    if member.opted_out:
        return (Note(line("Your team's plan says so; whoever keeps the plan can change it.")),)
    note: Line = line("It holds at once, and you can undo it here.")
    return (Buttons((Button("Leave me out", TEAM_LEAVE_OUT, member.id),)), Note(note))
