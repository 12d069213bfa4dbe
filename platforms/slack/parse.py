"""Bolt's payloads as events. Pure: what comes from Slack goes in, plain records come out.

Shapes: https://docs.slack.dev/reference/interaction-payloads and .../reference/events. A payload
that lacks what its kind always has raises KeyError.
"""

from collections.abc import Mapping
from typing import Any

from coaching.team import Workspace
from conversation.events import (
    BotCameToChannel,
    BotLeftChannel,
    ChannelMessageTyped,
    ChannelReopened,
    ChannelShut,
    ChoicesSought,
    CommandGiven,
    DirectMessageTyped,
    FormChanged,
    FormSubmitted,
    HomeOpened,
    MessageShortcutUsed,
    PersonCameToChannel,
    PersonLeftChannel,
    PersonLeftWorkspace,
    Pressed,
    ShortcutUsed,
)
from platforms.slack.choices import reference_of
from platforms.slack.forms import field_of, inputs_of, values_of
from platforms.slack.from_home import route_in
from platforms.slack.mrkdwn import as_plain, without_broken_characters
from platforms.slack.render import route_of

__all__ = [
    "Body",
    "bot_came_to_channel",
    "bot_left_channel",
    "channel_message_typed",
    "channel_reopened",
    "channel_shut",
    "choices_sought",
    "command_given",
    "direct_message_typed",
    "form_changed",
    "form_submitted",
    "global_shortcut_used",
    "home_opened",
    "is_written_in_channel",
    "is_written_to_bot",
    "person_came_to_channel",
    "person_left_channel",
    "person_left_workspace",
    "pressed",
    "shortcut_used",
]

Body = Mapping[str, Any]

_WRITTEN = frozenset({None, "file_share", "thread_broadcast"})


def command_given(body: Body, team_id: str) -> CommandGiven:
    """A slash command."""
    return CommandGiven(
        workspace_id=_workspace(team_id),
        user=body["user_id"],
        channel=body["channel_id"],
        words=without_broken_characters(as_plain(body.get("text", ""), {})).strip(),
    )


def pressed(body: Body, team_id: str) -> Pressed | None:
    """A press; None where what was used is no button."""
    action = body["actions"][0]
    if action["type"] != "button":
        return None
    return Pressed(
        workspace_id=_workspace(team_id),
        user=body["user"]["id"],
        route=route_of(action["action_id"]),
        value=action.get("value") or "",
    )


def form_submitted(body: Body, team_id: str) -> FormSubmitted:
    """A sent form, with every field in reading order."""
    view = body["view"]
    return FormSubmitted(
        workspace_id=_workspace(team_id),
        user=body["user"]["id"],
        route=route_in(view),
        reference=reference_of(view),
        values=_values(view),
    )


def form_changed(body: Body, team_id: str) -> FormChanged | None:
    """A change in a form that is not sent yet; None where what was used is no field of a form."""
    view = body.get("view") or {}
    field = field_of(body["actions"][0].get("block_id") or "")
    if view.get("type") != "modal" or field not in inputs_of(view):
        return None
    return FormChanged(
        workspace_id=_workspace(team_id),
        user=body["user"]["id"],
        route=route_in(view),
        reference=reference_of(view),
        values=_values(view),
        field=field,
    )


def choices_sought(body: Body, team_id: str) -> ChoicesSought | None:
    """Somebody types in a field whose choices are sought; None where that is in no form."""
    view = body.get("view") or {}
    if view.get("type") != "modal":
        return None
    return ChoicesSought(
        workspace_id=_workspace(team_id),
        user=body["user"]["id"],
        route=route_in(view),
        reference=reference_of(view),
        field=field_of(body["block_id"]),
        typed=without_broken_characters(body.get("value") or "").strip(),
    )


def shortcut_used(body: Body, team_id: str, names: Mapping[str, str]) -> MessageShortcutUsed:
    """A shortcut on a message, its text as a reader sees it; `names` are of whom it mentions."""
    text = as_plain(body["message"].get("text") or "", names)
    return MessageShortcutUsed(
        workspace_id=_workspace(team_id),
        user=body["user"]["id"],
        channel=body["channel"]["id"],
        route=body["callback_id"],
        text=without_broken_characters(text),
    )


def global_shortcut_used(body: Body, team_id: str) -> ShortcutUsed:
    """A shortcut on no message."""
    return ShortcutUsed(
        workspace_id=_workspace(team_id), user=body["user"]["id"], route=body["callback_id"]
    )


