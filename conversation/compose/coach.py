"""Notes to the coach: what went wrong, and what a person can do about it."""

from datetime import datetime

from coaching.delivery import Addressee, Delivery
from coaching.ports import UnitOfWork
from coaching.team import Team
from coaching.use_cases.reach_channel import BACK
from coaching.use_cases.tell_coach import LEFT, OUT_OF_REACH
from conversation.messages import Line, Message, Note, Paragraph, Person, line

__all__ = ["note"]


def note(uow: UnitOfWork, delivery: Delivery, _now: datetime) -> Message | str:
    """A note, with its mend."""
    team = uow.teams.get(delivery.team_id)
    word, _, rest = delivery.detail.partition(":")
    if word == LEFT:
        return _left(team, delivery.subject)
    if word == OUT_OF_REACH:
        return _out_of_reach(team, rest)
    if word == BACK:
        return _back()
    addressee, _, reason = rest.partition(":")
    whom: Line = (
        line(Person(delivery.subject))
        if addressee == Addressee.PERSON
        else line(f"{team.name}'s channel")
    )
    return Message(
        f"I can't say something to {team.name}: Slack answered {reason}.",
        (
            Paragraph(("I could not write to ", *whom, f". Slack answered: {reason}.")),
            Note(line(_MENDS.get(reason, _SAY_SO))),
        ),
    )


def _left(team: Team, user: str) -> Message:
    return Message(
        f"Somebody has left {team.name}; I no longer ask them.",
        (
            Paragraph(line(Person(user), f" has left {team.name}. I no longer ask them.")),
            Note(line("What they wrote stays. If they are back, add them to the team again.")),
        ),
    )


def _out_of_reach(team: Team, reason: str) -> Message:
    opening = f"I can't write in {team.name}'s channel any more, so I ask nobody there for now."
    return Message(
        opening,
        (
            Paragraph(
                line(
                    f"{opening} What is open still takes answers, and nothing that was answered is"
                    " lost. Once I can write there again, I go on by myself within the hour."
                )
            ),
            Note(line(f"Slack answered: {reason}. {_MENDS.get(reason, _SAY_SO)}")),
        ),
    )


def _back() -> Message:
    sentence = (
        "I couldn't write here for a while, and asked nobody meanwhile. Now I can again; what came"
        " in before follows, and the next questions come as usual."
    )
    return Message(sentence, (Paragraph(line(sentence)),))


_SAY_SO = "Whoever looks after me can look this up in the list of errors in my documentation."
_INVITE = "Add me to the channel again (/invite)."
_MENDS = {
    "is_archived": "The channel is archived. Open it again, or give the team another channel.",
    "not_in_channel": _INVITE,
    "channel_not_found": _INVITE,
    "restricted_action": "A setting of the workspace forbids it. An administrator can allow it.",
}
