"""Chapters of the tour: what somebody took on or promised, told to its end."""

from datetime import UTC, datetime

from tests.tour.people import People

__all__ = ["helped", "promised", "register_of_breakdowns", "told_to_the_end"]


def _at(day: int, hour: int) -> datetime:
    return datetime(2026, 10, day, hour, tzinfo=UTC)


async def helped(people: People) -> None:
    """On the day by which Chiara took the export on."""
    await people.until(_at(23, 9))
    await people.presses("U3", "New day")
    await people.sends("U3", by="2026-10-26", why="The bank is slow")
    await people.presses("U3", "Open")
    await people.presses("U3", "I need help")
    await people.sends("U3", help="")
    await people.sends("U3", help="The CFO does not call back")
    await people.until(_at(23, 10))
    await people.command("U1", "breakdowns")
    await people.presses("U1", "Open The export")
    await people.presses("U1", "Give it to somebody")
    await people.sends("U1", owner="U4", by="2026-10-26")


async def promised(people: People) -> None:
    """Asked for visible acts at noon that day."""
    await people.until(_at(23, 11))
    await people.command("U2", "promises")
    await people.command("U2")
    await people.presses("U2", "Answer Declared")
    await people.sends("U2", act="I call two wards myself", by="2026-10-26")
    await people.command("U3")
    await people.presses("U3", "Answer Declared")
    await people.sends("U3", act="I sit in on a night shift", by="2026-10-26")


async def register_of_breakdowns(people: People) -> None:
    """On the 30th: Emil has been asked what came of the export."""
    await people.presses("U4", "Done")
    await people.sends("U4", learning="Keys need owners")
    await people.command("U3", "breakdowns")
    await people.presses("U3", "Library")
    await people.sends("U3", words="ward")
    await people.sends("U3", words="KEYS")
    await people.presses("U3", "Open The export")
    await people.presses("U3", "Edit")
    await people.sends("U3", assumed="That somebody watches the keys")
    await people.presses("U3", "Open it again")


async def told_to_the_end(people: People) -> None:
    """On the 30th: Ben and Chiara have been asked what came of their promises."""
    await people.presses("U2", "Not yet")
    await people.sends("U2", by="2026-10-01")
    await people.sends("U2", by="2026-11-20")
    await people.presses("U3", "Done")
    await people.sends(
        "U3", learned="They had waited for a call", shared="My team may see what came of it"
    )
    await people.home("U2")
    await people.presses("U2", "What came of it")
    await people.presses("U2", "Take it back")
    await people.presses("U2", "Take it up again")
    await people.presses("U2", "Take it back")
    await people.command("U2", "promises")
    await people.command("U1", "promises")
