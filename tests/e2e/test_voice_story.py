"""A voice heard, from the telling to the end: the decision changed, and they were told."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sandbox import Person, SeenMessage
from tests.e2e.stage import Stage, on_stage
from tests.e2e.test_home import home_of, shown
from tests.e2e.test_week import DECISION, HEARD

NURSE = "A ward nurse: you plan around our outages"
WANTED = "Releases move to Tuesdays"
WHO = "Who brings it about?"
WHEN = "By when should it change?"


def morning(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 9, 30, tzinfo=UTC)


@pytest.fixture(params=["socket mode", "http"])
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path, http=request.param == "http") as stage:
        yield stage


async def about_it(person: Person) -> list[SeenMessage]:
    """What the bot said to somebody of this voice."""
    return [one for one in await person.dms() if one.plain.startswith(WANTED)]


async def pressed(stage: Stage, person: Person, label: str) -> SeenMessage:
    """The newest message of it, once they have pressed on it."""
    newest = (await about_it(person))[-1]
    assert (await person.press(newest, label)).ok
    await stage.settle()
    return (await about_it(person))[-1]


async def test_from_the_telling_to_told(stage: Stage) -> None:
    opened = await stage.ben.command("/widelens", f"heard {NURSE}", channel=stage.channel)
    assert opened.view is not None
    step = await stage.ben.submit(opened.view, {DECISION: WANTED, "Who was it?": "Ward nurses"})
    assert step.view is not None
    assert "with your name in its digest" in str(step.view)
    refused = await stage.ben.submit(step.view, {WHO: stage.channel})
    assert not refused.ok or refused.errors
    sent = await stage.ben.submit(step.view, {WHO: stage.chiara.id, WHEN: "2026-10-20"})
    assert sent.ok
    await stage.until(morning(10, 5))
    assert "This is yours to bring about by Tuesday 20 October" in (
        (await about_it(stage.chiara))[-1].plain
    )
    assert await about_it(stage.ben) == []

    await stage.until(morning(10, 20))
    assert (await about_it(stage.chiara))[-1].buttons == [
        "It changed",
        "It stands…",
        "New day…",
        "Open",
    ]
    later = await stage.chiara.press((await about_it(stage.chiara))[-1], "New day…")
    assert later.view is not None
    early = await stage.chiara.submit(later.view, {"By when?": "2026-10-19"})
    assert "still to come" in str(early.errors)
    assert (await stage.chiara.submit(later.view, {"By when?": "2026-10-27"})).ok
    await stage.until(morning(10, 27))
    assert len(await about_it(stage.chiara)) == 3
    said = await pressed(stage, stage.chiara, "It changed")
    assert "it changed. Were they told?" in said.plain
    said = await pressed(stage, stage.chiara, "Not yet")
    assert "I ask once more on Tuesday 3 November" in said.plain
    await stage.until(morning(11, 3))
    assert len(await about_it(stage.chiara)) == 4
    said = await pressed(stage, stage.chiara, "They were told")
    assert "That closes it" in said.plain
    await stage.until(morning(12, 1))
    assert len(await about_it(stage.chiara)) == 4


async def test_the_register_in_slack_and_the_owner_who_leaves(stage: Stage) -> None:
    opened = await stage.ben.command("/widelens", f"heard {NURSE}", channel=stage.channel)
    assert opened.view is not None
    step = await stage.ben.submit(opened.view, {DECISION: WANTED})
    assert step.view is not None
    assert (await stage.ben.submit(step.view, {WHO: stage.chiara.id})).ok
    await stage.until(morning(10, 5))
    await stage.chiara.leaves(stage.channel)
    await stage.settle()
    assert "This is yours to bring about" in (await about_it(stage.ben))[-1].plain

    register = await stage.dana.command("/widelens", "voices outages", channel=stage.channel)
    assert register.view is not None
    assert "1 voice has" in str(register.view)
    card = await stage.dana.press_in_view(register.view, f"Open {WANTED}")
    assert card.view is not None
    edit = await stage.dana.press_in_view(card.view, "Edit")
    assert edit.view is not None
    assert HEARD not in str(edit.view), "the words are Ben's"
    again = await stage.dana.submit(edit.view, {DECISION: "Releases wait"})
    assert "Releases wait" in str(again.view)
    assert again.view is not None
    ended = await stage.dana.press_in_view(again.view, "It stands…")
    assert ended.view is not None
    why = await stage.dana.submit(ended.view, {"Why does it stand?": "It costs a night shift"})
    assert "It costs a night shift" in str(why.view)
    page = shown(await home_of(stage.ben))
    assert "Releases wait" not in page, "it is not open any more"
