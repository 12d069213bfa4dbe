"""What people do, whatever the platform, and how it is answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from conversation.messages import Form, Message

__all__ = [
    "CommandGiven",
    "Event",
    "FormSubmitted",
    "Keep",
    "MessageShortcutUsed",
    "Nothing",
    "OpenForm",
    "PersonLeftChannel",
    "PersonLeftWorkspace",
    "Pressed",
    "ReplaceForm",
    "Reply",
    "Whisper",
]


@dataclass(frozen=True, slots=True)
class Pressed:
    """Somebody pressed a button: its route and value."""

    workspace_id: str
    user: str
    route: str
    value: str


@dataclass(frozen=True, slots=True)
class FormSubmitted:
    """Somebody sent a form: its route and reference, and what each field holds ("" where nothing).

    `values` has every field of the form, in reading order.
    """

    workspace_id: str
    user: str
    route: str
    reference: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CommandGiven:
    """Somebody gave the bot's command; `words` is what stood behind it."""

    workspace_id: str
    user: str
    channel: str
    words: str


@dataclass(frozen=True, slots=True)
class MessageShortcutUsed:
    """Somebody used a shortcut on a message. Its `text` is kept only if they then say so."""

    workspace_id: str
    user: str
    channel: str
    route: str
    text: str


@dataclass(frozen=True, slots=True)
class PersonLeftChannel:
    """Somebody left a channel, or was removed from it. `id` is the platform's id of the event."""

    id: str
    workspace_id: str
    user: str
    channel: str


@dataclass(frozen=True, slots=True)
class PersonLeftWorkspace:
    """Somebody's account was switched off."""

    id: str
    workspace_id: str
    user: str


Event = (
    Pressed
    | FormSubmitted
    | CommandGiven
    | MessageShortcutUsed
    | PersonLeftChannel
    | PersonLeftWorkspace
)


@dataclass(frozen=True, slots=True)
class Nothing:
    """Acknowledge. A form that was sent closes."""


@dataclass(frozen=True, slots=True)
class OpenForm:
    """Open a form for the person."""

    form: Form


@dataclass(frozen=True, slots=True)
class ReplaceForm:
    """Show this form where the sent one was."""

    form: Form


@dataclass(frozen=True, slots=True)
class Keep:
    """Keep the sent form open, with what was typed, and say these sentences under its fields."""

    problems: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Whisper:
    """Say this to the person alone, where they gave the command."""

    message: Message


Reply = Nothing | OpenForm | ReplaceForm | Keep | Whisper
