"""The messages of the workspace: stored, changed, listed, and shown as Slack shows them."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sandbox.block_kit import interactive_elements, plain_text, with_generated_ids
from sandbox.events import Events
from sandbox.message_objects import as_rich_text, bot_fields, reaction_objects
from sandbox.records import App, Channel, Json, Message
from sandbox.workspace import Workspace


class Messages:
    """All messages, by channel and `ts`. Ephemeral ones are kept apart, never in a history."""

    def __init__(self, workspace: Workspace, events: Events) -> None:
        self._workspace = workspace
        self._events = events
        self._stored: defaultdict[str, dict[str, Message]] = defaultdict(dict)
        self._threads: defaultdict[tuple[str, str], list[Message]] = defaultdict(list)
        self._ephemeral: list[Message] = []

    # Reading

    def find(self, channel: str, ts: str) -> Message | None:
        """The message with that `ts`, if it exists and is not ephemeral."""
        return self._stored[channel].get(ts)

    def find_ephemeral(self, channel: str, ts: str, user: str) -> Message | None:
        """The ephemeral message with that `ts`, if this person sees it."""
        for message in self._ephemeral:
            if (message.channel, message.ts, message.ephemeral_to) == (channel, ts, user):
                return message
        return None

    def of(self, channel: str) -> list[Message]:
        """A channel's messages, oldest first, replies included."""
        return list(self._stored[channel].values())

    def newest_first(self, channel: str) -> Iterator[Message]:
        """A channel's messages from the newest back, replies included."""
        return reversed(self._stored[channel].values())

    def replies_to(self, channel: str, ts: str) -> list[Message]:
        """The replies under a message, oldest first."""
        return list(self._threads.get((channel, ts), ()))

    def ephemerals(self, user: str | None = None, channel: str | None = None) -> list[Message]:
        """Ephemeral messages, oldest first."""
        return [
            m
            for m in self._ephemeral
            if user in (None, m.ephemeral_to) and channel in (None, m.channel)
        ]

    def __iter__(self) -> Iterator[Message]:
        for messages in self._stored.values():
            yield from messages.values()

    # Writing

    def post(
        self,
        channel: Channel,
        user: str,
        text: str,
        *,
        blocks: list[Json] | None = None,
        attachments: list[Json] | None = None,
        metadata: Json | None = None,
        thread_ts: str | None = None,
        broadcast: bool = False,
        app: App | None = None,
        files: list[Json] | None = None,
    ) -> Message:
        """Store a message and tell the apps."""
        message = Message(
            channel=channel.id,
            ts=self._workspace.clock.next_ts(),
            user=user,
            text=text,
            blocks=self._with_ids(blocks),
            attachments=attachments or [],
            metadata=metadata,
            thread_ts=thread_ts,
            broadcast=broadcast,
            app_id=app.id if app else None,
            client_msg_id=None if app else str(uuid.uuid4()),
            files=files or [],
        )
        self._stored[channel.id][message.ts] = message
        if message.is_reply:
            self._threads[channel.id, str(thread_ts)].append(message)
        self._hold_to_text(message)
        self._note("message_posted", message)
        self._events.message_posted(channel, self.shown(message), text)
        return message

    def post_ephemeral(
        self,
        channel: Channel,
        to: str,
        app: App,
        text: str,
        blocks: list[Json] | None = None,
        thread_ts: str | None = None,
    ) -> Message:
        """Show a message to one person. No event, no history."""
        message = Message(
            channel=channel.id,
            ts=self._workspace.clock.next_ts(),
            user=app.installation.bot_user_id,
            text=text,
            blocks=self._with_ids(blocks),
            thread_ts=thread_ts,
            app_id=app.id,
            ephemeral_to=to,
        )
        self._ephemeral.append(message)
        self._hold_to_text(message)
        self._note("ephemeral", message)
        return message

    def change(
        self,
        message: Message,
        by: str,
        *,
        text: str | None = None,
        blocks: list[Json] | None = None,
        attachments: list[Json] | None = None,
        metadata: Json | None = None,
    ) -> None:
        """Put new content in place of the old; `None` leaves a part as it was."""
        before = self.shown(message)
        if text is not None:
            message.text = text
        if blocks is not None:
            message.blocks = self._with_ids(blocks)
        if attachments is not None:
            message.attachments = attachments
        if metadata is not None:
            message.metadata = metadata or None
        message.edits += 1
        if message.ephemeral_to is None:
            event_ts = self._workspace.clock.next_ts()
            message.edited = {"user": by, "ts": event_ts}
            channel = self._workspace.channels[message.channel]
            self._events.message_changed(channel, self.shown(message), before, event_ts)
        self._hold_to_text(message)
        self._note("message_updated", message)

    def lose(self, file_id: str, channel: str, ts: str) -> None:
        """A file was deleted: its message keeps a tombstone of it."""
        message = self.find(channel, ts)
        if message is not None:
            # A file object's `mode` is then "tombstone", as the types of Slack's SDKs name it.
            message.files = [
                {"id": file_id, "mode": "tombstone"} if one["id"] == file_id else one
                for one in message.files
            ]
            self._note("message_updated", message)

    def delete(self, message: Message) -> None:
        """Remove a message for good."""
        if message.ephemeral_to is not None:
            self._ephemeral.remove(message)
        else:
            del self._stored[message.channel][message.ts]
            if message.is_reply:
                self._threads[message.channel, str(message.thread_ts)].remove(message)
            channel = self._workspace.channels[message.channel]
            channel.pins = [pin for pin in channel.pins if pin["ts"] != message.ts]
            self._events.message_deleted(
                channel, self.shown(message), self._workspace.clock.next_ts()
            )
        self._note("message_deleted", message)

    # Showing

    def shown(self, message: Message, *, with_metadata: bool = False) -> Json:
        """The message object of the Web API and of events."""
        workspace = self._workspace
        shown: Json = {
            "user": message.user,
            "type": "message",
            "ts": message.ts,
            "text": message.text,
            "team": workspace.id,
        }
        if message.client_msg_id:
            shown["client_msg_id"] = message.client_msg_id
        if message.app_id is not None:
            shown |= bot_fields(workspace.apps[message.app_id], workspace.id)
        if message.blocks:
            shown["blocks"] = message.blocks
        elif message.app_id is None:
            shown["blocks"] = [as_rich_text(message)]
        if message.attachments:
            shown["attachments"] = message.attachments
        if message.edited:
            shown["edited"] = message.edited
        if message.metadata and with_metadata:
            shown["metadata"] = message.metadata
        if message.files:
            shown |= {"files": message.files, "upload": True, "display_as_bot": False}
        if message.reactions:
            shown["reactions"] = reaction_objects(message)
        shown |= self._thread_fields(message)
        return shown

    def _thread_fields(self, message: Message) -> Json:
        if message.is_reply:
            fields: Json = {"thread_ts": message.thread_ts}
            parent = self.find(message.channel, str(message.thread_ts))
            if parent is not None:
                fields["parent_user_id"] = parent.user
            if message.broadcast:
                fields["subtype"] = "thread_broadcast"
            return fields
        replies = self.replies_to(message.channel, message.ts)
        if not replies:
            return {}
        people = list(dict.fromkeys(reply.user for reply in replies))
        return {
            "thread_ts": message.ts,
            "reply_count": len(replies),
            "reply_users_count": len(people),
            "latest_reply": replies[-1].ts,
            "reply_users": people,
            "is_locked": False,
            "subscribed": False,
        }

    def seen(self, message: Message) -> Json:
        """A message as a person meets it: what is read aloud, and the labels of its buttons."""
        return {
            "channel": message.channel,
            "ts": message.ts,
            "text": message.text,
            "blocks": message.blocks,
            "plain": plain_text(message.blocks) if message.blocks else message.text,
            "buttons": [
                label(element)
                for _, element in interactive_elements(message.blocks)
                if element.get("type") == "button"
            ],
            "user": message.user,
            "thread_ts": message.thread_ts,
            "reply_count": 0
            if message.is_reply
            else len(self.replies_to(message.channel, message.ts)),
            "edited": message.edits > 0,
            "edits": message.edits,
            "ephemeral": message.ephemeral_to is not None,
            "ephemeral_to": message.ephemeral_to,
            "metadata": message.metadata,
            "app_id": message.app_id,
            "reactions": {name: list(users) for name, users in message.reactions.items()},
            "files": message.files,
        }

    def _with_ids(self, blocks: list[Json] | None) -> list[Json]:
        return with_generated_ids(blocks, self._workspace.block_id) if blocks else []

    def _hold_to_text(self, message: Message) -> None:
        """What notifications and screen readers use must be there; Slack itself only advises it."""
        if message.app_id and not message.text.strip() and not message.files:
            self._workspace.mistakes.note(f"message in {message.channel}", "no text beside blocks")

    def _note(self, kind: str, message: Message) -> None:
        self._workspace.feed.add(
            kind,
            channel=message.channel,
            ts=message.ts,
            user=message.user,
            text=message.text,
            thread_ts=message.thread_ts,
            to=message.ephemeral_to,
        )


def label(element: Json) -> str:
    """The words on a button."""
    text: Any = element.get("text") or {}
    return str(text.get("text", "")) if isinstance(text, dict) else str(text)
