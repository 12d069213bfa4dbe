"""Newcomers to the bot: they know nothing of it but what it says, and each step is counted."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from coaching.team import Team
from sandbox import Person, SeenMessage
from tests.e2e.stage import Stage

__all__ = ["Newcomers", "filled"]

View = dict[str, Any]


@dataclass
class Newcomers:
    """People who press and send; `steps` counts what each did."""

    stage: Stage
    steps: Counter[str] = field(default_factory=Counter)

    async def arrival(self) -> SeenMessage:
        """Amara invites the bot: what it says."""
        await self.stage.control.add_app(self.stage.channel, inviter=self.stage.amara)
        await self.stage.settle()
        (hello,) = await self.stage.in_channel()
        return hello

    async def press(self, person: Person, message: SeenMessage, label: str) -> View:
        """Press a button: the form that opens."""
        self.steps[person.name] += 1
        return _shown((await person.press(message, label)).view)

    async def send(
        self, person: Person, form: View, values: Mapping[str, Any] | None = None
    ) -> View:
        """Send a form: the one that follows."""
        self.steps[person.name] += 1
        return _shown((await person.submit(form, values)).view)

    async def to_the_packs(self, hello: SeenMessage, **week: Any) -> View:
        """Amara goes as far as the third step; Dana is to be the coach."""
        amara, dana = self.stage.amara, self.stage.dana
        who = await self.press(amara, hello, "Set this team up")
        people = {"coach": dana.id, "people": [self.stage.ben.id, self.stage.chiara.id]}
        when = await self.send(amara, who, people)
        return await self.send(amara, when, {"meets_on": "Tuesday"} | week)

    async def set_up(self) -> Team:
        """Amara sets the team up, with Dana as its coach."""
        packs = await self.to_the_packs(await self.arrival())
        await self.send(self.stage.amara, packs, {"pack": "Five disciplines"})
        await self.stage.settle()
        return await self.team()

    async def team(self) -> Team:
        (team,) = await self.stage.records(lambda uow: uow.teams.where())
        return team


def filled(form: View) -> dict[str, Any]:
    """Something for every question that has to be answered."""
    asked = (block for block in form["blocks"] if block["type"] == "input")
    return {block["block_id"]: _given(block["element"]) for block in asked if not block["optional"]}


def _given(element: View) -> str:
    match element["type"]:
        case "radio_buttons" | "static_select":
            return str(element["options"][2]["value"])
        case "number_input":
            return "3"
        case _:
            return "The ward ordered again"


def _shown(view: View | None) -> View:
    assert view is not None
    return view
