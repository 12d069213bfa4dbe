"""The cadence editor in Slack: opened from a home, drawn anew as one chooses, and shared."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sandbox import Outcome, Person
from tests.e2e.stage import TUESDAY_NINE, Stage, on_stage
from tests.e2e.test_home import home_of, shown, stands

WINS = "Change Visible progress…"
NEXT_FIVE = "the next five dates:"


@pytest.fixture(params=["socket mode", "http"])
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path, http=request.param == "http") as stage:
        yield stage


async def opens(person: Person, label: str) -> dict[str, Any]:
    return up(await person.press_in_view(await home_of(person), label))


def up(outcome: Outcome) -> dict[str, Any]:
    """The form that is up now."""
    assert outcome.ok, outcome
    assert outcome.view is not None
    return outcome.view


async def test_dates_before_saving_two_people_and_a_stop(stage: Stage) -> None:
    form = await opens(stage.amara, WINS)
    assert "Tuesday 13 October, 09:00" in shown(form)
    form = up(await stage.amara.changes(form, "How often?", "Every month"))
    assert f"First Tuesday of each month at 09:00 · {NEXT_FIVE}" in shown(form)
    form = up(await stage.amara.changes(form, "Which one of the month?", "Second"))
    form = up(await stage.amara.changes(form, "From which day on?", "2026-12-20"))
    assert "Tuesday 12 January 2027, 09:00" in shown(form)

    theirs = await opens(stage.dana, WINS)
    theirs = up(await stage.dana.changes(theirs, "At which hour?", "14:00"))
    assert (await stage.dana.submit(theirs)).ok
    await stage.settle()
    assert (await stands(stage, stage.dana)).startswith(
        "Visible progress now comes every Tuesday at 14:00, next on Tuesday 6 October."
    )

    form = up(await stage.amara.submit(form))
    assert shown(form).startswith(
        "Dana Whitlock changed this while your form was open: it came every Tuesday at 09:00, and"
        " now comes every Tuesday at 14:00"
    )
    assert "Tuesday 12 January 2027, 09:00" in shown(form), "what she chose is still there"
    kept = await stage.amara.submit(form)
    assert kept.ok
    assert kept.view is None
    await stage.settle()
    said = await stands(stage, stage.amara)
    assert said.startswith("Visible progress now comes on the second Tuesday of each month")
    assert "Visible progress · next Tuesday 12 January, 09:00" in said

    form = up(
        await stage.amara.press_in_view(
            await opens(stage.amara, WINS), "Stop asking Visible progress…"
        )
    )
    assert (await stage.amara.submit(form, {"What shall I do?": "Stop asking it"})).ok
    await stage.settle()
    said = await stands(stage, stage.amara)
    assert said.startswith("Visible progress is no longer asked.")
    assert WINS not in said
    await stage.until(TUESDAY_NINE + timedelta(hours=1))
    (asked,) = await stage.ben.dms()
    assert "Visible progress" not in asked.plain


async def test_a_practice_is_added_and_a_wrong_choice_keeps_the_form(stage: Stage) -> None:
    form = await opens(stage.dana, "Add a practice to Northwind leadership…")
    assert "Choose what to ask." in shown(form)
    form = up(await stage.dana.changes(form, "What shall I ask?", "Missing voices"))
    assert NEXT_FIVE in shown(form)
    form = up(await stage.dana.changes(form, "From which day on?", "2026-08-01"))
    assert "That day has gone by." in shown(form)
    refused = await stage.dana.submit(form)
    assert refused.errors == {"since": "That day has gone by. Choose today, or a later one."}
    added = await stage.dana.submit(form, {"From which day on?": "2026-10-06"})
    assert added.ok, added
    await stage.settle()
    said = await stands(stage, stage.dana)
    assert said.startswith("Missing voices is now asked every Tuesday at 09:00, next on Tuesday 6")
    await stage.until(TUESDAY_NINE + timedelta(hours=1))
    assert "Missing voices" in (await stage.ben.dms())[0].plain

    set_up = await opens(stage.amara, "Change the set-up of Northwind leadership…")
    assert "Who leads the team?" in str(set_up)
