"""Workspaces, teams and the people in them."""

from dataclasses import dataclass
from enum import StrEnum
from zlib import crc32

__all__ = ["SHARDS", "Member", "Role", "Team", "Workspace", "shard_of"]

SHARDS = 64


class Role(StrEnum):
    """What a member is to the team."""

    LEADER = "leader"
    LEAD = "lead"
    COACH = "coach"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A Slack workspace or Teams tenant. `id` is the platform and its own id: `slack:T0123`."""

    id: str
    platform: str
    external_id: str

    @classmethod
    def of(cls, platform: str, external_id: str) -> "Workspace":
        """The workspace that a platform knows by `external_id`."""
        return cls(f"{platform}:{external_id}", platform, external_id)


@dataclass(frozen=True, slots=True)
class Team:
    """A leadership team in its channel.

    `channel` is the platform's id of the conversation, `timezone` an IANA name, `country` an
    ISO 3166-1 alpha-2 code.
    """

    id: str
    workspace_id: str
    name: str
    channel: str
    timezone: str
    country: str


@dataclass(frozen=True, slots=True)
class Member:
    """A person's place in one team. `user` is the platform's id of the person.

    Who leaves stays as a record, `active` false: what they wrote keeps its author.
    """

    id: str
    workspace_id: str
    team_id: str
    user: str
    role: Role
    active: bool = True

    @property
    def is_asked(self) -> bool:
        """Whether rounds for everyone come to this person: a coach stands beside the team."""
        return self.active and self.role is not Role.COACH


def shard_of(workspace_id: str) -> int:
    """The shard, 0 to 63, whose worker speaks for this workspace; the same on every machine."""
    return crc32(workspace_id.encode()) % SHARDS
