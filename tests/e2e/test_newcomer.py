"""From an empty database to the first answer, using only what the bot says; over both doors."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from coaching.team import Role
from tests.e2e.newcomers import Newcomers, filled
from tests.e2e.stage import Stage, on_stage
from tests.integration.coaching.week import MONDAY

MONDAY_NINE = MONDAY + timedelta(hours=1)
MOST_STEPS_OF_A_LEAD = 9
MOST_STEPS_OF_A_MEMBER = 3


@pytest.fixture(params=["socket mode", "http"])
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path, http=request.param == "http", empty=True) as stage:
        yield stage


async def test_a_newcomer_sets_a_team_up_and_a_member_answers(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    people = Newcomers(stage)
    hello = await people.arrival()
    assert hello.buttons == ["Set this team up", "What I keep, and who sees it"]
    who = await people.press(stage.amara, hello, "Set this team up")
    when = await people.send(stage.amara, who)
    assert "Europe/London" in str(when)
    assert "Britain (UK)" in str(when)
    packs = await people.send(stage.amara, when, {"meets_on": "Tuesday"})
    assert "For one leader, in the next 28 days" in str(packs)
    assert "This channel is public" in str(packs)
    done = await people.send(stage.amara, packs, {"pack": "Gentle start"})
    assert "is set up. The first questions come on Monday 5 October" in str(done)
    await stage.settle()

    team = await people.team()
    assert (team.name, team.country, str(team.slot)) == ("Leadership", "GB", "Monday 09:00")
    (welcome,) = await stage.ben.dms()
    assert "Amara Osei has set up Leadership with me" in welcome.plain
    assert "Monday 5 October, 09:00" in welcome.plain
    assert welcome.buttons == ["Leave me out"]
    assert "You have set up" in (await stage.amara.dms())[0].plain
    hello, line = await stage.in_channel()
    assert hello.buttons == ["What I keep, and who sees it"]
    assert "Amara Osei has set up Leadership with me" in line.plain

    await stage.until(MONDAY_NINE)
    form = await people.press(stage.ben, await stage.prompt_of(stage.ben), "Answer")
    people.steps[stage.ben.name] += 1
    assert (await stage.ben.submit(form, filled(form))).ok
    assert await stage.records(lambda uow: uow.answers.where())

    lead, member = people.steps[stage.amara.name], people.steps[stage.ben.name]
    assert lead <= MOST_STEPS_OF_A_LEAD
    assert member <= MOST_STEPS_OF_A_MEMBER
    with capsys.disabled():
        print(f"\nnewcomers: {lead} steps for the lead, {member} for a member")


async def test_who_presses_leave_me_out_is_asked_nothing_until_they_undo_it(stage: Stage) -> None:
    await Newcomers(stage).set_up()
    (welcome,) = await stage.ben.dms()
    assert (await stage.ben.press(welcome, "Leave me out")).view is None
    await stage.settle()
    (left,) = await stage.ben.dms()
    assert "You are left out of Leadership" in left.plain
    assert left.buttons == ["Ask me again"]
    await stage.until(MONDAY_NINE)
    assert len(await stage.ben.dms()) == 1
    assert len(await stage.chiara.dms()) == 2

    await stage.ben.press(left, "Ask me again")
    await stage.settle()
    assert (await stage.ben.dms())[0].buttons == ["Leave me out"]
    await stage.until(MONDAY_NINE + timedelta(weeks=1))
    assert len(await stage.ben.dms()) == 2


async def test_the_bot_introduces_itself_once(stage: Stage) -> None:
    people = Newcomers(stage)
    await people.arrival()
    joined = [one for one in await stage.control.events() if "member_joined" in str(one)]
    await stage.control.redeliver(joined[-1]["payload"]["event_id"], times=2)
    await stage.settle()
    await stage.control.remove_app(stage.channel)
    await stage.control.add_app(stage.channel)
    await stage.settle()
    assert len(await stage.in_channel()) == 1


async def test_what_is_kept_can_be_read_by_anybody(stage: Stage) -> None:
    hello = await Newcomers(stage).arrival()
    keeps = await stage.ben.press(hello, "What I keep, and who sees it")
    assert "before you write anything" in str(keeps.view)


async def test_a_team_that_is_there_is_shown_and_lead_and_coach_may_change_it(stage: Stage) -> None:
    people = Newcomers(stage)
    before = await people.set_up()
    told = await stage.ben.command("/widelens", "setup", channel=stage.channel)
    assert "is set up already" in str(told.view)

    opened = await stage.dana.command("/widelens", "setup", channel=stage.channel)
    assert opened.view is not None
    eve = await stage.control.add_person("Eve Lind", "Europe/Oslo")
    others = [stage.ben.id, eve.id]
    week = await people.send(stage.dana, opened.view, {"people": others})
    packs = await people.send(stage.dana, week, {"asks_on": "Wednesday"})
    await people.send(stage.dana, packs, {"name": "Northwind"})
    await stage.settle()
    after = await people.team()
    assert (after.id, after.name, str(after.slot)) == (before.id, "Northwind", "Wednesday 09:00")
    assert after.pack == before.pack
    members = await stage.records(lambda uow: uow.members.where(active=True))
    roles = {one.user: one.role for one in members}
    assert roles == {
        stage.amara.id: Role.LEAD,
        stage.dana.id: Role.COACH,
        stage.ben.id: Role.LEADER,
        eve.id: Role.LEADER,
    }
    assert "Dana Whitlock has put you on Northwind" in (await eve.dms())[0].plain
    assert len(await stage.ben.dms()) == 1
