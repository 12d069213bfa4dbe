"""What happens to a sitting in mid-round, in Slack: put off, answered late, its channel lost."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.e2e.stage import THURSDAY_FIVE, TUESDAY_NINE, Stage, on_stage
from tests.e2e.test_week import MOVED
from tests.integration.coaching.week import ALWAYS

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


@pytest.fixture(params=["socket mode", "http"])
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path, http=request.param == "http") as stage:
        yield stage


async def test_11_a_snooze_is_kept(stage: Stage) -> None:
    await stage.until(TUESDAY_NINE + HOUR)
    prompt = await stage.prompt_of(stage.ben)
    assert (await stage.ben.press(prompt, "Ask me tomorrow")).view is None
    await stage.settle()
    (quiet,) = await stage.ben.dms()
    assert "I stay quiet until Wednesday 7 October, 09:00" in quiet.plain
    assert quiet.buttons == ["Answer", "Skip this time", *ALWAYS]
    listed = await stage.ben.command("/widelens", channel=stage.channel)
    assert "quiet until Wednesday 7 October, 09:00" in listed.said[0].plain

    await stage.until(TUESDAY_NINE + DAY - timedelta(minutes=1))
    assert len(await stage.ben.dms()) == 1
    await stage.until(TUESDAY_NINE + DAY)
    again = await stage.prompt_of(stage.ben)
    assert again.plain.startswith("You wanted Visible progress and Voices heard today")
    assert again.buttons == ["Answer", "Skip this time", "Ask me tomorrow", *ALWAYS]
    await stage.until(TUESDAY_NINE + DAY + 7 * HOUR)
    assert len(await stage.ben.dms()) == 2, "no reminder beside it"

    await stage.until(THURSDAY_FIVE - 7 * HOUR)  # Thursday morning, and it closes in the afternoon
    refused = await stage.ben.press(again, "Ask me tomorrow")
    assert "This closes before I could ask you again" in str(refused.view)


async def test_17_a_late_answer_is_taken_until_the_next_round(stage: Stage) -> None:
    await stage.until(TUESDAY_NINE)
    await stage.until(THURSDAY_FIVE + HOUR)
    closed = (await stage.ben.dms())[0]
    assert "an answer is welcome until the next one opens" in closed.plain
    opened = await stage.ben.press(closed, "Answer late")
    assert opened.view is not None
    assert "marked as having come later" in str(opened.view)
    assert (await stage.ben.submit(opened.view, {MOVED: "The ward ordered again"})).ok
    await stage.settle()
    told = next(one for one in await stage.in_channel() if "The ward ordered again" in one.plain)
    assert "What follows came once the round had closed." in told.plain
    assert "Answered late" in (await stage.ben.dms())[0].plain

    left_open = await stage.chiara.press((await stage.chiara.dms())[0], "Answer late")
    assert left_open.view is not None
    await stage.until(TUESDAY_NINE + WEEK)
    refused = await stage.chiara.submit(left_open.view, {MOVED: "A week too late"})
    assert "is open for you now: `/widelens` shows it" in next(iter(refused.errors.values()))


async def test_a_lost_channel_is_told_once_and_things_go_on_when_it_is_back(stage: Stage) -> None:
    await stage.until(TUESDAY_NINE)
    await stage.control.remove_app(stage.channel)
    await stage.settle()
    (note,) = await stage.dana.dms()
    assert "I ask nobody there for now" in note.plain
    assert "Add me to the channel again (/invite)." in note.plain
    opened = await stage.ben.press(await stage.prompt_of(stage.ben), "Answer")
    assert opened.view is not None
    assert (await stage.ben.submit(opened.view, {MOVED: "The ward ordered again"})).ok
    await stage.until(TUESDAY_NINE + DAY)
    assert len(await stage.chiara.dms()) == 1, "nobody is reminded"

    await stage.control.add_app(stage.channel)
    await stage.until(TUESDAY_NINE + DAY + HOUR)
    line, back = [one.plain for one in await stage.in_channel()]
    assert "I couldn't write here for a while" in back
    assert "1 of 3 have answered" in line
    await stage.until(TUESDAY_NINE + DAY + 2 * HOUR)
    assert len(await stage.chiara.dms()) == 2
    await stage.until(THURSDAY_FIVE)
    assert "The ward ordered again" in "".join([one.plain for one in await stage.in_channel()])
    assert len(await stage.dana.dms()) == 1
