"""Calder & Finch, who supply hospitals: an invented company, its leaders, and how each answers."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.demo.people import Character, Manner, Scene, Team

__all__ = [
    "CAST",
    "CHANNEL",
    "COACH",
    "COMPANY",
    "LEAD",
    "SCENE",
    "STARTS_AT",
    "STORIES_LAST",
    "TEAM",
    "ZONE",
    "Character",
    "Manner",
]

COMPANY = "Calder & Finch"
TEAM = "Calder & Finch leadership"
CHANNEL = "leadership"
ZONE = ZoneInfo("Europe/London")
STARTS_AT = datetime(2026, 10, 5, 7, 0, tzinfo=ZONE)
"""A Monday morning. The clocks go back within the fourth week."""

STORIES_LAST = 8
"""For how many weeks the leaders have something to tell."""

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

SCENE = Scene(
    workspace=COMPANY,
    teams=(
        Team(
            key="leadership",
            name=TEAM,
            channel=CHANNEL,
            zone=ZONE,
            country="GB",
            cast=CAST,
            coach=COACH,
        ),
    ),
    starts_at=STARTS_AT,
)
