"""Where every event arrives: each finds its handler, each known trouble becomes a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass

from coaching.errors import Refused, StoreUnavailable
from conversation.compose.forms import word_form
from conversation.events import (
    ChoicesSought,
    CommandGiven,
    Event,
    FormChanged,
    FormSubmitted,
    Keep,
    MessageShortcutUsed,
    Nothing,
    Offer,
    OpenForm,
    Pressed,
    Reply,
    ShortcutUsed,
    Whisper,
)
from conversation.messages import Message, Paragraph, line
from handlers import ROUTES, Services

__all__ = ["Desk"]

_UNKNOWN = (
    "I don't know this one any more: it comes from an older version of me."
    " /widelens shows what is open for you."
)
_NOT_KEPT = (
    "I couldn't save this, and I'd rather tell you than pretend. Your words are still in the form:"
    " press Send again in a minute."
)
_NOT_SHOWN = "I can't reach my records at the moment. Nothing is lost; try again in a minute."

_ACTS = (
    Pressed,
    FormSubmitted,
    FormChanged,
    ChoicesSought,
    CommandGiven,
    MessageShortcutUsed,
    ShortcutUsed,
)
"""What somebody does and waits for; all else comes again where it can't be kept."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Answers events. What a person did never fails without a sentence to them.

    An event that nobody waits for (somebody left) is raised where it can't be kept, so that the
    platform delivers it again.
    """

    services: Services

    async def respond(self, event: Event) -> Reply:
        """The reply to an event. Raises StoreUnavailable for events that are no person's act."""
        handler = ROUTES.get((type(event), getattr(event, "route", "")))
        if handler is None:
            return _say(event, _UNKNOWN)
        try:
            return await handler(self.services, event)
        except Refused as refused:
            return _say(event, refused.sentence, refused.fields)
        except StoreUnavailable:
            if not isinstance(event, _ACTS):
                raise
            return _say(event, _NOT_KEPT if isinstance(event, FormSubmitted) else _NOT_SHOWN)


def _say(event: Event, sentence: str, fields: Mapping[str, str] | None = None) -> Reply:
    """The sentence, where this event's person will see it; a form keeps what was typed.

    To who is still filling a form in nothing is said: that waits until they send it.
    """
    if isinstance(event, FormChanged):
        return Nothing()
    if isinstance(event, ChoicesSought):
        return Offer(())
    if isinstance(event, FormSubmitted):
        known = {key: problem for key, problem in (fields or {}).items() if key in event.values}
        first = next(iter(event.values), "")
        return Keep(known or {first: sentence})
    if isinstance(event, CommandGiven):
        return Whisper(Message(sentence, (Paragraph(line(sentence)),)))
    return OpenForm(word_form("Widelens", sentence))
