"""Whose eyes something is drawn for: names by id, and the time on their wall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox.records import User
from sandbox.workspace import Workspace

__all__ = ["Eyes"]


@dataclass(frozen=True)
class Eyes:
    """Who looks, in which workspace."""

    workspace: Workspace
    viewer: User

    def person(self, user_id: str) -> str:
        """Somebody's name, or their id where nobody has it."""
        user = self.workspace.users.get(user_id)
        return user.name if user else user_id

    def channel(self, channel_id: str) -> str | None:
        """A channel's name, if the viewer may know of it."""
        channel = self.workspace.channels.get(channel_id)
        if channel is None or channel.kind == "im":
            return None
        hidden = channel.kind == "private_channel" and self.viewer.id not in channel.members
        return None if hidden else channel.name

    def local(self, seconds: float) -> datetime:
        """A moment (a `ts`, or Unix seconds) on the viewer's wall."""
        return datetime.fromtimestamp(seconds, ZoneInfo(self.viewer.tz))
