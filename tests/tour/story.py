"""A team's first weeks, in which everything is shown that the bot can show: chapter by chapter."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time

from coaching.cadence import DIGEST
from coaching.team import Role
from coaching.team_plan import WantedCadence, WantedMember, WantedTeam
from coaching.use_cases.set_up_team import apply_teams
from conversation.events import (
    BotCameToChannel,
    BotLeftChannel,
    ChannelReopened,
    ChannelShut,
    MessageShortcutUsed,
    PersonLeftChannel,
    ShortcutUsed,
)
from conversation.routes import BREAKDOWN_LOG, DOUBT_SHARE, VOICE_TELL
from scheduler.clock import MovableClock
from storage import SqlStore
from tests.tour import follow_through
from tests.tour.people import CHANNEL, WORKSPACE, People, Shown

__all__ = ["CHAPTERS", "told"]

_STARTS_AT = datetime(2026, 10, 5, 7, tzinfo=UTC)
"""A Monday, 08:00 in London."""

_WARD = "Sister Adaeze on ward 4: she counts syringes twice, she does not trust our labels"


def _at(day: int, hour: int, minute: int = 0, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


async def arrival(people: People) -> None:
    await people.does(BotCameToChannel("Ev1", WORKSPACE, "U1", CHANNEL))
    await people.presses("U2", "What I keep")


async def set_up(people: People) -> None:
    people.room.public = True
    await people.presses("U1", "Set this team up")
    await people.sends("U1", lead="", people="")
    await people.sends("U1", coach="U9", people="U2\nU3\nU4")
    await people.sends("U1", meets_on="Tuesday", quiet_from="2026-12-21")
    await people.sends("U1", meets_on="Tuesday")
    await people.sends("U1", name="", pack="Five disciplines")
    await people.sends("U1", pack="Five disciplines")
    people.room.public = False
    await people.presses("U4", "Leave me out")
    await people.presses("U4", "Ask me again")
    await people.command("U2", "setup")
    await people.command("U1", "setup")


async def first_sitting(people: People) -> None:
    await people.until(_at(5, 8, 30))
    await people.command("U2")
    await people.presses("U2", "Why this?")
    await people.presses("U2", "Answer")
    await people.sends("U2", voices="many")
    await people.sends("U2", voices="3", outside="25%", connecting="2")
    await people.presses("U2", "Edit")
    await people.presses("U3", "Skip this time")
    await people.presses("U4", "Ask me tomorrow")
    await people.until(_at(6, 12))
    await people.until(_at(8, 16, 30))
    await people.presses("U1", "Answer late")
    await people.sends("U1", voices="0", outside="0%")


_WEEKLY = "FREQ=WEEKLY;BYDAY={}"
_PEOPLE = (
    WantedMember("U1", Role.LEAD),
    *(WantedMember(user, Role.LEADER) for user in ("U2", "U3", "U4", "U5", "U6")),
    WantedMember("U9", Role.COACH),
)


async def _rhythms(people: People, *cadences: tuple[str, str, time]) -> None:
    """Have the team asked these, beside its pack no more."""
    plan = WantedTeam(
        name="Leadership",
        channel=CHANNEL,
        timezone="Europe/London",
        country="GB",
        members=_PEOPLE,
        budget=5,
        cadences=tuple(WantedCadence(key, _WEEKLY.format(day), at) for key, day, at in cadences),
    )
    await people.records(lambda uow: apply_teams(uow, [plan], people.catalogue, people.clock.now()))


async def with_names(people: People) -> None:
    await people.until(_at(9, 18))
    await people.home("U1")
    await people.presses("U1", "Show words")
    await _rhythms(
        people,
        ("early_wins", "TU", time(9)),
        ("voices_heard", "TU", time(9)),
        ("breakdown", "TH", time(9)),
        (DIGEST, "FR", time(15)),
    )
    await people.until(_at(13, 8, 30))
    await people.presses("U2", "Answer")
    await people.sends(
        "U2",
        moved="The ward ordered from us again",
        heard=_WARD,
        decision="Relabel every tray",
        rating="2",
    )
    await people.writes("U3", "We shipped the patient leaflet in Somali")
    await people.until(_at(15, 17))
    await people.until(_at(16, 15))
    await people.command("U3", "digest")
    await people.command("U1", "trends")


async def breakdowns(people: People) -> None:
    await people.does(
        MessageShortcutUsed(
            WORKSPACE, "U2", CHANNEL, BREAKDOWN_LOG, "The export to the regulator failed again"
        )
    )
    await people.sends("U2", needed_now="A second approver")
    await people.sends("U2")
    await people.sends("U2", happened="The key had expired", learning="Nobody owns the keys")
    await people.presses("U2", "What's needed now?")
    await people.sends("U2", needed_now="A second approver", owner="U3", by="2026-10-23")
    await people.command("U3")
    await people.command("U3", "breakdown The portal is down")
    await people.until(_at(22, 9))
    await people.presses("U1", "Answer")


async def voices(people: People) -> None:
    await people.does(MessageShortcutUsed(WORKSPACE, "U3", CHANNEL, VOICE_TELL, _WARD))
    await people.sends("U3", decision="Relabel every tray")
    await people.sends("U3", owner="U2", by="2026-10-23")
    await people.command("U3", "heard")
    await people.until(_at(22, 9, 5))
    await people.command("U1", "voices")
    await people.presses("U1", "Open Relabel")
    await people.presses("U1", "Edit")
    await people.sends("U1", decision="Relabel the trays of ward 4")
    await people.command("U3", "voices syringes")


async def voices_settled(people: People) -> None:
    await people.until(_at(23, 9))
    await people.presses("U2", "New day")
    await people.sends("U2", day="2026-10-20")
    await people.presses("U2", "It changed")
    await people.presses("U2", "Not yet")
    await people.presses("U2", "Open")
    await people.presses("U2", "Open again")
    await people.presses("U2", "It stands")
    await people.sends("U2", why="New printers come in March, and relabel all of them")
    await people.presses("U2", "They were told")


async def promises(people: People) -> None:
    await _rhythms(people, ("commitment", "FR", time(12)))
    await follow_through.promised(people)


async def anonymous(people: People) -> None:
    await people.command("U2", "doubt")
    await people.until(_at(24, 9))
    await _rhythms(people, ("doubts", "TU", time(9)), ("alignment", "TU", time(9)))
    await people.until(_at(27, 10))
    await people.does(ShortcutUsed(WORKSPACE, "U2", DOUBT_SHARE))
    for user in ("U2", "U3", "U4", "U5", "U6"):
        await people.command(user)
        await people.presses(user, "Answer Doubts")
        await people.sends(user, doubt="We say patients first and count invoices", worthwhile="3")
    await people.presses("U1", "Answer")
    await people.until(_at(30, 18))


async def homes(people: People) -> None:
    await people.home("U2")
    await people.home("U1")
    await people.presses("U1", "Pause Leadership")
    await people.presses("U1", "Go on with Leadership")
    await people.home("U7")


async def cadences(people: People) -> None:
    await people.home("U1")
    await people.presses("U1", "Change Value and purpose")
    await people.changes("U1", "often", "Every month")
    await people.home("U9")
    await people.presses("U9", "Change Value and purpose")
    await people.sends("U9", at="11:00")
    await people.home("U1")
    await people.presses("U1", "Change Value and purpose")
    await people.changes("U1", "since", "2020-01-01")
    await people.presses("U1", "Stop asking")
    await people.home("U1")
    await people.presses("U1", "Add a practice")
    await people.changes("U1", "practice", "Learning review and experiments")
    await people.sends("U1")


async def listening(people: People) -> None:
    await people.home("U1")
    await people.presses("U1", "Listen")
    await people.presses("U1", "Switch on")
    await people.says("U3", "The export to the regulator failed again, second week running")
    await people.presses("U3", "Look at it")
    await people.presses("U3", "Not a breakdown")
    await people.until(_at(9, 10, month=11))
    await people.says("U4", "The portal is down again and nobody was told")
    await people.presses("U4", "Don't ask here")
    await people.home("U1")
    await people.presses("U1", "Stop listening")


async def discretion(people: People) -> None:
    await people.home("U1")
    await people.presses("U1", "Keep words")
    await _rhythms(people, ("early_wins", "TU", time(9)), (DIGEST, "FR", time(15)))
    await people.until(_at(10, 10, month=11))
    await people.presses("U3", "Answer")
    await people.sends("U3", moved="The ward ordered from us again")
    await people.until(_at(13, 16, month=11))
    await people.presses("U4", "Read what was written")


async def purpose(people: People) -> None:
    await people.command("U1", "purpose")
    await people.presses("U1", "Settle our sentence")
    await people.sends("U1", sentence="We grow revenue as one strong team")
    await people.sends("U1", sentence="We make the wards run, so that nurses have time")
    await people.command("U1", "purpose")
    await people.presses("U1", "Change a word")
    await people.sends("U1", sentence="We make wards run, so that nurses have time for patients")
    await people.command("U2", "purpose")
    await people.presses("U2", "Earlier versions")


async def registers(people: People) -> None:
    for words in ("purpose", "stakeholders"):
        await people.command("U3", words)


async def the_map(people: People) -> None:
    await people.command("U1", "stakeholders")
    await people.presses("U1", "Add somebody")
    await people.sends("U1", name="Sister Adaeze", side="Outside")
    await people.presses("U1", "Back to the map")
    await people.presses("U1", "Add somebody")
    await people.sends("U1", name="Northern hospitals", kind="Customer", side="Outside")
    await people.presses("U1", "Change")
    await people.sends("U1", in_focus="One of the two to deepen", owner="U5")
    await people.presses("U1", "Plan a session with")
    await people.sends("U1", on="2026-10-01")
    await people.sends("U1", on="2026-11-06", owner="U5")
    await people.presses("U1", "Change day")
    await people.command("U2", "stakeholders")
    await people.presses("U2", "Open Northern")
    await people.presses("U2", "Rate it")
    await people.sends("U2", relationship="3", engagement="2")
    await people.presses("U2", "We met them")
    await people.sends("U2", met_on="2026-10-28")
    await people.command("U1", "stakeholders")
    await people.presses("U1", "Open Sister")
    await people.presses("U1", "Same as")
    await people.sends("U1", same_as="Northern hospitals")


async def an_invitation(people: People) -> None:
    await people.until(_at(5, 12, month=11))
    await people.home("U5")
    await people.presses("U5", "Invited")
    await people.home("U5")
    await people.presses("U5", "Not this time")
    await people.sends("U5", reason="Her diary")
    await people.command("U1", "stakeholders")
    await people.presses("U1", "Open Friday")
    await people.presses("U1", "Invited after all")
    await people.presses("U1", "Accepted")
    await people.until(_at(9, 9, 30, month=11))
    await people.home("U5")
    await people.presses("U5", "They came")
    await people.sends("U5", heard="We plan around your outages", rating="2")
    await people.command("U1", "stakeholders")
    await people.presses("U1", "Open Northern")
    await people.presses("U1", "Plan a session with")
    await people.sends("U1", on="2026-11-27", owner="U5")
    await people.presses("U1", "Cancel the session")
    await people.presses("U1", "Cancel the session")
    await people.until(_at(9, 9, 45, month=11))


async def comings(people: People) -> None:
    people.room.public = True
    await people.comes("U7")
    await people.presses("U1", "Take")
    people.room.public = False
    await people.comes("U8")
    await people.presses("U1", "Not on the team")
    await people.does(PersonLeftChannel("Ev9", WORKSPACE, "U6", CHANNEL))


async def wishes(people: People) -> None:
    await people.command("U2", "away until Friday")
    await people.command("U2", "away")
    await people.sends("U2", first="2026-11-20", last="2026-11-10")
    await people.sends("U2", first="2026-11-10", last="2026-11-20")
    await people.command("U2", "status")
    await people.command("U2", "away back")


async def commands(people: People) -> None:
    for words in ("help", "brekdown", "status"):
        await people.command("U3", words)


async def notes(people: People) -> None:
    people.refusing[CHANNEL] = "is_archived"
    await people.until(_at(17, 10, month=11))
    people.refusing.pop(CHANNEL)
    people.refusing["U3"] = "restricted_action"
    await people.until(_at(24, 10, month=11))
    people.refusing.pop("U3")
    await people.does(ChannelShut("Ev10", WORKSPACE, CHANNEL))
    await people.does(ChannelReopened("Ev11", WORKSPACE, CHANNEL))
    await people.does(BotLeftChannel("Ev12", WORKSPACE, CHANNEL))


CHAPTERS: dict[str, Callable[[People], Awaitable[None]]] = {
    "Arrival": arrival,
    "Setting a team up": set_up,
    "A sitting": first_sitting,
    "With names, and what the team reads": with_names,
    "Breakdowns": breakdowns,
    "Voices heard": voices,
    "What came of a voice": voices_settled,
    "A breakdown on its day": follow_through.helped,
    "Promises": promises,
    "Without names": anonymous,
    "A breakdown to its end, and the library": follow_through.register_of_breakdowns,
    "What came of a promise": follow_through.told_to_the_end,
    "The home": homes,
    "Changing when": cadences,
    "Away, less, and what is asked": wishes,
    "The command": commands,
    "The purpose": purpose,
    "What the team has": registers,
    "The stakeholder map": the_map,
    "Somebody is invited": an_invitation,
    "Listening": listening,
    "Words kept out of the channel": discretion,
    "Who comes and goes": comings,
    "Notes to the coach": notes,
}
"""In the order in which they happen: each goes on where the one before it ended."""


async def told(store: SqlStore) -> dict[str, list[Shown]]:
    """All of it, lived through on an empty store: what each chapter showed."""
    people = People(store, MovableClock(_STARTS_AT))
    chapters = {}
    for name, chapter in CHAPTERS.items():
        before = len(people.shown)
        await chapter(people)
        chapters[name] = people.shown[before:]
    return chapters
