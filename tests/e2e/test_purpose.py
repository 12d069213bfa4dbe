"""A purpose told to its end, in Slack: written, checked, settled, pinned, looked at, restated."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from coaching.catalogue import load_catalogue
from coaching.team import Role
from coaching.team_plan import WantedMember
from coaching.use_cases.set_up_team import apply_teams
from sandbox import Person
from tests.e2e.stage import TUESDAY_NINE, Stage, on_stage
from tests.e2e.test_home import after, home_of, shown
from tests.integration.coaching.week import MONDAY, PLAN, cadence

HOUR = timedelta(hours=1)
WEEK = timedelta(weeks=1)
ASKS = "Our purpose in one sentence:"
SERVE = "Who do we serve beyond this organisation?"
MISSED = "If we disappeared tomorrow, who would miss us, and why?"
SETTLE = "Settle our sentence"
OUTWARD = "We make the wards of the north run without waiting"
INWARD = "We grow revenue by five per cent"
CLOSED = datetime(2026, 10, 12, 17, tzinfo=UTC)


@pytest.fixture(params=["socket mode", "http"])
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path, http=request.param == "http") as stage:
        members = tuple(
            WantedMember(stage.people[one.user].id, Role(one.role)) for one in PLAN.members
        )
        asked = cadence("purpose_whole", "TU", time(9)), cadence("purpose", "MO", time(9))
        times = zip(asked, (1, 4), strict=True)
        cadences = tuple(replace(one, rrule=f"{one.rrule};COUNT={n}") for one, n in times)
        plan = replace(PLAN, channel=stage.channel, members=members, cadences=cadences)
        await stage.bot.store.run(
            stage.workspace.id, lambda uow: apply_teams(uow, [plan], load_catalogue(), MONDAY)
        )
        yield stage


async def writes(stage: Stage, person: Person, sentence: str) -> dict[str, Any] | None:
    """They answer the restatement; the form that then stands there, if any."""
    opened = await person.press(await stage.prompt_of(person), "Answer")
    assert opened.view is not None
    given = {SERVE: "Ward nurses", MISSED: "The wards", ASKS: sentence}
    sent = await person.submit(opened.view, given)
    assert sent.ok
    return sent.view


async def test_a_purpose_is_written_settled_pinned_and_looked_at_again(stage: Stage) -> None:
    await stage.until(TUESDAY_NINE + HOUR)
    assert await writes(stage, stage.ben, OUTWARD) is None
    checked = await writes(stage, stage.chiara, INWARD)
    assert checked is not None
    assert "Kept as you wrote it. One thing: it speaks of" in shown(checked)
    assert checked["submit"]["text"] == "Change it"
    assert checked["close"]["text"] == "Keep it"
    assert (await stage.chiara.submit(checked, {ASKS: "We keep trains on time for people"})).ok
    kept = await writes(stage, stage.amara, INWARD)
    assert kept is not None, "she keeps it: she closes the form"

    await stage.until(CLOSED)
    summary = (await stage.in_channel())[-1].plain
    assert "We keep trains on time for people" in summary
    assert INWARD in summary
    offer = [one for one in await stage.amara.dms() if SETTLE in one.buttons][-1]
    assert OUTWARD in offer.plain
    opened = await stage.amara.press(offer, SETTLE)
    assert opened.view is not None
    settled = await stage.amara.submit(opened.view, {ASKS: INWARD})
    assert settled.view is not None
    assert "Settled as you wrote it. One thing" in shown(settled.view)
    assert (await stage.amara.submit(settled.view, {ASKS: OUTWARD})).ok
    await stage.settle()
    posted = (await stage.in_channel())[-1]
    assert OUTWARD in posted.plain
    assert await pinned(stage) == [posted.ts]
    assert SETTLE not in [b for one in await stage.amara.dms() for b in one.buttons]

    await stage.until(CLOSED + timedelta(days=6, hours=18))
    prompt = await stage.prompt_of(stage.ben)
    assert f"Our purpose: {OUTWARD}" in prompt.plain
    form = await stage.ben.press(prompt, "Answer")
    assert OUTWARD in str(form.view)
    assert form.view is not None
    more = await stage.ben.submit(form.view, {"Does our purpose sentence still hold?": "No"})
    assert more.ok
    await stage.until(CLOSED + timedelta(days=10))
    offer = [one for one in await stage.amara.dms() if SETTLE in one.buttons][-1]
    opened = await stage.amara.press(offer, SETTLE)
    assert opened.view is not None
    better = "We make the wards run, so that nurses have time for patients"
    assert (await stage.amara.submit(opened.view, {ASKS: better})).view is None
    await stage.settle()
    newest = (await stage.in_channel())[-1]
    assert better in newest.plain
    assert await pinned(stage) == [newest.ts], "the version before it is pinned no longer"
    told = await stage.ben.command("/widelens", "purpose", channel=stage.channel)
    assert better in told.said[0].plain
    assert told.said[0].buttons == ["Earlier versions"]
    past = await stage.ben.press(told.said[0], "Earlier versions")
    assert OUTWARD in str(past.view)


async def test_it_is_restated_from_the_home(stage: Stage) -> None:
    assert "[Restate it now]" in shown(await home_of(stage.amara))
    await after(stage, stage.amara, "Restate it now")
    assert [one.buttons[0] for one in await stage.ben.dms()] == ["Answer"]
    assert await writes(stage, stage.ben, OUTWARD) is None


async def pinned(stage: Stage) -> list[str]:
    """The messages that are pinned by now, in the order in which they were."""
    added, removed = [
        [one["arguments"]["timestamp"] for one in await stage.control.calls(method)]
        for method in ("pins.add", "pins.remove")
    ]
    return [ts for ts in dict.fromkeys(added) if ts not in removed]
