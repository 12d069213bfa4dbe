"""People at messages: pressing, using shortcuts, typing commands."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sandbox.acting import Acts, Outcome, outcome_of
from sandbox.block_kit import initial_state
from sandbox.block_kit.state import Values
from sandbox.core import Core
from sandbox.delivery import Receipt
from sandbox.errors import NotPossible, SlackError
from sandbox.pressing import find_pressed, press
from sandbox.records import App, Channel, Json, Message, ResponseUrl, User


class People(Acts):
    """Acts on messages and in channels."""

    def __init__(self, core: Core) -> None:
        super().__init__(core)
        self._message_states: dict[tuple[str, str, str], Values] = {}

    async def press(
        self,
        user_id: str,
        channel: str,
        ts: str,
        label: str | None = None,
        action_id: str | None = None,
        block_id: str | None = None,
        value: Any = None,
        wait: float = 0.0,
    ) -> Json:
        """Press a button, or choose from a menu, in a message."""
        user = self.acting(user_id)
        message = self._message(user, channel, ts)
        if message.app_id is None:
            raise NotPossible("only an app's message has something to press")
        app = self._core.workspace.apps[message.app_id]
        block, element, choice = find_pressed(message.blocks, label, action_id, block_id, value)
        key = (channel, ts, user.id)
        state = initial_state({"blocks": message.blocks})
        for its_block, entries in self._message_states.get(key, {}).items():
            if its_block in state:
                state[its_block] |= entries
        action_ts = self._core.workspace.clock.next_ts()
        action, state = press(block, element, choice, state, action_ts)
        self._message_states[key] = state
        self.note("pressed", user, label or element["action_id"], channel=channel, ts=ts)
        path, record = self._core.response_urls.issue(app, user.id, channel, message)
        payload = self._payloads.press_on_message(
            app, user, message, action, state, self._core.url + path
        )
        return await self.interact(app, user, payload, record, wait)

    def chosen(self, user_id: str, channel: str, ts: str) -> Values:
        """What a person has chosen so far in a message's menus."""
        return self._message_states.get((channel, ts, user_id), {})

    # Shortcuts and commands

    async def shortcut(
        self,
        user_id: str,
        name: str,
        channel: str | None = None,
        ts: str | None = None,
        wait: float = 0.0,
    ) -> Json:
        """Use a shortcut, by callback id or name: a message's where one is given, else global."""
        user = self.acting(user_id)
        wanted = "message" if ts else "global"
        app, shortcut = self._shortcut(name, wanted)
        callback_id = shortcut["callback_id"]
        self.note("shortcut_used", user, callback_id, channel=channel, ts=ts)
        if channel is None or ts is None:
            payload = self._payloads.global_shortcut(app, user, callback_id)
            return await self.interact(app, user, payload, None, wait)
        message = self._message(user, channel, ts)
        path, record = self._core.response_urls.issue(app, user.id, channel, message)
        payload = self._payloads.message_shortcut(
            app, user, callback_id, message, self._core.url + path
        )
        return await self.interact(app, user, payload, record, wait)

    def _shortcut(self, name: str, kind: str) -> tuple[App, Json]:
        known = []
        for app in self._core.workspace.active_apps():
            for shortcut in app.shortcuts:
                known.append(f"{shortcut['callback_id']} ({shortcut['type']})")
                if name in (shortcut["callback_id"], shortcut["name"]) and shortcut["type"] == kind:
                    return app, shortcut
        raise LookupError(f"no {kind} shortcut {name!r}; there are {known}")

    async def command(
        self,
        user_id: str,
        command: str,
        text: str = "",
        channel: str | None = None,
        wait: float = 0.0,
    ) -> Json:
        """Type a slash command; in the direct message with the app where no channel is given.

        The sentences about failure are those of Slack's client, with the errors that the guide
        names (https://docs.slack.dev/interactivity/implementing-slash-commands); that an answer
        with wrong blocks is told in the same way is believed.
        """
        user = self.acting(user_id)
        app = next((a for a in self._core.workspace.active_apps() if command in a.commands), None)
        if app is None:
            return asdict(Outcome(accepted=False, problem=f"{command} is not a valid command."))
        place = self._place(user, app, channel)
        self.note("command_typed", user, f"{command} {text}".strip(), channel=place.id)
        before = self.top(user)
        path, record = self._core.response_urls.issue(app, user.id, place.id)
        payload = self._payloads.command(app, user, command, text, place, self._core.url + path)
        receipt, milliseconds = await self._core.delivery.interact(app, "slash_commands", payload)
        outcome = outcome_of(receipt, milliseconds)
        error = self._said(command, receipt, record)
        if error:
            outcome.problem = f'{command} failed with the error "{error}"'
        return await self.finished(outcome, user, before, record, wait)

    def _said(self, command: str, receipt: Receipt, record: ResponseUrl) -> str:
        """Show what the app has acknowledged a command with; the error where that can't be."""
        if not receipt.accepted:
            return "operation_timeout" if "timeout" in receipt.problem else "dispatch_failed"
        if not receipt.body:
            return ""
        answer = receipt.body if isinstance(receipt.body, dict) else {"text": receipt.body}
        try:
            said = self._core.response_urls.apply(record, answer)
        except SlackError as refusal:
            self._core.workspace.mistakes.note_refusal(command, refusal)
            return refusal.code
        if said is not None:
            record.posted.insert(0, said)
        return ""

    def _message(self, user: User, channel: str, ts: str) -> Message:
        found = self._core.messages.find_ephemeral(channel, ts, user.id)
        if found is None and user.id in self._core.workspace.channel(channel).members:
            found = self._core.messages.find(channel, ts)
        if found is None:
            raise LookupError(f"{user.name} sees no message {ts} in {channel}")
        return found

    def _place(self, user: User, app: App, channel: str | None) -> Channel:
        if channel is None:
            return self._core.workspace.open_dm(app, user.id)
        place = self._core.workspace.channel(channel)
        if user.id not in place.members:
            raise NotPossible(f"{user.name} is not in {place.name}")
        return place
