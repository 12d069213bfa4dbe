"""An anonymous practice as people meet it in Slack: said so, sent once, never echoed, pooled."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from coaching.catalogue import load_catalogue
from coaching.team import Role
from coaching.team_plan import WantedMember
from coaching.use_cases.set_up_team import apply_teams
from sandbox import Person
from tests.e2e.stage import THURSDAY_FIVE, TUESDAY_NINE, Stage, on_stage
from tests.integration.coaching.week import MONDAY, PLAN, cadence

WORTHWHILE = "How worthwhile did your work of the last weeks feel?"
BECAUSE = "What made it so, or got in the way?"
WEEK = timedelta(weeks=1)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path) as stage:
        members = tuple(
            WantedMember(stage.people[one.user].id, Role(one.role)) for one in PLAN.members
        )
        plan = replace(
            PLAN,
            channel=stage.channel,
            members=members,
            anonymity=3,
            cadences=(cadence("alignment", "TU", time(9)),),
        )
        await stage.bot.store.run(
            stage.workspace.id, lambda uow: apply_teams(uow, [plan], load_catalogue(), MONDAY)
        )
        yield stage


async def answer(stage: Stage, person: Person, figure: str, words: str) -> None:
    opened = await person.press(await stage.prompt_of(person), "Answer")
    assert opened.view is not None
    sent = await person.submit(opened.view, {WORTHWHILE: figure, BECAUSE: words})
    assert sent.ok
    assert sent.view is None
    await stage.settle()


async def test_from_the_form_to_the_figures(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    await stage.until(TUESDAY_NINE)
    prompt = await stage.prompt_of(stage.ben)
    assert "Anonymous: I can't tell who wrote what either." in prompt.plain
    form = (await stage.ben.press(prompt, "Answer")).view
    assert form is not None
    assert "speak-up line" in str(form)
    assert "averages from 3 answers on, words from 5" in str(form)

    words = {WORTHWHILE: "2", BECAUSE: "Two meetings about one slide"}
    assert (await stage.ben.submit(form, words)).ok
    refused = (await stage.ben.press(prompt, "Answer")).view  # before the prompt says it anew
    assert "You have sent this already, and it is kept." in str(refused)
    assert "Two meetings" not in str(refused)
    await stage.settle()
    answered = (await stage.ben.dms())[-1]
    assert answered.ts == prompt.ts
    assert answered.buttons == []
    assert "Two meetings" not in answered.plain

    await answer(stage, stage.chiara, "4", "The ward called back")
    (line,) = await stage.in_channel()
    assert "anonymous, so nobody is counted" in line.plain

    await stage.until(THURSDAY_FIVE)
    told = (await stage.in_channel())[-1].plain
    assert "waits, safely, and is shown together with the next round's" in told

    await stage.until(TUESDAY_NINE + WEEK)
    await answer(stage, stage.chiara, "3", "")
    await stage.until(THURSDAY_FIVE + WEEK)
    told = (await stage.in_channel())[-1].plain
    assert "3.0 of 5 on average" in told
    assert "With it comes what had to wait in earlier rounds." in told
    for said in await stage.in_channel():
        assert "The ward called back" not in said.plain
        assert "Ben" not in said.plain
    assert "Two meetings" not in caplog.text
