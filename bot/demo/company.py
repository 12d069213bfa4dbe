"""Calder & Finch, who supply hospitals: an invented company, its leaders, and how each answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

__all__ = [
    "CAST",
    "CHANNEL",
    "COACH",
    "COMPANY",
    "LEAD",
    "STARTS_AT",
    "TEAM",
    "ZONE",
    "Character",
    "Manner",
    "teams_yaml",
]

COMPANY = "Calder & Finch"
TEAM = "Calder & Finch leadership"
CHANNEL = "leadership"
ZONE = ZoneInfo("Europe/London")
STARTS_AT = datetime(2026, 10, 5, 7, 0, tzinfo=ZONE)
"""A Monday morning. The clocks go back within the fourth week."""


class Manner(StrEnum):
    """How somebody meets what they are asked."""

    PROMPT = "prompt"
    LATE = "late"
    """Answers, once reminded."""
    FORGETFUL = "forgetful"
    """Answers now and then, by way of the command."""
    AWAY = "away"
    """Prompt, but for a stretch on leave."""
    LEAVING = "leaving"
    """Prompt, until leaving the team half-way."""


@dataclass(frozen=True, slots=True)
class Character:
    """A leader. `key` names the file of their words."""

    key: str
    name: str
    title: str
    manner: Manner


LEAD = Character("amara", "Amara Osei", "managing director", Manner.PROMPT)
CAST = (
    LEAD,
    Character("tom", "Tom Hesketh", "operations", Manner.LATE),
    Character("priya", "Priya Raman", "quality and regulation", Manner.PROMPT),
    Character("callum", "Callum Fraser", "hospital partnerships", Manner.PROMPT),
    Character("ingrid", "Ingrid Solberg", "clinical products", Manner.AWAY),
    Character("yusuf", "Yusuf Demir", "finance", Manner.LATE),
    Character("bronwen", "Bronwen Pryce", "people", Manner.FORGETFUL),
    Character("daniel", "Daniel Okafor", "data and systems", Manner.LEAVING),
)
COACH = Character("helen", "Helen Marsh", "coach", Manner.PROMPT)

_TEAMS_YAML = """\
workspace: {{platform: slack, id: {workspace}}}
teams:
  - name: {team}
    channel: {channel}
    timezone: {zone}
    country: GB
    members:
{members}
    cadences:
      - {{practice: early_wins, rrule: FREQ=WEEKLY;BYDAY=TU, at: "09:00"}}
      - {{practice: voices_heard, rrule: FREQ=WEEKLY;BYDAY=TU, at: "09:00"}}
      - {{practice: breakdown, rrule: FREQ=WEEKLY;BYDAY=TH, at: "09:00"}}
      - {{practice: digest, rrule: FREQ=WEEKLY;BYDAY=FR, at: "15:00"}}
"""


def teams_yaml(workspace: str, channel: str, users: Mapping[str, str]) -> str:
    """The team as an operator would write it; `users` are the people's ids by their keys."""
    roles = {LEAD.key: "lead", COACH.key: "coach"}
    members = "\n".join(
        f"      - {{user: {user}, role: {roles.get(key, 'leader')}}}" for key, user in users.items()
    )
    return _TEAMS_YAML.format(
        workspace=workspace, team=TEAM, channel=channel, zone=ZONE.key, members=members
    )
