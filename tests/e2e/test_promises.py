"""Promises from the answer that makes them to what came of them, in Slack."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from tests.e2e.stage import THURSDAY_FIVE, TUESDAY_NINE, Stage, on_stage
from tests.e2e.test_breakdown_story import newest, presses, sends, set_up
from tests.e2e.test_home import home_of, shown
from tests.integration.coaching.week import PLAN, cadence

ACT = "Which one visible act will you take this month, as if our future already mattered?"
BY = "By which day?"
FRIDAY_NINE = datetime(2026, 10, 9, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(params=["socket mode", "http"])
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path, http=request.param == "http") as stage:
        monthly = replace(cadence("commitment", "TU", time(9)), rrule="FREQ=MONTHLY;BYDAY=1TU")
        await set_up(stage, replace(PLAN, cadences=(monthly,)))
        yield stage


async def test_a_promise_is_kept_and_one_is_made_late(stage: Stage) -> None:
    await stage.until(TUESDAY_NINE + timedelta(hours=1))
    opened = await stage.ben.press(await stage.prompt_of(stage.ben), "Answer")
    assert opened.view is not None
    await sends(stage, stage.ben, opened.view, **{ACT: "I call two wards", BY: "2026-10-09"})
    assert "I call two wards" in shown(await home_of(stage.ben))

    await stage.until(THURSDAY_FIVE + timedelta(hours=1))
    late = await stage.chiara.press((await stage.chiara.dms())[0], "Answer late")
    assert late.view is not None
    await sends(stage, stage.chiara, late.view, **{ACT: "I visit the depot", BY: "2026-10-12"})

    await stage.until(FRIDAY_NINE)
    view = await presses(stage, stage.ben, "I call two wards", "Not yet")
    moved = await sends(
        stage, stage.ben, view, **{"Not yet? Another day, if it still holds": "2026-10-12"}
    )
    assert "I ask you again on Monday 12 October." in str(moved)

    await stage.until(FRIDAY_NINE + 3 * DAY)
    view = await presses(stage, stage.ben, "What came of it?", "Done")
    values = {
        "What did you learn?": "They had waited for a call",
        "Who sees this?": "My team may see what came of it",
    }
    assert "Your team can see it." in str(await sends(stage, stage.ben, view, **values))
    assert "your team can see it" in (await newest(stage.ben, "I call two wards")).plain
    await presses(stage, stage.chiara, "I visit the depot", "Partly")

    seen = await stage.amara.command("/widelens", "promises", channel=stage.channel)
    assert "They had waited for a call" in str(seen.view)
    assert "I visit the depot" not in str(seen.view), "what came of it is theirs"


async def test_who_leaves_is_asked_nothing_more(stage: Stage) -> None:
    await stage.until(TUESDAY_NINE + timedelta(hours=1))
    opened = await stage.ben.press(await stage.prompt_of(stage.ben), "Answer")
    assert opened.view is not None
    await sends(stage, stage.ben, opened.view, **{ACT: "I call two wards", BY: "2026-10-09"})
    await stage.ben.leaves(stage.channel)
    await stage.settle()
    before = len(await stage.ben.dms())
    await stage.until(FRIDAY_NINE + 8 * DAY)
    assert len(await stage.ben.dms()) == before
