"""What people do with every button and form of a version: acted, recorded, and done again later.

`python -m tools.record_payloads` acts these scenes and writes what the bot was sent, with ids by
what they stand for. A later version meets the same buttons and forms in `test_last_version.py`.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any

from coaching.catalogue import load_catalogue
from coaching.ports import UnitOfWork
from coaching.team import Role
from coaching.team_plan import WantedMember
from coaching.use_cases.set_up_team import apply_teams
from sandbox import Outcome, Person, SeenMessage
from tests.e2e.stage import TUESDAY_NINE, Stage
from tests.integration.coaching.week import MONDAY, PLAN, cadence

__all__ = ["SCENES", "Recorder", "Step", "labels_of", "named", "prepare", "with_ids"]

Step = dict[str, Any]
View = Mapping[str, Any]

_NOON = TUESDAY_NINE + timedelta(hours=3)
_MANY = 14
"""So many teams have no room on one home."""
_VIEW = ("type", "title", "blocks", "submit", "close", "callback_id", "private_metadata")


async def labels_of(stage: Stage) -> dict[str, str]:
    """What each id stands for: the same thing has the same label in every run of a scene."""
    users = {person.id: person.name.split()[0].lower() for person in stage.people.values()}

    def look(uow: UnitOfWork) -> dict[str, str]:
        teams = {one.id: one.name for one in uow.teams.where()}
        members = {one.id: f"{teams[one.team_id]}/{users[one.user]}" for one in uow.members.where()}
        labels = {id_: f"team/{name}" for id_, name in teams.items()}
        labels |= {id_: f"member/{name}" for id_, name in members.items()}
        for cadence_ in uow.cadences.where():
            labels[cadence_.id] = f"cadence/{teams[cadence_.team_id]}/{cadence_.practice}"
        for round_ in uow.rounds.where():
            day = round_.due_at.date()
            labels[round_.id] = f"round/{teams[round_.team_id]}/{round_.practice.key}/{day}"
        for sitting in uow.sittings.where():
            labels[sitting.id] = f"sitting/{members[sitting.member_id]}/{sitting.due_at.date()}"
        for breakdown in uow.breakdowns.where():
            labels[breakdown.id] = f"breakdown/{teams[breakdown.team_id]}"
        return labels

    channels = {stage.channel: "channel/leadership"}
    named_users = {id_: f"user/{name}" for id_, name in users.items()}
    return await stage.records(look) | channels | named_users


def named(step: Step, labels: Mapping[str, str]) -> Step:
    """The step with labels in place of ids."""
    text = json.dumps(step)
    for id_, label in labels.items():
        text = text.replace(id_, f"{{{{{label}}}}}")
    found: Step = json.loads(text)
    return found


def with_ids(step: Step, labels: Mapping[str, str]) -> Step:
    """The step with the ids of now in place of labels."""
    text = json.dumps(step)
    for id_, label in labels.items():
        text = text.replace(f"{{{{{label}}}}}", id_)
    found: Step = json.loads(text)
    return found


@dataclass
class Recorder:
    """Acts on a stage, and keeps what the bot is sent by it."""

    stage: Stage
    steps: list[Step] = field(default_factory=list)
    _moment: datetime = MONDAY
    _seen: int = 0

    async def until(self, moment: datetime) -> None:
        """Let time pass."""
        self._moment = moment
        await self.stage.until(moment)

    async def did(self, act: Awaitable[Outcome]) -> View:
        """Do something, keep what the bot is sent, and return the form that came of it, if any."""
        # What an id stands for is looked up before: a form may end what it is about.
        before = await labels_of(self.stage)
        outcome = await act
        assert outcome.ok, outcome
        await self.stage.settle()
        labels = before | await labels_of(self.stage)
        sent = [one for one in await self.stage.control.events() if one["kind"] == "interactive"]
        for one in sent[self._seen :]:
            step = _step(one["payload"])
            if step is not None:
                self.steps.append(named({"moment": self._moment.isoformat()} | step, labels))
        self._seen = len(sent)
        return outcome.view or {}

    async def press(self, person: Person, message: SeenMessage, label: str) -> View:
        return await self.did(person.press(message, label))

    async def press_home(self, person: Person, label: str) -> None:
        await person.opens_home(wait=5)
        view = await person.opens_home(wait=5)
        assert view is not None
        await self.did(person.press_in_view(view, label))

    async def send(self, person: Person, view: View, values: Mapping[str, Any]) -> View:
        return await self.did(person.submit(view, values))


def _step(payload: Mapping[str, Any]) -> Step | None:
    """What the old version itself has put into a payload, and what the person added to it."""
    step: Step = {"who": payload["user"]["id"]}
    if payload["type"] == "view_submission":
        view = payload["view"]
        return step | {"kind": "submit", "route": view["callback_id"]} | _view(view)
    if payload["type"] != "block_actions":
        return None
    action = payload["actions"][0]
    step |= {"kind": "press", "route": action["action_id"].partition("#")[0]}
    step |= {key: action[key] for key in ("action_id", "block_id")}
    if "view" in payload and payload["view"]["type"] == "home":
        return step | {"home": _pressed_block(payload["view"]["blocks"], action["block_id"])}
    if "view" in payload:
        return step | _view(payload["view"])
    if "message" not in payload:
        return None  # only to be seen by one, and not in what is sent
    blocks = payload["message"]["blocks"]
    return step | {"message": _pressed_block(blocks, action["block_id"])}


def _pressed_block(blocks: list[Step], block_id: str) -> list[Step]:
    return [block for block in blocks if block["block_id"] == block_id]


def _view(view: Mapping[str, Any]) -> Step:
    shown = {key: view[key] for key in _VIEW if view.get(key) is not None}
    return {"view": shown, "state": view["state"]["values"]}


async def _week(act: Recorder) -> None:
    """A sitting is answered, skipped and put off; breakdowns and voices come in between."""
    stage = act.stage
    await act.until(_NOON)
    prompt = await stage.prompt_of(stage.ben)
    await act.press(stage.ben, prompt, "Why this?")
    form = await act.press(stage.ben, prompt, "Answer")
    await act.send(stage.ben, form, {_question(form, "moved"): "The ward ordered again"})
    await act.press(stage.amara, await stage.prompt_of(stage.amara), "Skip this time")
    await act.press(stage.chiara, await stage.prompt_of(stage.chiara), "Ask me tomorrow")

    form = await act.did(stage.ben.command("/widelens", "breakdown The export fails"))
    await act.send(stage.ben, form, {})
    logged = await stage.prompt_of(stage.ben)
    form = await act.press(stage.ben, logged, logged.buttons[0])
    await act.send(stage.ben, form, _filled(form, stage.ben))
    logged = (await stage.ben.dms())[-1]
    form = await act.press(stage.ben, logged, "Say what happened")
    await act.send(stage.ben, form, _filled(form, stage.ben))
    form = await act.did(stage.ben.command("/widelens", "heard A nurse: you plan alone"))
    await act.send(stage.ben, form, {})


def _question(form: View, key: str) -> str:
    ids = [block["block_id"] for block in form["blocks"] if block["type"] == "input"]
    return next(str(one) for one in ids if one.endswith(f".{key}"))


def _filled(form: View, person: Person) -> dict[str, Any]:
    """Something in every empty field that takes words, a day or a person."""
    given = {
        "plain_text_input": "A second approver",
        "datepicker": "2026-10-16",
        "users_select": person.id,
    }
    inputs = [block for block in form["blocks"] if block["type"] == "input"]
    return {
        block["block_id"]: given[block["element"]["type"]]
        for block in inputs
        if block["element"]["type"] in given and "initial_value" not in block["element"]
    }


async def _wishes_and_homes(act: Recorder) -> None:
    """People say what they wish, and steer from their homes."""
    stage = act.stage
    for label in ("Pause Northwind leadership", "Go on with Northwind leadership"):
        await act.press_home(stage.amara, label)
    await act.press_home(stage.amara, "Ask Voices heard now")
    await act.until(_NOON)
    prompt = await stage.prompt_of(stage.ben)
    form = await act.press(stage.ben, prompt, "Ask me less")
    form = await act.did(stage.ben.press_in_view(form, "No reminders"))
    await act.send(stage.ben, form, {"Or pause until": "2026-10-20"})
    prompt = await stage.prompt_of(stage.chiara)
    form = await act.press(stage.chiara, prompt, "I'm away")
    await act.send(stage.chiara, form, {"Last day": "2026-10-16"})
    quiet = [one for one in await stage.chiara.dms() if "I'm back today" in one.buttons][-1]
    await act.press(stage.chiara, quiet, "I'm back today")
    await act.until(_NOON + timedelta(days=2))
    prompt = [one for one in await stage.amara.dms() if "Answer" in one.buttons][-1]
    form = await act.press(stage.amara, prompt, "Answer")
    more = await act.send(stage.amara, form, _filled(form, stage.ben))
    await act.send(stage.amara, more, _filled(more, stage.ben))


async def _two_teams(act: Recorder) -> None:
    """Who is on two teams says for which; a lead of two shows one in full."""
    stage = act.stage
    await act.until(_NOON)
    form = await act.did(stage.ben.shortcut("Share a doubt"))
    await act.send(stage.ben, form, {"Which team is it for?": "The board"})
    form = await act.did(stage.ben.command("/widelens", "digest"))
    await act.send(stage.ben, form, {"Which team is it for?": "The board"})
    for number in range(_MANY):
        channel = await stage.control.add_channel(f"team-{number}", [stage.amara], with_app=True)
        await _team(stage, f"Team {number}", channel, "doubts", "voices_heard")
    await stage.settle()
    await act.press_home(stage.amara, "Show The board")


async def prepare(stage: Stage, scene: str) -> None:
    """What is there before anybody acts in a scene."""
    if scene == "two teams":
        board = await stage.control.add_channel("board", stage.people.values(), with_app=True)
        for name, channel in ((PLAN.name, stage.channel), ("The board", board)):
            await _team(stage, name, channel, "doubts")
    if scene == "set up":
        await stage.control.add_app(stage.channel, inviter=stage.amara)
    await stage.settle()


async def _team(stage: Stage, name: str, channel: str, *practices: str) -> None:
    members = tuple(WantedMember(stage.people[one.user].id, Role(one.role)) for one in PLAN.members)
    cadences = tuple(cadence(one, "TU", time(9)) for one in practices)
    plan = replace(PLAN, name=name, channel=channel, members=members, cadences=cadences)
    await stage.bot.store.run(
        stage.workspace.id, lambda uow: apply_teams(uow, [plan], load_catalogue(), MONDAY)
    )


async def _set_up(act: Recorder) -> None:
    """A team is set up in its channel, and somebody is left out and taken in again."""
    stage = act.stage
    (hello,) = await stage.in_channel()
    await act.press(stage.ben, hello, "What I keep, and who sees it")
    form = await act.press(stage.amara, hello, "Set this team up")
    people = {"coach": stage.dana.id, "people": [stage.ben.id, stage.chiara.id]}
    form = await act.send(stage.amara, form, people)
    form = await act.send(stage.amara, form, {"meets_on": "Tuesday"})
    await act.send(stage.amara, form, {"pack": "Gentle start"})
    await act.press(stage.ben, (await stage.ben.dms())[0], "Leave me out")
    await act.press(stage.ben, (await stage.ben.dms())[0], "Ask me again")


SCENES: dict[str, Callable[[Recorder], Awaitable[None]]] = {
    "week": _week,
    "wishes and homes": _wishes_and_homes,
    "two teams": _two_teams,
    "set up": _set_up,
}
"""By name; the last begins on an empty stage."""
