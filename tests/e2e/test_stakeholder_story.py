"""The stakeholders' story, from the draft of the map to what a guest said in the room."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sandbox import Outcome, Person
from tests.e2e.stage import TUESDAY_NINE, Stage, on_stage
from tests.e2e.test_any_time import asks
from tests.e2e.test_home import home_of, shown

OUTSIDE = "Who outside this organisation is better or worse off through what we do?"
DEEPEN = "Which two relationships do we deepen this quarter?"
OWNERS = "Who on this team looks after the two?"
GUEST = "Whom of the two do we invite to our next strategy session?"
SESSION = "When is that session?"
NURSE, REGULATOR = "Northern hospitals", "The data regulator"


@pytest.fixture(params=["socket mode", "http"])
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path, http=request.param == "http") as stage:
        yield stage


def up(outcome: Outcome) -> dict[str, Any]:
    assert outcome.ok, outcome
    assert outcome.view is not None
    return outcome.view


async def at(stage: Stage, month: int, day: int, hour: int = 17) -> None:
    await stage.until(datetime(2026, month, day, hour, tzinfo=UTC))


async def newest(person: Person) -> str:
    return [one for one in await person.dms() if one.app_id][-1].plain


async def drafted(stage: Stage) -> None:
    """Amara drafts the map, and has Ben invite the hospitals to a session on 13 November."""
    await asks(stage, "stakeholder_draft")
    await stage.until(TUESDAY_NINE)
    form = up(await stage.amara.press(await stage.prompt_of(stage.amara), "Answer"))
    three = f"{NURSE}\n{REGULATOR}\nNorthern Hospital"
    refused = await stage.amara.submit(form, {OUTSIDE: three, DEEPEN: three})
    assert "Two at a time" in str(refused.errors)
    more = up(await stage.amara.submit(form, {OUTSIDE: three, DEEPEN: f"{NURSE}\n{REGULATOR}"}))
    refused = await stage.amara.submit(more, {GUEST: [NURSE]})
    assert "Choose the day, too" in str(refused.errors)
    given = {GUEST: [NURSE], SESSION: "2026-11-13", OWNERS: [stage.ben.id, stage.amara.id]}
    assert (await stage.amara.submit(more, given)).ok
    await stage.settle()


async def test_from_the_draft_to_what_the_guest_said(stage: Stage) -> None:
    await drafted(stage)
    page = up(await stage.amara.command("/widelens", "stakeholders", channel=stage.channel))
    assert "Northern Hospital" in shown(page)
    assert "in focus, looked after by Ben Castell" in shown(page)

    entry = up(await stage.amara.press_in_view(page, "Open Northern Hospital"))
    same = up(await stage.amara.press_in_view(entry, "Same as…"))
    one = up(await stage.amara.submit(same, {"Northern Hospital is the same as": NURSE}))
    assert f"They are one now: {NURSE}." in shown(one)
    assert "the same as Northern Hospital" in shown(one)
    back = up(await stage.amara.press_in_view(one, "Back to the map"))
    assert "[Open Northern Hospital]" not in shown(back)

    await at(stage, 10, 16)
    asked = await newest(stage.ben)
    assert "Your strategy session is in 28 days, on Friday 13 November" in asked
    assert (await stage.ben.press(await stage.prompt_of(stage.ben), "Invited")).ok
    await stage.settle()
    assert f"{NURSE}, session on Friday 13 November: invited." in await newest(stage.ben)

    home = await home_of(stage.amara)
    assert f"In focus on the map: {NURSE} (Ben Castell)" in shown(home)
    page = up(await stage.amara.press_in_view(home, "Open the map of Northwind leadership"))
    session = up(await stage.amara.press_in_view(page, "Open Friday 13 November"))
    change = up(await stage.amara.press_in_view(session, "Change day or guests…"))
    moved = up(await stage.amara.submit(change, {"When is it?": "2026-11-20"}))
    assert "Session on Friday 20 November" in shown(moved)
    await at(stage, 10, 23)
    assert "in 28 days, on Friday 20 November" in await newest(stage.ben)
    await at(stage, 11, 13)
    assert f"in 7 days, on Friday 20 November, and {NURSE} is invited" in await newest(stage.ben)
    home = await home_of(stage.ben)
    assert "Whom you invite" in shown(home)
    assert (await stage.ben.press_in_view(home, f"Accepted: {NURSE}")).ok
    await stage.settle()

    told = len(await stage.ben.dms())
    await at(stage, 11, 20)
    assert len(await stage.ben.dms()) == told, "accepted: nothing more before the session"
    await at(stage, 11, 23)
    assert f"Did {NURSE} come?" in await newest(stage.ben)
    form = up(await stage.ben.press(await stage.prompt_of(stage.ben), "They came…"))
    given = {
        "What did we hear from them?": "We plan around your outages",
        "How did they themselves rate the relationship?": "2",
    }
    assert (await stage.ben.submit(form, given)).ok
    await stage.settle()
    assert "they came. What they said is kept" in await newest(stage.ben)
    page = up(await stage.chiara.command("/widelens", "stakeholders", channel=stage.channel))
    assert "their own: relationship 2 of 5" in shown(page)
    assert "last met on Friday 20 November" in shown(page)
    (voice,) = await stage.records(lambda uow: uow.voices.where())
    assert voice.words == "We plan around your outages"
    told = len(await stage.ben.dms())
    await at(stage, 12, 11)
    assert not any("Did" in one.plain for one in (await stage.ben.dms())[told:])


async def test_the_owner_leaves_and_the_session_is_cancelled(stage: Stage) -> None:
    await drafted(stage)
    await stage.ben.leaves(stage.channel)
    await at(stage, 10, 7)
    assert "is yours now. Is the invitation out?" in await newest(stage.amara)
    page = up(await stage.dana.command("/widelens", "stakeholders", channel=stage.channel))
    session = up(await stage.dana.press_in_view(page, "Open Friday 13 November"))
    sure = up(await stage.dana.press_in_view(session, "Cancel the session…"))
    off = up(await stage.dana.press_in_view(sure, "Cancel the session"))
    assert "It does not take place" in shown(off)
    await at(stage, 10, 9)
    assert "to the session on Friday 13 November is off" in await newest(stage.amara)
    told = len(await stage.amara.dms())
    await at(stage, 11, 20)
    said = [one.plain for one in (await stage.amara.dms())[told:]]
    assert not any("strategy session" in one for one in said)
