"""Bolt's payloads as events. Pure: what comes from Slack goes in, plain records come out.

Shapes: https://docs.slack.dev/reference/interaction-payloads and .../reference/events. A payload
that lacks what its kind always has raises KeyError.
"""

from collections.abc import Mapping
from typing import Any

from coaching.team import Workspace
from conversation.events import (
    CommandGiven,
    FormSubmitted,
    MessageShortcutUsed,
    PersonLeftChannel,
    PersonLeftWorkspace,
    Pressed,
)
from platforms.slack.choices import reference_of
from platforms.slack.forms import values_of
from platforms.slack.mrkdwn import as_plain, without_broken_characters
from platforms.slack.render import route_of

__all__ = [
    "Body",
    "command_given",
    "form_submitted",
    "person_left_channel",
    "person_left_workspace",
    "pressed",
    "shortcut_used",
]

Body = Mapping[str, Any]


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
        route=view["callback_id"],
        reference=reference_of(view),
        values={
            field: without_broken_characters(value) for field, value in values_of(view).items()
        },
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


def _workspace(team_id: str) -> str:
    return Workspace.of("slack", team_id).id
