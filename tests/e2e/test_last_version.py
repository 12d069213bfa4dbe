"""What the last released version's buttons and open forms send is still understood.

The file beside this one was written by that version: see `tools/record_payloads.py`.
"""

import json
import logging
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest

from handlers import ROUTES
from sandbox import Outcome, Person
from tests.e2e.last_version import SCENES, Step, labels_of, prepare, with_ids
from tests.e2e.stage import Stage, on_stage

RECORDED: Mapping[str, list[Step]] = json.loads(
    Path(__file__).with_name("last_version.json").read_text("utf-8")
)
UNKNOWN = "I don't know this one"


async def act(stage: Stage, step: Step) -> Outcome:
    """Do what somebody did, with what the old version had put before them."""
    person = next(one for one in stage.people.values() if one.id == step["who"])
    if step["kind"] == "submit":
        form = await stage.control.leave_form(person, step["view"], step["state"])
        return await person.submit(form)
    ids = {"action_id": step["action_id"], "block_id": step["block_id"]}
    if "message" in step:
        message = await stage.control.leave_message(person, step["message"])
        return await person.press(message, **ids)
    return await person.press_in_view(await shown(stage, person, step), **ids)


async def shown(stage: Stage, person: Person, step: Step) -> Mapping[str, object]:
    if "home" in step:
        return await stage.control.leave_home(person, step["home"])
    return await stage.control.leave_form(person, step["view"], step["state"])


async def again(stage: Stage, scene: str) -> None:
    """Everything that was recorded of a scene, in its order."""
    await prepare(stage, scene)
    for step in RECORDED[scene]:
        moment = datetime.fromisoformat(step["moment"])
        if moment > stage.clock.now():
            await stage.until(moment)
        now = with_ids(step, await labels_of(stage))
        what = f"{step['kind']} of {step['route']}"
        assert "{{" not in json.dumps(now), f"{what}: nothing stands for {now}"
        outcome = await act(stage, now)
        await stage.settle()
        assert outcome.ok, f"{what}: {outcome}"
        assert UNKNOWN not in str(outcome), what


@pytest.mark.parametrize("scene", SCENES)
async def test_every_act_of_a_scene_is_still_understood(
    scene: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with on_stage(tmp_path, empty=scene == "set up") as stage:
        await again(stage, scene)
        assert [one.getMessage() for one in caplog.records if one.levelno > logging.INFO] == []


async def test_what_was_sent_of_old_does_what_it_says(tmp_path: Path) -> None:
    async with on_stage(tmp_path) as stage:
        await again(stage, "week")
        answers = await stage.records(lambda uow: uow.answers.where())
        assert {"moved": "The ward ordered again"} in [dict(one.values) for one in answers]
        (breakdown,) = await stage.records(lambda uow: uow.breakdowns.where())
        assert "The export fails" in str(breakdown)
        assert "A second approver" in str(breakdown)
        voices = [one for one in answers if "A nurse: you plan alone" in str(one.values)]
        assert len(voices) == 1


async def test_a_team_is_set_up_by_forms_of_old(tmp_path: Path) -> None:
    async with on_stage(tmp_path, empty=True) as stage:
        await again(stage, "set up")
        (team,) = await stage.records(lambda uow: uow.teams.where())
        assert (team.timezone, team.country, team.pack) == ("Europe/London", "GB", "gentle_start")
        members = await stage.records(lambda uow: uow.members.where(active=True))
        assert len(members) == len(stage.people)


def test_every_route_of_the_last_version_is_recorded() -> None:
    """Of each route that has a handler and was there then; those of today may be more."""
    recorded = {step["route"] for steps in RECORDED.values() for step in steps}
    known = {route for _, route in ROUTES}
    assert recorded <= known
    assert len(recorded) == 26
