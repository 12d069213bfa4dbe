"""The home, as each person sees it and presses on it."""

import json
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sandbox import Person
from tests.e2e.stage import THURSDAY_FIVE, TUESDAY_NINE, Stage, on_stage
from tests.e2e.test_week import MOVED

HOUR = timedelta(hours=1)


@pytest.fixture(params=["socket mode", "http"])
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path, http=request.param == "http") as stage:
        yield stage


async def home_of(person: Person) -> dict[str, Any]:
    """What somebody sees who has just opened their home, and waited for it."""
    await person.opens_home(wait=5)
    view = await person.opens_home(wait=5)
    assert view is not None
    return view


async def after(stage: Stage, person: Person, label: str) -> str:
    """What their open home says once they have pressed on it."""
    assert (await person.press_in_view(await home_of(person), label)).ok
    await stage.settle()
    return await stands(stage, person)


async def stands(stage: Stage, person: Person) -> str:
    """What their home says, which they have open."""
    calls = [one["arguments"] for one in await stage.control.calls("views.publish")]
    view = [one["view"] for one in calls if one["user_id"] == person.id][-1]
    return shown(json.loads(view) if isinstance(view, str) else view)


def shown(view: dict[str, Any]) -> str:
    """What a person reads, a block a line; a button in brackets."""
    return "\n".join("".join(_texts(block)) for block in view["blocks"])


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for one in part:
            yield from _texts(one)
    elif isinstance(part, dict) and part.get("type") == "button":
        yield f"[{part['text']['text']}]"
    elif isinstance(part, dict):
        text = part.get("text", part.get("fallback"))
        yield from [text] if isinstance(text, str) else _texts(list(part.values()))


async def test_a_leader_answers_from_their_home_and_finds_there_what_they_gave(
    stage: Stage,
) -> None:
    await stage.until(TUESDAY_NINE + HOUR)
    names = "Visible progress and Voices heard"
    view = await home_of(stage.ben)
    assert f"{names} · Northwind leadership · about 3 minutes · open until" in shown(view)
    opened = await stage.ben.press_in_view(view, f"Answer {names}")
    assert opened.view is not None
    assert (await stage.ben.submit(opened.view, {MOVED: "The ward ordered again"})).ok
    await stage.settle()
    given = await home_of(stage.ben)
    assert "Nothing is open for you." in shown(given)
    assert "The ward ordered again" in shown(given)
    assert "The ward ordered again" not in shown(await home_of(stage.chiara))
    edit = await stage.ben.press_in_view(given, "Edit Visible progress")
    assert edit.view is not None
    assert (await stage.ben.submit(edit.view, {MOVED: "Two wards ordered again"})).ok
    assert "Two wards ordered again" in shown(await home_of(stage.ben))

    await stage.until(THURSDAY_FIVE + HOUR)
    late = await home_of(stage.chiara)
    assert "closed, and still takes an answer" in shown(late)
    opened = await stage.chiara.press_in_view(late, f"Answer late: {names}")
    assert opened.view is not None
    assert "marked as having come later" in str(opened.view)


async def test_the_forms_of_a_persons_wishes_open_from_their_home(stage: Stage) -> None:
    view = await home_of(stage.ben)
    assert "Northwind leadership: quiet from 19:00 to 07:30" in shown(view)
    for label in ("I'm away", "Ask me less"):
        assert (await stage.ben.press_in_view(view, label)).view is not None


async def test_lead_and_coach_steer_their_team_from_their_homes(stage: Stage) -> None:
    assert "Pause" not in shown(await home_of(stage.ben))
    for person in (stage.amara, stage.dana):
        said = shown(await home_of(person))
        assert "Visible progress · next Tuesday 6 October, 09:00" in said
    said = await after(stage, stage.amara, "Pause Visible progress")
    assert said.startswith("Visible progress is paused. What is open still takes answers.")
    assert "[Go on with Visible progress]" in said
    assert "[Go on with Visible progress]" in shown(await home_of(stage.dana))
    said = await after(stage, stage.dana, "Pause Northwind leadership")
    assert "Paused: nobody is asked anything." in said
    await stage.until(TUESDAY_NINE + HOUR)
    assert await stage.ben.dms() == []

    refused = await after(stage, stage.amara, "Pause Voices heard")
    assert refused.startswith("Voices heard is paused.")
    assert (await after(stage, stage.dana, "Go on with Northwind leadership")).startswith(
        "Northwind leadership goes on."
    )
    await after(stage, stage.amara, "Go on with Voices heard")
    asked = await after(stage, stage.amara, "Ask Voices heard now")
    assert asked.startswith("Voices heard: open until Thursday 8 October, 17:00.")
    assert "open, 0 of 3 have answered" in asked
    assert [one.buttons[0] for one in await stage.ben.dms()] == ["Answer"]
    assert (await after(stage, stage.dana, "Ask Voices heard now")).startswith(
        "Voices heard is open already."
    )


async def test_a_stranger_reads_what_this_is(stage: Stage) -> None:
    stranger = await stage.control.add_person("Eve Lindqvist")
    said = shown(await home_of(stranger))
    assert "You are on no team that I work with" in said
    assert "Northwind" not in said


async def test_a_page_from_before_one_left_the_team_steers_nothing(stage: Stage) -> None:
    view = await home_of(stage.amara)
    await stage.amara.leaves(stage.channel)
    await stage.settle()
    assert (await stage.amara.press_in_view(view, "Pause Northwind leadership")).ok
    await stage.settle()
    said = await stands(stage, stage.amara)
    assert said.startswith("You have left this team")
    assert "You are on no team that I work with" in said
    assert not (await stage.records(lambda uow: uow.teams.where()))[0].paused
