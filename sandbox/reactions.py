"""Emoji that people and bots put on messages."""

from __future__ import annotations

import re

from sandbox.emoji import emoji
from sandbox.errors import SlackError
from sandbox.events import Events
from sandbox.records import Message
from sandbox.workspace import Workspace

# Believed, from Slack's own client, which then says so: 23 reactions of one person on a message,
# 50 different ones in all. reactions.add names the two errors, not the numbers.
BY_ONE_PERSON = 23
DIFFERENT = 50
# Without colons around it, as in every example; that they are refused is believed.
_NAME = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")


class Reactions:
    """Puts reactions on messages and takes them away; tells the apps."""

    def __init__(self, workspace: Workspace, events: Events) -> None:
        self._workspace = workspace
        self._events = events

    def add(self, message: Message, user: str, name: str) -> None:
        """React; SlackError with a code of reactions.add where that cannot be."""
        if _NAME.fullmatch(name) is None or emoji(name.partition("::")[0]) is None:
            raise SlackError("invalid_name")
        given = message.reactions
        if user in given.get(name, ()):
            raise SlackError("already_reacted")
        if sum(user in users for users in given.values()) >= BY_ONE_PERSON:
            raise SlackError("too_many_reactions")
        if name not in given and len(given) >= DIFFERENT:
            raise SlackError("too_many_emoji")
        given.setdefault(name, []).append(user)
        self._tell("reaction_added", message, user, name)

    def remove(self, message: Message, user: str, name: str) -> None:
        """Take a reaction back; SlackError `no_reaction` where the person gave none such."""
        users = message.reactions.get(name, [])
        if user not in users:
            raise SlackError("no_reaction")
        users.remove(user)
        if not users:
            del message.reactions[name]
        self._tell("reaction_removed", message, user, name)

    def _tell(self, kind: str, message: Message, user: str, name: str) -> None:
        self._events.reaction(kind, message, user, name)
        self._workspace.feed.add(kind, channel=message.channel, ts=message.ts, name=name, user=user)
