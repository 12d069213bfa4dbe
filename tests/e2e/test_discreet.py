"""Where words are seen, in Slack: kept out of a channel in which others read along."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.e2e.newcomers import Newcomers
from tests.e2e.stage import THURSDAY_FIVE, TUESDAY_NINE, Stage, on_stage
from tests.e2e.test_home import after, home_of, shown, stands
from tests.e2e.test_week import MOVED

HOUR = timedelta(hours=1)
WEEK = timedelta(weeks=1)
KEEP = "Keep words out of the channel"
SHOW = "Show words in the channel"
READ = "Read what was written"


@pytest.fixture(params=["socket mode", "http"])
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path, http=request.param == "http") as stage:
        yield stage


async def test_a_discreet_team_reads_its_words_by_a_press_and_nobody_else_does(
    stage: Stage,
) -> None:
    said = await after(stage, stage.amara, KEEP)
    assert "stays out of the channel of Northwind leadership" in said
    assert f"[{SHOW}]" in said
    purpose = await stage.ben.command("/widelens", "purpose", channel=stage.channel)
    assert "Nobody in Northwind leadership has written down yet" in purpose.said[0].plain

    await stage.until(TUESDAY_NINE + HOUR)
    prompt = await stage.prompt_of(stage.ben)
    assert "Words stay out of the channel" in prompt.plain
    page = await home_of(stage.ben)
    opened = await stage.ben.press_in_view(page, "Answer Visible progress and Voices heard")
    assert opened.view is not None
    assert "only who is on the team can read them" in str(opened.view)
    assert (await stage.ben.submit(opened.view, {MOVED: "The ward ordered again"})).ok
    await stage.settle()
    home = await stands(stage, stage.ben)
    assert "Nothing is open for you." in home, "redrawn, without being opened again"
    assert "The ward ordered again" in home

    await stage.until(THURSDAY_FIVE + HOUR)
    posts = await stage.in_channel()
    assert "The ward" not in "".join(f"{one.plain} {one.text}" for one in posts)
    (summary,) = [one for one in posts if READ in one.buttons]
    for reader in (stage.chiara, stage.dana):
        assert "The ward ordered again" in str((await reader.press(summary, READ)).view)
    eve = await stage.control.add_person("Eve Lindqvist")
    await eve.joins(stage.channel)
    refused = str((await eve.press(summary, READ)).view)
    assert "for those on the team, and you are not on it" in refused
    assert "The ward" not in refused

    said = await after(stage, stage.dana, SHOW)
    assert "is asked from now on is shown in the channel" in said
    await stage.until(TUESDAY_NINE + WEEK + HOUR)
    opened = await stage.ben.press(await stage.prompt_of(stage.ben), "Answer")
    assert opened.view is not None
    assert (await stage.ben.submit(opened.view, {MOVED: "Two wards ordered"})).ok
    await stage.until(THURSDAY_FIVE + WEEK + HOUR)
    said = "".join([one.plain for one in await stage.in_channel()])
    assert "Two wards ordered" in said
    assert "The ward ordered again" not in said


async def test_what_is_chosen_in_a_form_from_the_home_is_seen_on_the_home(stage: Stage) -> None:
    page = await home_of(stage.ben)
    opened = await stage.ben.press_in_view(page, "Ask me less")
    assert opened.view is not None
    assert (await stage.ben.press_in_view(opened.view, "No reminders")).ok
    await stage.settle()
    assert "no reminders" in await stands(stage, stage.ben)

    opened = await stage.ben.press_in_view(page, "I'm away")
    assert opened.view is not None
    assert (await stage.ben.submit(opened.view, {"last": "2026-10-09"})).ok
    await stage.settle()
    assert "away from Monday 5 October to Friday 9 October" in await stands(stage, stage.ben)
    back = await stage.ben.press_in_view(await home_of(stage.ben), "I'm back today")
    assert "Welcome back" in str(back.view)
    await stage.settle()
    assert "away from" not in await stands(stage, stage.ben)


async def test_at_set_up_words_stay_out_where_others_read_along(tmp_path: Path) -> None:
    async with on_stage(tmp_path, empty=True) as stage:
        people = Newcomers(stage)
        eve = await stage.control.add_person("Eve Lind", "Europe/London")
        await eve.joins(stage.channel)
        packs = await people.to_the_packs(await people.arrival())
        assert "others can read along here" in str(packs)
        await people.send(stage.amara, packs, {"pack": "Gentle start"})
        await stage.settle()
        assert (await people.team()).discreet

        opened = await stage.dana.command("/widelens", "setup", channel=stage.channel)
        assert opened.view is not None
        week = await people.send(stage.dana, opened.view)
        packs = await people.send(stage.dana, week)
        chosen = {"words": "Show it in the channel"}
        await people.send(stage.dana, packs, chosen)
        assert not (await people.team()).discreet
        assert "What people write stands in this channel" in str(
            (await stage.ben.command("/widelens", "setup", channel=stage.channel)).view
        )


async def test_the_home_of_a_leader_decides_nothing(stage: Stage) -> None:
    assert KEEP not in shown(await home_of(stage.ben))
