"""What people do, whatever the platform, and how it is answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from conversation.messages import Form, Home, Message

__all__ = [
    "BotCameToChannel",
    "BotLeftChannel",
    "ChannelMessageTyped",
    "ChannelReopened",
    "ChannelShut",
    "ChoicesSought",
    "CommandGiven",
    "DirectMessageTyped",
    "Event",
    "FormChanged",
    "FormSubmitted",
    "HomeOpened",
    "Keep",
    "MessageShortcutUsed",
    "Nothing",
    "Offer",
    "OpenForm",
    "PersonCameToChannel",
    "PersonLeftChannel",
    "PersonLeftWorkspace",
    "Pressed",
    "ReplaceForm",
    "Reply",
    "ShortcutUsed",
    "ShowHome",
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
class FormChanged:
    """Somebody changed a field that is watched, and has not sent the form: as `FormSubmitted`.

    `field` is the one they changed. The form that is to replace it (`ReplaceForm`) says by each
    field's `initial` what that is to hold; one that says nothing keeps what is in it.
    """

    workspace_id: str
    user: str
    route: str
    reference: str
    values: Mapping[str, str]
    field: str


@dataclass(frozen=True, slots=True)
class ChoicesSought:
    """Somebody looks for a choice of a field that has too many to show; `typed` is how far."""

    workspace_id: str
    user: str
    route: str
    reference: str
    field: str
    typed: str


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
class ShortcutUsed:
    """Somebody used a shortcut that belongs to no message."""

    workspace_id: str
    user: str
    route: str


@dataclass(frozen=True, slots=True)
class DirectMessageTyped:
    """Somebody wrote to the bot, with no form. `id` is the platform's id of the event.

    `text` is "" where what they sent is more than words. `beneath` is the platform's id of the
    message to which it is a reply, "" where it stands alone.
    """

    id: str
    workspace_id: str
    user: str
    text: str
    beneath: str = ""


@dataclass(frozen=True, slots=True)
class ChannelMessageTyped:
    """Somebody wrote in a channel that the bot is in, just now and not as an edit.

    `message` is the platform's id of the message. Whether anybody reads `text` depends on what the
    team switched on; it is kept nowhere.
    """

    id: str
    workspace_id: str
    user: str
    channel: str
    message: str
    text: str


@dataclass(frozen=True, slots=True)
class HomeOpened:
    """Somebody opened their own page with the bot."""

    workspace_id: str
    user: str


@dataclass(frozen=True, slots=True)
class BotCameToChannel:
    """The bot was added to a channel, by `user` ("" where the platform does not say)."""

    id: str
    workspace_id: str
    user: str
    channel: str


@dataclass(frozen=True, slots=True)
class BotLeftChannel:
    """The bot was taken out of a channel."""

    id: str
    workspace_id: str
    channel: str


@dataclass(frozen=True, slots=True)
class ChannelShut:
    """A channel was archived or deleted: nobody can write there any more."""

    id: str
    workspace_id: str
    channel: str


@dataclass(frozen=True, slots=True)
class ChannelReopened:
    """A channel that was archived takes messages again."""

    id: str
    workspace_id: str
    channel: str


@dataclass(frozen=True, slots=True)
class PersonCameToChannel:
    """Somebody came to a channel, taken there by `inviter` ("" where they came by themselves)."""

    id: str
    workspace_id: str
    user: str
    channel: str
    inviter: str


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
    | FormChanged
    | ChoicesSought
    | CommandGiven
    | MessageShortcutUsed
    | ShortcutUsed
    | DirectMessageTyped
    | ChannelMessageTyped
    | HomeOpened
    | BotCameToChannel
    | BotLeftChannel
    | ChannelShut
    | ChannelReopened
    | PersonCameToChannel
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


@dataclass(frozen=True, slots=True)
class ShowHome:
    """Show this on the person's own page; a form that was sent closes."""

    home: Home


@dataclass(frozen=True, slots=True)
class Offer:
    """Offer these choices of a field, a hundred at most, as the person types."""

    choices: tuple[str, ...]


Reply = Nothing | OpenForm | ReplaceForm | Keep | Whisper | ShowHome | Offer
