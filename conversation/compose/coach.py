"""Notes to the coach: what went wrong, and what a person can do about it."""

from datetime import datetime

from coaching.delivery import Addressee, Delivery
from coaching.ports import UnitOfWork
from coaching.use_cases.tell_coach import LEFT
from conversation.messages import Line, Message, Note, Paragraph, Person, line

__all__ = ["note"]


def note(uow: UnitOfWork, delivery: Delivery, _now: datetime) -> Message | str:
    """A note, with its mend."""
    team = uow.teams.get(delivery.team_id)
    if delivery.detail == LEFT:
        return Message(
            f"Somebody has left {team.name}; I no longer ask them.",
            (
                Paragraph(
                    line(Person(delivery.subject), f" has left {team.name}. I no longer ask them.")
                ),
                Note(line("What they wrote stays. If they are back, add them to the team again.")),
            ),
        )
    _, addressee, reason = delivery.detail.split(":", 2)
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


_SAY_SO = "Whoever looks after me can look this up in the list of errors in my documentation."
_INVITE = "Add me to the channel again (/invite), and the next round comes as usual."
_MENDS = {
    "is_archived": "The channel is archived. Open it again, or give the team another channel.",
    "not_in_channel": _INVITE,
    "channel_not_found": _INVITE,
    "restricted_action": "A setting of the workspace forbids it. An administrator can allow it.",
}
