"""The bodies of interactions and commands.

Shapes: https://docs.slack.dev/reference/interaction-payloads, and what Bolt's own tests feed it.
"""

from __future__ import annotations

from typing import Any

from sandbox.core import Core
from sandbox.records import VERIFICATION_TOKEN, App, Channel, Json, Message, User, View


class Payloads:
    """Builds payloads for one workspace."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def press_on_message(
        self,
        app: App,
        user: User,
        message: Message,
        action: Json,
        state: Json,
        response_url: str,
    ) -> Json:
        """block_actions from a message.

        Believed: an ephemeral message is not in it, for nothing is kept of it; `container` tells.
        """
        channel = self._core.workspace.channels[message.channel]
        container: Json = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": message.ephemeral_to is not None,
        }
        if message.thread_ts:
            container["thread_ts"] = message.thread_ts
        payload = {
            **self._interaction("block_actions", app, user),
            "container": container,
            "trigger_id": self._core.modals.issue_trigger(app, user.id),
            "channel": channel_stub(channel),
            "state": {"values": state},
            "response_url": response_url,
            "actions": [action],
        }
        if message.ephemeral_to is None:
            payload["message"] = self._core.messages.shown(message)
        return payload

    def press_in_view(self, app: App, user: User, view: View, action: Json) -> Json:
        """block_actions from a modal or the Home tab."""
        return {
            **self._interaction("block_actions", app, user),
            "container": {"type": "view", "view_id": view.id},
            "trigger_id": self._core.modals.issue_trigger(app, user.id),
            "view": self._core.modals.shown(view),
            "actions": [action],
        }

    def suggestion(self, app: App, user: User, view: View, ids: Json, typed: str) -> Json:
        """block_suggestion from a modal or the Home tab. It brings no trigger."""
        return {
            **self._interaction("block_suggestion", app, user),
            "container": {"type": "view", "view_id": view.id},
            **ids,
            "value": typed,
            "view": self._core.modals.shown(view),
        }

    def submission(self, app: App, user: User, view: View) -> Json:
        """view_submission."""
        return {
            **self._interaction("view_submission", app, user),
            "trigger_id": self._core.modals.issue_trigger(app, user.id),
            "view": self._core.modals.shown(view),
            "response_urls": [],
        }

    def closing(self, app: App, user: User, view: View, *, is_cleared: bool) -> Json:
        """view_closed. It brings no trigger: nothing can be opened in answer."""
        return {
            **self._interaction("view_closed", app, user),
            "view": self._core.modals.shown(view),
            "is_cleared": is_cleared,
        }

    def global_shortcut(self, app: App, user: User, callback_id: str) -> Json:
        """A shortcut from the lightning menu."""
        return {
            **self._interaction("shortcut", app, user),
            "action_ts": self._core.workspace.clock.next_ts(),
            "callback_id": callback_id,
            "trigger_id": self._core.modals.issue_trigger(app, user.id),
        }

    def message_shortcut(
        self, app: App, user: User, callback_id: str, message: Message, response_url: str
    ) -> Json:
        """A shortcut from a message's menu."""
        channel = self._core.workspace.channels[message.channel]
        return {
            **self._interaction("message_action", app, user),
            "action_ts": self._core.workspace.clock.next_ts(),
            "callback_id": callback_id,
            "trigger_id": self._core.modals.issue_trigger(app, user.id),
            "channel": channel_stub(channel),
            "message_ts": message.ts,
            "message": self._core.messages.shown(message),
            "response_url": response_url,
        }

    def command(
        self, app: App, user: User, command: str, text: str, channel: Channel, response_url: str
    ) -> Json:
        """A slash command: flat, all strings."""
        workspace = self._core.workspace
        return {
            "token": VERIFICATION_TOKEN,
            "team_id": workspace.id,
            "team_domain": workspace.domain,
            "channel_id": channel.id,
            "channel_name": channel_stub(channel)["name"],
            "user_id": user.id,
            "user_name": user.handle,
            "command": command,
            "text": text,
            "api_app_id": app.id,
            "is_enterprise_install": "false",
            "response_url": response_url,
            "trigger_id": self._core.modals.issue_trigger(app, user.id),
        }

    def _interaction(self, kind: str, app: App, user: User) -> dict[str, Any]:
        workspace = self._core.workspace
        return {
            "type": kind,
            "team": {"id": workspace.id, "domain": workspace.domain},
            "user": {
                "id": user.id,
                "username": user.handle,
                "name": user.handle,
                "team_id": workspace.id,
            },
            "api_app_id": app.id,
            "token": VERIFICATION_TOKEN,
            "enterprise": None,
            "is_enterprise_install": False,
        }


def channel_stub(channel: Channel) -> Json:
    """The channel as interactions name it: what is private keeps its name to itself."""
    names = {"im": "directmessage", "private_channel": "privategroup"}
    return {"id": channel.id, "name": names.get(channel.kind, channel.name)}
