"""Scenarios told in a file: people, what they do, and what they then see in Slack."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from sandbox import Outcome, Person, SeenMessage
from tests.e2e.stage import Stage

__all__ = ["SCENARIOS", "Scenario", "load_scenario"]

SCENARIOS = Path(__file__).parent / "scenarios"
_LONDON = ZoneInfo("Europe/London")
_IN_CHANNEL = "in the channel"
_SEES = "sees"
_IS_TOLD = "is told"

Step = Mapping[str, Any]


def load_scenario(path: Path) -> dict[str, Any]:
    """The file as it stands."""
    scenario: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return scenario


@dataclass
class Scenario:
    """Plays the steps on a stage, each person with one form at most in front of them."""

    stage: Stage
    _forms: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    _outcome: Outcome | None = None

    async def play(self, steps: Sequence[Step]) -> None:
        """Every step, and whether what they see is there. AssertionError names the step."""
        for number, step in enumerate(steps, start=1):
            try:
                await self._step(step)
            except (AssertionError, LookupError) as problem:
                raise AssertionError(f"step {number}, {dict(step)}: {problem}") from problem

    async def _step(self, step: Step) -> None:
        if "at" in step:
            moment = datetime.fromisoformat(str(step["at"])).replace(tzinfo=_LONDON)
            await self.stage.until(moment)
        else:
            name, does = next(iter(step.items()))
            person = self._people[name]
            seen = await _DEEDS[does](self, person, step)
            await self.stage.settle()
            self._expect(step.get(_SEES, ()), seen)
        if step.get(_IN_CHANNEL):
            said = await self.stage.in_channel()
            self._expect(step[_IN_CHANNEL], "\n".join(one.plain for one in said))

    @property
    def _people(self) -> dict[str, Person]:
        return {one.name.split()[0]: one for one in self.stage.people.values()}

    def _expect(self, wanted: Sequence[str], seen: str) -> None:
        missing = [one for one in wanted if one not in seen]
        assert not missing, f"{missing} is not in:\n{seen}"

    # What people do; each gives what they then have in front of them

    async def invites(self, person: Person, _step: Step) -> str:
        await self.stage.control.add_app(self.stage.channel, inviter=person)
        return ""

    async def presses(self, person: Person, step: Step) -> str:
        label = step["button"]
        for message in reversed([*await self.stage.in_channel(), *await person.dms()]):
            if label in message.buttons and step.get("under", "") in message.plain:
                return self._shown(person, await person.press(message, label))
        raise LookupError(f"{person.name} sees no button {label!r}")

    async def sends(self, person: Person, step: Step) -> str:
        outcome = await person.submit(self._forms[person.id], self._filled(step["fields"]))
        told = [*outcome.errors.values(), *outcome.refused.values()]
        assert bool(told) == (_IS_TOLD in step), told
        self._expect(step.get(_IS_TOLD, ()), " ".join(told))
        return "" if told else self._shown(person, outcome)

    async def commands(self, person: Person, step: Step) -> str:
        given = await person.command("/widelens", step["words"], channel=self.stage.channel)
        return self._shown(person, given)

    async def uses(self, person: Person, step: Step) -> str:
        said = await person.sees(self.stage.channel)
        message = next(one for one in said if one.text == step["message"])
        return self._shown(person, await person.shortcut(step["shortcut"], message))

    async def says(self, person: Person, step: Step) -> str:
        await person.say(self.stage.channel, step["words"])
        return ""

    async def reads(self, person: Person, _step: Step) -> str:
        return (await person.dms())[-1].plain if await person.dms() else ""

    async def opens(self, person: Person, _step: Step) -> str:
        view = await person.opens_home()
        assert view is not None
        return _read(view)

    def _shown(self, person: Person, outcome: Outcome) -> str:
        assert outcome.ok, outcome
        if outcome.view is not None:
            self._forms[person.id] = outcome.view
            return _read(outcome.view)
        return "\n".join(_whole(one) for one in outcome.said)

    def _filled(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        ids = {name: one.id for name, one in self._people.items()}

        def given(value: Any) -> Any:
            return (
                [given(one) for one in value] if isinstance(value, list) else ids.get(value, value)
            )

        return {label: given(value) for label, value in fields.items()}


_DEEDS: Mapping[str, Callable[[Scenario, Person, Step], Any]] = {
    "invites the bot": Scenario.invites,
    "presses": Scenario.presses,
    "sends": Scenario.sends,
    "commands": Scenario.commands,
    "uses": Scenario.uses,
    "says": Scenario.says,
    "reads": Scenario.reads,
    "opens": Scenario.opens,
}


def _whole(message: SeenMessage) -> str:
    return f"{message.text}\n{message.plain}"


def _read(view: Mapping[str, Any]) -> str:
    """Every word of a form or page, in reading order."""
    return "\n".join(_words({**view.get("title", {}), "blocks": view["blocks"]}))


def _words(part: Any) -> list[str]:
    if isinstance(part, list):
        return [word for one in part for word in _words(one)]
    if not isinstance(part, dict):
        return []
    own = [part["text"]] if isinstance(part.get("text"), str) else []
    own += [part[key] for key in ("initial_value",) if key in part]
    return own + [word for one in part.values() for word in _words(one)]
