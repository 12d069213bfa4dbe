"""What the demo adds to the sandbox's page: its actions, each as pressed by somebody."""

import re

import pytest

from bot.demo.company import LEAD, SCENE
from bot.demo.on_page import host_of
from bot.demo.plan import Plan
from bot.demo.stage import open_stage
from bot.demo.weeks import Weeks

pytestmark = pytest.mark.demo
TOM = "tom"


async def test_the_others_act_and_nobody_in_the_place_of_who_is_at_the_keyboard() -> None:
    async with open_stage(SCENE, frozen=True) as stage:
        weeks = Weeks(stage, Plan(seed=7, weeks=4), 0, left_alone=LEAD.key)
        await weeks.go_on_by(days=1, hours=2)
        host = host_of(stage, weeks)
        runs = {action.key: action.run for action in host.actions}
        tom = stage.people[TOM]
        before = len(stage.acted)

        said = await runs["others"](tom.id)
        assert re.fullmatch(r"\d of the others have answered\.", said or "")
        answered = {act.who for act in stage.acted[before:]}
        assert len(answered) >= 5
        assert not answered & {TOM, LEAD.key}
        assert await runs["others"](tom.id) == (
            "Nobody else has anything open. Let some time pass first."
        )

        assert await runs["hour"](tom.id) == "It is Tuesday 6 October, 10:00."
        await tom.leaves(stage.channel)
        assert await runs["week"](tom.id) == "It is Tuesday 13 October, 10:00."
        assert TOM not in {act.who for act in stage.acted[before:]}
        assert await runs["day"](host.sits_as or "") == "It is Wednesday 14 October, 10:00."
        said = await runs["due"](host.sits_as or "")
        assert stage.now().strftime("%A") in (said or "")
