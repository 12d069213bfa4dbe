"""Notes to the coach: what went wrong, and what a person can do about it."""

from datetime import datetime

from coaching.delivery import Addressee, Delivery
from coaching.ports import UnitOfWork
from coaching.team import Team
from coaching.use_cases.reach_channel import BACK, REMOVED, SHUT, is_out_of_reach
from coaching.use_cases.tell_coach import CAME, LEFT, OUT_OF_REACH, UNPINNED
from conversation.compose.comings import came, left
from conversation.compose.undelivered import FIND_THE_SCOPE, not_to_person
from conversation.messages import Message, Note, Paragraph, line

__all__ = ["note"]


def note(uow: UnitOfWork, delivery: Delivery, _now: datetime) -> Message | str:
    """A note, with its mend."""
    team = uow.teams.get(delivery.team_id)
    word, _, rest = delivery.detail.partition(":")
    if word == LEFT:
        return left(uow, delivery)
    if word == CAME:
        return came(uow, delivery)
    if word == OUT_OF_REACH:
        return _out_of_reach(team, rest) if is_out_of_reach(uow, team.id) else _REACHED
    if word == BACK:
        return _back()
    if word == UNPINNED:
        return _unpinned(team, rest)
    addressee, _, reason = rest.partition(":")
    mend = _MENDS.get(reason, _SAY_SO)
    if addressee == Addressee.PERSON:
        return not_to_person(team, delivery.subject, reason, mend)
    return Message(
        f"I can't say something to {team.name}: Slack answered {reason}.",
        (
            Paragraph(line(f"I can't write to {team.name}'s channel. Slack answered: {reason}.")),
            Note(line(mend)),
        ),
    )


def _out_of_reach(team: Team, reason: str) -> Message:
    what, mend = _LOST.get(reason, (_NO_WRITING, ""))
    opening = f"{what.format(team.name)}, so I ask nobody there for now."
    mended = mend or f"Slack answered: {reason}. {_MENDS.get(reason, _SAY_SO)}"
    return Message(
        opening,
        (
            Paragraph(
                line(
                    f"{opening} What is open still takes answers, and nothing that was answered is"
                    f" lost. {_BY_MYSELF.get(reason, _WITHIN_THE_HOUR)}"
                )
            ),
            Note(line(mended)),
        ),
    )


def _unpinned(team: Team, reason: str) -> Message:
    told = f"I posted the purpose of {team.name}, but I can't pin it in the channel."
    mend = _MENDS.get(reason, f"Slack answered: {reason}. {_PIN_IT}")
    return Message(told, (Paragraph(line(told)), Note(line(mend))))


def _back() -> Message:
    sentence = (
        "I couldn't write here for a while, and asked nobody meanwhile. Now I can again; what came"
        " in before follows, and the next questions come as usual."
    )
    return Message(sentence, (Paragraph(line(sentence)),))


_PIN_IT = "Somebody in the channel can pin it by hand."
_REACHED = "the channel takes messages again"
_NO_WRITING = "I can't write in {}'s channel any more"
_WITHIN_THE_HOUR = "Once I can write there again, I go on by myself within the hour."
_INVITE = "Add me to the channel again (/invite)."
_LOST = {
    REMOVED: ("I was taken out of {}'s channel", _INVITE),
    SHUT: (
        "{}'s channel was archived or deleted",
        "An archived channel can be opened again. Instead of a deleted one, add me to another:"
        " the team can be set up anew there.",
    ),
}
"""What the platform told before anything was refused, and what a person can do."""
_BY_MYSELF = {
    REMOVED: "Once I am back, I go on by myself.",
    SHUT: "Once it is open again, I go on by myself.",
}
_SAY_SO = "Whoever looks after me can look this up in the list of errors in my documentation."
_MENDS = {
    "missing_scope": f"A permission of mine is missing. {FIND_THE_SCOPE}",
    "is_archived": "The channel is archived. Open it again, or give the team another channel.",
    "not_in_channel": _INVITE,
    "channel_not_found": _INVITE,
    "restricted_action": "A setting of the workspace forbids it. An administrator can allow it.",
}
