"""Listening: what is said of it to a team, and the offer to who wrote of something broken."""

from datetime import datetime
from zoneinfo import ZoneInfo

from coaching.breakdown import Breakdown
from coaching.delivery import Delivery
from coaching.overheard import Overheard
from coaching.ports import UnitOfWork
from coaching.team import Team
from coaching.use_cases.listen import ON
from conversation.compose.phrases import moment
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
    MessageLink,
    Note,
    Paragraph,
    Person,
    line,
)
from conversation.routes import (
    LISTEN_LOOK,
    LISTEN_NEVER,
    LISTEN_NO,
    LISTEN_OFF,
    LISTEN_OPEN,
    LISTEN_SET,
    WISH_LESS,
)

__all__ = ["announced", "begun_form", "home_part", "offer", "read_there", "stopped", "switch_form"]

_TITLE = "Listen in this channel"
_LESS = "Ask me less"


def offer(uow: UnitOfWork, delivery: Delivery, _now: datetime) -> Message | str:
    """What is offered to who wrote of something broken; said anew, what came of it."""
    team = uow.teams.get(delivery.team_id)
    member = uow.members.one(team_id=team.id, user=delivery.addressee_id)
    wants_none = member is not None and member.chosen.no_offers
    heard = Overheard.of(delivery)
    if delivery.update_of is not None:
        logged = _logged(uow, team, delivery.update_of)
        return _settled(heard, team, logged, wants_none=wants_none)
    if wants_none or not team.listening:
        return "nobody listens any more"
    question = "Shall we look at what's needed now?"
    said: Line = (*_what(heard, team), " sounds as if something broke down. ", question)
    return Message(
        f"What you wrote in your team's channel sounds as if something broke down. {question}",
        (
            Paragraph((*said, " Two minutes; I keep nothing unless you say so.")),
            Buttons(
                (
                    Button("Look at it", LISTEN_LOOK, delivery.id, primary=True),
                    Button("Not a breakdown", LISTEN_NO, delivery.id),
                    Button("Don't ask here", LISTEN_NEVER, delivery.id),
                )
            ),
        ),
    )


def announced(uow: UnitOfWork, delivery: Delivery, _now: datetime) -> Message | str:
    """To a channel: that it is listened to from now on, or no longer."""
    team = uow.teams.get(delivery.subject)
    way, user, _ = delivery.detail.split(" ")
    if team.listening is not (way == ON):
        return "switched again in the meantime"
    by = Person(user)
    if not team.listening:
        opening = "I no longer read what is written here."
        return Message(opening, (Paragraph(line(f"{opening} ", by, " switched it off.")),))
    opening = (
        f"From now on I read what people of {team.name} write here, to notice when something broke"
        " down."
    )
    more = (
        "Who wrote it gets a direct message from me, once a week at most: What's needed now? Nobody"
        " else learns of it, and I keep nothing that I read."
    )
    way_out = "Not for you? Ask me less switches it off for you, here or on your home; nobody is"
    return Message(
        f"{opening} I keep nothing of it.",
        (
            Paragraph(line(f"{opening} ", by, " switched it on.")),
            Paragraph(line(more)),
            Note(line(f"{way_out} told.")),
            Buttons((Button(_LESS, WISH_LESS, team.id),)),
        ),
    )


def switch_form(team: Team) -> Form:
    """What is read, what is kept and who sees what: to read before it is switched on."""
    return Form(
        _TITLE,
        (
            Paragraph(
                line(
                    "I would read what people of ",
                    Bold(team.name),
                    " write in ",
                    Channel(team.channel),
                    ", as it comes, to notice when something broke down.",
                )
            ),
            Bullets(
                (
                    line(
                        Bold("Who wrote it"),
                        " gets one offer from me, in a direct message: What's needed now? At most"
                        " one a week, and in no quiet hours.",
                    ),
                    line(
                        Bold("Nobody else"),
                        " learns of an offer, or of what becomes of it, not you either.",
                    ),
                    line(
                        Bold("I keep nothing"),
                        " of what I read. Only what they then log themselves is kept, and the form"
                        " says who sees it.",
                    ),
                    line(
                        Bold("Each can say no"),
                        " for themselves. Who is not on the team, or is away, is not read at all.",
                    ),
                    line(
                        Bold("The channel is told"),
                        " that you switched it on, before I read anything. Lead and coach can"
                        " switch it off at any time.",
                    ),
                )
            ),
            Buttons((Button("Switch on", LISTEN_SET, team.id, primary=True),)),
        ),
        cancel="Not now",
    )


def begun_form(team: Team) -> Form:
    """That it is on."""
    return Form(
        _TITLE,
        (
            Paragraph(
                line(
                    "It is on. I tell ",
                    Channel(team.channel),
                    " first, and read nothing before. Your home switches it off again.",
                )
            ),
        ),
    )


def stopped(team: Team) -> str:
    """What switching it off comes to."""
    return f"I no longer read {team.name}'s channel, and say so there."


def home_part(team: Team) -> tuple[Block, ...]:
    """On a home of lead or coach: whether the team's channel is read, and the switch."""
    if team.listening:
        words: Line = ("I read what people of the team write in ", Channel(team.channel))
        why = ", to offer help when something broke down. I keep nothing of it."
        switch = Button("Stop listening", LISTEN_OFF, team.id)
        return (Paragraph((Bold("Listening"), ": on. ", *words, why)), Buttons((switch,)))
    off: Line = (Bold("Listening"), ": off. I don't read ", Channel(team.channel), ".")
    return (Paragraph(off), Buttons((Button("Listen in this channel…", LISTEN_OPEN, team.id),)))


def read_there(team: Team) -> tuple[Block, ...]:
    """To who is new on a team: that its channel is read, where it is."""
    if not team.listening:
        return ()
    what: Line = ("What people of the team write in ", Channel(team.channel), " I read, to offer")
    more = " help when something broke down. I keep nothing of it; Ask me less switches it off"
    return (Paragraph((*what, more, " for you.")), Buttons((Button(_LESS, WISH_LESS, team.id),)))


def _what(heard: Overheard, team: Team) -> Line:
    at = moment(heard.at, ZoneInfo(team.timezone))
    link = MessageLink("What you wrote", heard.channel, heard.message)
    return (link, " in ", Channel(heard.channel), " (", at, ")")


def _settled(
    heard: Overheard, team: Team, logged: Breakdown | None, *, wants_none: bool
) -> Message:
    if logged is not None:
        sentence = "You logged it, and it has a message of its own."
        about: Line = (
            *_what(heard, team),
            ": ",
            Bold(logged.what.removesuffix(".")),
            f". {sentence}",
        )
        return Message(sentence, (Paragraph(about),))
    if wants_none:
        sentence = "I no longer read what you write there, and kept nothing. Nobody is told."
        return Message(
            sentence,
            (
                Paragraph((*_what(heard, team), f": {sentence}")),
                Note(line("Ask me less, here or on your home, switches it on again.")),
                Buttons((Button(_LESS, WISH_LESS, team.id),)),
            ),
        )
    sentence = "Not a breakdown: thank you. I kept nothing, and nobody is told."
    return Message(sentence, (Paragraph((*_what(heard, team), f". {sentence}")),))


def _logged(uow: UnitOfWork, team: Team, offer_id: str) -> Breakdown | None:
    """What was logged from the offer, which is what that round came of."""
    rounds = uow.rounds.where(team_id=team.id, occasion=offer_id)
    return uow.breakdowns.one(round_id=[one.id for one in rounds]) if rounds else None
