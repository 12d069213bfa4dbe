"""Who is where on the platform, and what a message says: asked of it, and kept nowhere."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

__all__ = ["NOBODY_KNOWN", "Profile", "Room", "Roster", "Standing"]


class Standing(StrEnum):
    """What an account is."""

    PERSON = "person"
    GUEST = "guest"
    APP = "app"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Profile:
    """An account by the platform's id; `timezone` is an IANA name, "" where it is not known."""

    user: str
    standing: Standing
    timezone: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """A channel: its name, whether everybody can read it, and the ids of those who are in it."""

    name: str
    public: bool
    users: tuple[str, ...]


class Roster(Protocol):
    """Looks people, channels and messages up, within the time that a person waits for a form."""

    async def room(self, channel: str) -> Room | None:
        """The channel with those in it; None where it can't be seen (in time).

        Raises Refused, with what helps, where the bot is not allowed to look.
        """
        ...

    async def profiles(self, users: Collection[str]) -> Mapping[str, Profile]:
        """Those who could be looked up in time, by id. Never raises."""
        ...

    async def words_of(self, channel: str, message: str) -> str | None:
        """What a message says now, as a reader sees it; None where it can't be had (in time).

        Never raises.
        """
        ...


class _NobodyKnown:
    """A platform that tells nothing."""

    async def room(self, channel: str) -> Room | None:
        return None

    async def profiles(self, users: Collection[str]) -> Mapping[str, Profile]:
        return {}

    async def words_of(self, channel: str, message: str) -> str | None:
        return None


NOBODY_KNOWN: Roster = _NobodyKnown()
