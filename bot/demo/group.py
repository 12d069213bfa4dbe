"""The Ashdown Group, invented: four leadership teams on three clocks, all on one pack.

Their slots fall on Mondays, Tuesdays, Thursdays and Fridays, so that the holidays of half a year
meet each of them: Boxing Day's substitute and Easter Monday, Culture Day, Thanksgiving, and
Christmas Day, New Year's Day and Good Friday. Ruth Calloway is in two of the teams.
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.demo.people import Absence, Character, Manner, Scene, Slot, Team

__all__ = ["GROUP", "PACKS", "STARTS_AT", "group"]

GROUP = "Ashdown Group"
PACKS = ("gentle_start", "five_disciplines", "breakthrough")

_LONDON = ZoneInfo("Europe/London")
_NEW_YORK = ZoneInfo("America/New_York")
_TOKYO = ZoneInfo("Asia/Tokyo")

STARTS_AT = datetime(2026, 10, 5, 0, 0, tzinfo=_TOKYO)
"""Monday begins: nobody has been asked anything, anywhere."""

_COACH = Character("joan", "Joan Whitlock", "coach", Manner.PROMPT, _LONDON)
_RUTH = Character("ruth", "Ruth Calloway", "managing director", Manner.PROMPT)

_WATER = Team(
    key="london",
    name="Ravensbourne Water",
    channel="ravensbourne",
    zone=_LONDON,
    country="GB-ENG",
    slot=Slot(0, time(9)),
    coach=_COACH,
    cast=(
        _RUTH,
        Character("gareth", "Gareth Lloyd", "treatment works", Manner.LATE),
        Character("nadia", "Nadia Rahman", "customers", Manner.PROMPT),
        Character("owen", "Owen Tate", "networks and leakage", Manner.FORGETFUL),
        Character("fiona", "Fiona Keane", "regulation", Manner.AWAY),
        Character("marcus", "Marcus Bell", "finance", Manner.LEAVING),
        Character("isla", "Isla Grant", "environment", Manner.JOINING),
    ),
    away=(("fiona", Absence(date(2026, 11, 9), date(2026, 11, 22))),),
    joins_in=6,
    leaves_in=13,
)
_BANK = Team(
    key="new_york",
    name="Hudson Ridge Bank",
    channel="hudson-ridge",
    zone=_NEW_YORK,
    country="US",
    slot=Slot(3, time(8, 30)),
    coach=_COACH,
    cast=(
        Character("denise", "Denise Alvarado", "president", Manner.PROMPT),
        Character("walter", "Walter Nowak", "lending", Manner.LATE),
        Character("simone", "Simone Baptiste", "branches", Manner.SKIPPING),
        Character("raj", "Raj Patel", "risk", Manner.PROMPT),
        Character("kathleen", "Kathleen Moore", "people", Manner.AWAY),
        Character("luis", "Luis Ortega", "technology", Manner.PUTTING_OFF),
    ),
    away=(("kathleen", Absence(date(2027, 2, 8), date(2027, 2, 21))),),
)
_HOSPITALS = Team(
    key="tokyo",
    name="Musashi Hospital Supply",
    channel="musashi",
    zone=_TOKYO,
    country="JP",
    slot=Slot(1, time(10)),
    coach=_COACH,
    cast=(
        Character("haruka", "Haruka Mori", "president", Manner.PROMPT),
        Character("kenji", "Kenji Tanabe", "logistics", Manner.LATE),
        Character("aiko", "Aiko Sasaki", "clinical partners", Manner.PROMPT),
        Character("daichi", "Daichi Kudo", "quality", Manner.SKIPPING),
        Character("emi", "Emi Hayashi", "finance", Manner.AWAY),
        Character("sota", "Sota Ishii", "data and systems", Manner.LEAVING),
    ),
    away=(("emi", Absence(date(2026, 12, 14), date(2026, 12, 27))),),
    leaves_in=17,
)
_SIGNALS = Team(
    key="spread",
    name="Meridian Signals",
    channel="meridian",
    zone=_LONDON,
    country="GB-ENG",
    slot=Slot(4, time(9, 30)),
    coach=_COACH,
    cast=(
        Character("patrick", "Patrick Doyle", "chief executive", Manner.PROMPT),
        _RUTH,
        Character("monique", "Monique Harris", "city transit", Manner.PROMPT, _NEW_YORK),
        Character("stephen", "Stephen Kowalski", "field service", Manner.LATE, _NEW_YORK),
        Character("yuki", "Yuki Nakamura", "safety engineering", Manner.AWAY, _TOKYO),
        Character("ren", "Ren Ogawa", "manufacturing", Manner.PUTTING_OFF, _TOKYO),
    ),
    away=(("yuki", Absence(date(2027, 1, 18), date(2027, 1, 31))),),
)


def group(pack: str) -> Scene:
    """The four teams on the pack with this key."""
    return Scene(GROUP, (_WATER, _BANK, _HOSPITALS, _SIGNALS), STARTS_AT, pack)