def is_written_to_bot(event: Body) -> bool:
    """Whether a message was written to the bot by a person, just now.

    Edits, deletions and what Slack itself says have a subtype; what a bot says has a `bot_id`.
    """
    in_person = event.get("subtype") in _WRITTEN and not event.get("bot_id")
    return bool(in_person and event.get("channel_type") == "im" and event.get("user"))


def direct_message_typed(body: Body, team_id: str, names: Mapping[str, str]) -> DirectMessageTyped:
    """Words that were written to the bot, as a reader sees them; no words where a file came."""
    event = body["event"]
    text = "" if event.get("files") else as_plain(event.get("text") or "", names)
    thread = event.get("thread_ts") or ""
    return DirectMessageTyped(
        id=body["event_id"],
        workspace_id=_workspace(team_id),
        user=event["user"],
        text=without_broken_characters(text),
        beneath="" if thread == event["ts"] else thread,
    )


def is_written_in_channel(event: Body) -> bool:
    """Whether a message is a person's own in a channel, just now.

    A reply that is sent to the channel as well comes a second time, with a subtype.
    """
    in_person = event.get("subtype") in {None, "file_share"} and not event.get("bot_id")
    in_channel = event.get("channel_type") in {"channel", "group"}
    return bool(in_person and in_channel and event.get("user"))


def channel_message_typed(body: Body, team_id: str) -> ChannelMessageTyped:
    """Words that were written in a channel. Whom they mention is not looked up for them."""
    event = body["event"]
    return ChannelMessageTyped(
        id=body["event_id"],
        workspace_id=_workspace(team_id),
        user=event["user"],
        channel=event["channel"],
        message=event["ts"],
        text=as_plain(event.get("text") or "", {}),
    )


def home_opened(body: Body, team_id: str) -> HomeOpened | None:
    """Somebody looks at the app's home; None where it is its messages that they opened."""
    event = body["event"]
    if event["tab"] != "home":
        return None
    return HomeOpened(workspace_id=_workspace(team_id), user=event["user"])


def bot_came_to_channel(body: Body, team_id: str, bot_user_id: str) -> BotCameToChannel | None:
    """The bot was added to a channel; None where somebody else came."""
    event = body["event"]
    if event["user"] != bot_user_id:
        return None
    return BotCameToChannel(
        id=body["event_id"],
        workspace_id=_workspace(team_id),
        user=event.get("inviter") or "",
        channel=event["channel"],
    )


def person_came_to_channel(
    body: Body, team_id: str, bot_user_id: str
) -> PersonCameToChannel | None:
    """Somebody came to a channel; None where it is the bot itself, which is no person."""
    event = body["event"]
    if event["user"] == bot_user_id:
        return None
    return PersonCameToChannel(
        id=body["event_id"],
        workspace_id=_workspace(team_id),
        user=event["user"],
        channel=event["channel"],
        inviter=event.get("inviter") or "",
    )


def bot_left_channel(body: Body, team_id: str) -> BotLeftChannel:
    """The bot was taken out of a channel."""
    return BotLeftChannel(
        id=body["event_id"], workspace_id=_workspace(team_id), channel=body["event"]["channel"]
    )


def channel_shut(body: Body, team_id: str) -> ChannelShut:
    """A channel was archived or deleted."""
    return ChannelShut(
        id=body["event_id"], workspace_id=_workspace(team_id), channel=body["event"]["channel"]
    )


def channel_reopened(body: Body, team_id: str) -> ChannelReopened:
    """A channel was taken out of the archive."""
    return ChannelReopened(
        id=body["event_id"], workspace_id=_workspace(team_id), channel=body["event"]["channel"]
    )


def person_left_channel(body: Body, team_id: str, bot_user_id: str) -> PersonLeftChannel | None:
    """Somebody left a channel; None where it is the bot itself, which is no person."""
    event = body["event"]
    if event["user"] == bot_user_id:
        return None
    return PersonLeftChannel(
        id=body["event_id"],
        workspace_id=_workspace(team_id),
        user=event["user"],
        channel=event["channel"],
    )


def person_left_workspace(body: Body, team_id: str) -> PersonLeftWorkspace | None:
    """Somebody's account was switched off; None for every other change of a profile."""
    user = body["event"]["user"]
    if not user.get("deleted") or user.get("is_bot"):
        return None
    return PersonLeftWorkspace(
        id=body["event_id"], workspace_id=_workspace(team_id), user=user["id"]
    )


def _values(view: Mapping[str, Any]) -> dict[str, str]:
    return {field: without_broken_characters(value) for field, value in values_of(view).items()}


def _workspace(team_id: str) -> str:
    return Workspace.of("slack", team_id).id
