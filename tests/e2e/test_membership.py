"""People who come to a team's channel, and what becomes of the channel, as everybody sees it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from coaching.catalogue import load_catalogue
from coaching.team_plan import WantedMember
from coaching.use_cases.set_up_team import apply_teams
from sandbox import Person, SeenMessage
from tests.e2e.stage import TUESDAY_NINE, Stage, on_stage
from tests.integration.coaching.week import MONDAY, PLAN, cadence

MINUTE = timedelta(minutes=1)


@dataclass
class Rooms:
    """A team in a private channel, and another of the same people in a public one."""

    stage: Stage
    private: str
    public: str

    async def comes(self, name: str, channel: str, **traits: bool) -> Person:
        person = await self.stage.control.add_person(name, "Europe/London", **traits)
        await person.joins(channel, inviter=self.stage.ben)
        await self.stage.settle()
        return person

    async def presses(self, person: Person, label: str) -> SeenMessage:
        """Press on the newest note that offers it; the note as it then stands."""
        (*_, note) = [one for one in await person.dms() if label in one.buttons]
        assert (await person.press(note, label)).view is None
        await self.stage.settle()
        return next(one for one in await person.dms() if one.ts == note.ts)


@pytest.fixture(params=["socket mode", "http"])
async def rooms(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Rooms]:
    async with on_stage(tmp_path, http=request.param == "http", empty=True) as stage:
        people = stage.people.values()
        rooms = Rooms(
            stage, await stage.control.add_channel("board", people, private=True), stage.channel
        )
        members = tuple(WantedMember(stage.people[one.user].id, one.role) for one in PLAN.members)
        asked = (cadence("early_wins", "TU", time(9)),)
        plan = replace(PLAN, channel=rooms.private, members=members, cadences=asked)
        town = replace(plan, name="The town", channel=rooms.public, cadences=())
        await stage.bot.store.run(
            stage.workspace.id,
            lambda uow: apply_teams(uow, [plan, town], load_catalogue(), MONDAY),
        )
        for channel in (rooms.private, rooms.public):
            await stage.control.add_app(channel)
        await stage.settle()
        yield rooms


async def test_who_comes_is_on_the_team_or_the_lead_is_asked(rooms: Rooms) -> None:
    stage = rooms.stage
    vera = await rooms.comes("Vera Blum", rooms.private)
    (told,) = await vera.dms()
    assert "You came to " in told.plain
    assert told.buttons == ["Leave me out"]
    (note,) = await stage.amara.dms()
    assert "Vera Blum came to " in note.plain
    undone = await rooms.presses(stage.amara, "Not on the team")
    assert "as its lead or coach said" in undone.plain
    (told,) = await vera.dms()
    assert "You are not on Northwind leadership with me any more" in told.plain
    assert told.buttons == []
    done = await rooms.presses(stage.amara, "Take them onto the team")
    assert done.buttons == ["Not on the team"]
    assert "Amara Osei has put you on Northwind leadership" in (await vera.dms())[-1].plain

    gus = await rooms.comes("Gus Ferrier", rooms.private, is_restricted=True)
    assert await gus.dms() == []
    (*_, asks) = await stage.amara.dms()
    assert "Gus Ferrier came to " in asks.plain
    assert asks.buttons == ["Take them onto the team"]
    await gus.leaves(rooms.private)
    refused = await stage.amara.press(asks, "Take them onto the team")
    assert "not in the team's channel any more" in str(refused.view)

    await stage.until(TUESDAY_NINE)
    assert "Answer" in (await stage.prompt_of(vera)).buttons
    assert await gus.dms() == []
    assert await stage.dana.dms() == []


async def test_a_public_channel_puts_nobody_on_a_team(rooms: Rooms) -> None:
    wanderer = await rooms.comes("Wim Vos", rooms.public)
    stranger = await rooms.comes("Sol Prat", rooms.private, is_stranger=True)
    notes = [one.plain for one in await rooms.stage.amara.dms()]
    assert ["Wim Vos" in notes[0], "Sol Prat" in notes[1]] == [True, True]
    assert [await one.dms() for one in (wanderer, stranger)] == [[], []]
    await rooms.presses(rooms.stage.amara, "Take them onto the team")
    (told,) = await stranger.dms()
    assert "Amara Osei has put you on Northwind leadership" in told.plain


async def test_what_becomes_of_the_channel_is_known_at_once(rooms: Rooms) -> None:
    stage, control = rooms.stage, rooms.stage.control
    await control.rename_channel(rooms.private, "the-board")
    await stage.settle()
    assert [await one.dms() for one in stage.people.values()] == [[]] * 4, "nothing goes stale"

    await control.archive_channel(rooms.private)
    await stage.settle()
    (shut,) = await stage.dana.dms()
    assert "Northwind leadership's channel was archived or deleted" in shut.plain
    await stage.until(TUESDAY_NINE)
    assert await stage.ben.dms() == []
    await control.unarchive_channel(rooms.private)
    await stage.settle()
    assert "I couldn't write here for a while" in await last_line(rooms)

    await control.remove_app(rooms.private)
    await stage.settle()
    assert "I was taken out of Northwind" in (await stage.dana.dms())[-1].plain
    await control.add_app(rooms.private)
    await stage.until(TUESDAY_NINE + 2 * MINUTE)
    assert len(await stage.dana.dms()) == 2


async def last_line(rooms: Rooms) -> str:
    said = [one.plain for one in await rooms.stage.amara.sees(rooms.private) if one.app_id]
    return next(one for one in said if "couldn't write" in one)
