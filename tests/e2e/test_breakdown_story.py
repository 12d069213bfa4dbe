"""A breakdown from the first message to the library, as everybody in the story sees it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from coaching.catalogue import load_catalogue
from coaching.team import Role
from coaching.team_plan import WantedMember, WantedTeam
from coaching.use_cases.set_up_team import apply_teams
from sandbox import Person, SeenMessage
from tests.e2e.stage import THURSDAY_NINE, TUESDAY_NINE, Stage, on_stage
from tests.e2e.test_home import home_of, shown
from tests.integration.coaching.week import MONDAY, PLAN

NEEDED, TAKES, BY_WHEN = "What's needed now?", "Who takes it?", "By when?"
LEARNING = "What are we learning?"
FRIDAY_NINE = datetime(2026, 10, 9, 9, tzinfo=UTC)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


@pytest.fixture(params=["socket mode", "http"])
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path, http=request.param == "http") as stage:
        yield stage


async def newest(person: Person, words: str) -> SeenMessage:
    """The newest message to somebody that says these words."""
    return [one for one in await person.dms() if words in one.plain][-1]


async def presses(stage: Stage, person: Person, words: str, label: str) -> dict[str, Any]:
    """Press on the newest message that says these words; the form that it opens."""
    opened = await person.press(await newest(person, words), label)
    assert opened.view is not None
    await stage.settle()
    return opened.view


async def sends(stage: Stage, person: Person, view: dict[str, Any], **values: str) -> Any:
    done = await person.submit(view, values)
    assert done.ok, done.errors
    await stage.settle()
    return done.view


async def logged(stage: Stage, owner: Person, by: str) -> None:
    message = await stage.chiara.say(stage.channel, "The export to the regulator failed again")
    opened = await stage.chiara.shortcut("Log a breakdown", message)
    assert opened.view is not None
    values = {NEEDED: "A second approver", TAKES: owner.id, BY_WHEN: by}
    more = await stage.chiara.submit(opened.view, values)
    assert more.view is not None
    await sends(stage, stage.chiara, more.view, **{"What happened?": "The key had expired"})


async def set_up(stage: Stage, plan: WantedTeam) -> None:
    members = tuple(WantedMember(stage.people[one.user].id, Role(one.role)) for one in PLAN.members)
    here = replace(plan, channel=stage.channel, members=members)
    await stage.bot.store.run(
        stage.workspace.id, lambda uow: apply_teams(uow, [here], load_catalogue(), MONDAY)
    )


async def test_it_is_followed_to_its_end_and_found_in_the_library(stage: Stage) -> None:
    await set_up(stage, replace(PLAN, cadences=PLAN.cadences[2:], budget=5))
    await logged(stage, stage.ben, "2026-10-09")
    await stage.until(THURSDAY_NINE + timedelta(hours=2))
    opened = await stage.ben.press(await stage.prompt_of(stage.ben), "Answer")
    assert "Still open" in str(opened.view), "the weekly look"
    assert opened.view is not None
    label = next(one for one in _labels(opened.view) if one.startswith("Done, or another day"))
    card = await stage.ben.press_in_view(opened.view, label)
    assert "A second approver" in str(card.view)

    await stage.until(FRIDAY_NINE)
    view = await presses(stage, stage.ben, "Is it done?", "New day…")
    await sends(stage, stage.ben, view, **{BY_WHEN: "2026-10-13"})
    assert "I ask you again on Tuesday 13 October" in (await newest(stage.ben, "again on")).plain

    await stage.until(FRIDAY_NINE + 4 * DAY)
    view = await presses(stage, stage.ben, "Is it done?", "I need help…")
    await sends(stage, stage.ben, view, **{"What would help?": "The CFO does not call back"})
    help_wanted = await newest(stage.amara, "The CFO does not call back")
    assert "I'll talk to them" in help_wanted.buttons
    view = await presses(stage, stage.amara, "The CFO does not", "Give it to somebody…")
    await sends(stage, stage.amara, view, **{TAKES: stage.amara.id, BY_WHEN: "2026-10-15"})
    assert (await newest(stage.ben, "The export")).buttons == ["Open"], "it is hers now"

    await stage.until(FRIDAY_NINE + 6 * DAY)
    view = await presses(stage, stage.amara, "Is it done?", "Done")
    await sends(stage, stage.amara, view, **{LEARNING: "Keys need owners"})
    assert "Done" in (await newest(stage.chiara, "The export")).plain

    listed = await stage.dana.command("/widelens", "breakdowns", channel=stage.channel)
    assert listed.view is not None
    assert "Nothing is open." in str(listed.view)
    library = await stage.dana.press_in_view(listed.view, "Library")
    assert library.view is not None
    found = await stage.dana.submit(library.view, {"Search": "KEYS owners"})
    assert found.view is not None
    assert "1 found" in str(found.view)
    label = next(one for one in _labels(found.view) if one.startswith("Open The export"))
    card = await stage.dana.press_in_view(found.view, label)
    assert card.view is not None
    assert "Open it again…" in _labels(card.view)
    said = shown(card.view)
    assert "date: Tuesday 13 October, was Friday 9 October" in said
    assert "Keys need owners" in said


async def test_an_owner_who_leaves_leaves_it_to_who_logged_it(stage: Stage) -> None:
    await logged(stage, stage.ben, "2026-10-09")
    await stage.ben.leaves(stage.channel)
    await stage.settle()
    await stage.until(TUESDAY_NINE + timedelta(hours=1))
    view = await presses(stage, stage.chiara, "has left the team", "Give it to somebody…")
    await sends(stage, stage.chiara, view, **{TAKES: stage.chiara.id, BY_WHEN: "2026-10-09"})
    await stage.until(FRIDAY_NINE)
    assert "Is it done?" in (await newest(stage.chiara, "Is it done?")).plain
    assert not [one for one in await stage.ben.dms() if "Is it done?" in one.plain]
    view = await home_of(stage.chiara)
    done = next(one for one in _labels(view) if one.startswith("Done: The export"))
    learn = await stage.chiara.press_in_view(view, done)
    assert learn.view is not None
    assert LEARNING in str(learn.view)
    await stage.settle()
    assert "What you took on" not in shown(await home_of(stage.chiara))


async def test_whether_it_was_safe_to_raise_is_asked_of_everyone(stage: Stage) -> None:
    await set_up(stage, replace(PLAN, cadences=PLAN.cadences[:1]))
    await logged(stage, stage.chiara, "2026-10-09")
    await presses(stage, stage.chiara, "The export", "Done")
    await stage.until(TUESDAY_NINE + timedelta(hours=1))
    for person in (stage.amara, stage.ben, stage.chiara):
        opened = await person.press(await stage.prompt_of(person), "Answer")
        assert "how safe was it to raise them?" in str(opened.view)
        assert "The export" not in str(opened.view)


def _labels(view: dict[str, Any]) -> list[str]:
    return [
        str(one["text"]["text"])
        for block in view["blocks"]
        if block["type"] == "actions"
        for one in block["elements"]
    ]
