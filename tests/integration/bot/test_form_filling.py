"""A form of every kind of field, filled in line by line at a terminal, against the sandbox."""

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from bot.demo.form_filling import FormFilling, Gone
from bot.demo.lines import Lines
from conversation.events import FormSubmitted, Nothing, OpenForm
from conversation.messages import Form
from sandbox import Person
from tests.platforms.slack.fields import EVERY_FIELD, LONG
from tests.platforms.slack.stage import Stage, stage

TYPED = {
    "r.long": ("One\\", "Two"),
    "r.short": ("Short",),
    "r.statement": ("We exist for others.",),
    "r.scale": ("6", "5"),
    "r.number": ("7",),
    "r.date": ("tomorrow", "2026-12-04"),
    "r.person": ("nobody", "amara"),
    "r.people": ("Amara, Zoe", "amara, bela"),
    "r.choice": ("one",),
    "r.kinds": ("1, budget",),
    "r.menu": ("12",),
    "r.several": ("sign 3, 5",),
    "r.new": ("Patients \\", "Ward nurses"),
    "r.whose": ("the reg, 3",),
    "r.whose+": ("A neighbour",),
    "r.first": ("To wait",),
    "r.changes": ("2",),
    "r.changes+": ("",),
}


@dataclass(frozen=True, slots=True)
class Terminal:
    """Somebody with a form before them; what they type stands in a pipe."""

    scene: Stage
    bela: Person

    async def view(self) -> dict[str, Any]:
        form = Form("Every kind", EVERY_FIELD, route="sitting.answer.v1", reference="sitting-1")
        self.scene.responder.always(OpenForm(form))
        opened = await self.scene.amara.command("/widelens", channel=self.scene.channel)
        assert opened.view is not None
        self.scene.responder.always(Nothing())
        return dict(opened.view)

    async def fill_in(self, *typed: str) -> None:
        view = await self.view()
        reading, writing = os.pipe()
        os.write(writing, "".join(f"{line}\n" for line in typed).encode())
        os.close(writing)
        people = {one.id: one.name for one in (self.scene.amara, self.bela)}
        try:
            with Lines(reading) as lines:
                await FormFilling(self.scene.amara, people, lines).fill_in(view)
        finally:
            os.close(reading)

    def values(self) -> dict[str, str]:
        submitted = self.scene.responder.events[-1]
        assert isinstance(submitted, FormSubmitted)
        return dict(submitted.values)


@pytest.fixture
async def terminal() -> AsyncIterator[Terminal]:
    async with stage("http") as scene:
        yield Terminal(scene, await scene.control.add_person("Bela"))


async def test_every_kind_of_field_is_filled_in(
    terminal: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    await terminal.fill_in(*(line for lines in TYPED.values() for line in lines))
    amara, bela = terminal.scene.amara.id, terminal.bela.id
    assert terminal.values() == {
        "r.long": "One\nTwo",
        "r.short": "Short",
        "r.statement": "We exist for others.",
        "r.scale": "5",
        "r.number": "7",
        "r.date": "2026-12-04",
        "r.person": amara,
        "r.people": f"{amara}\n{bela}",
        "r.choice": "one word is wrong",
        "r.kinds": "norm\nbudget",
        "r.menu": "way 11",
        "r.several": "sign 3\nsign 4",
        "r.new": "Patients\nWard nurses",
        "r.whose": "The regulator\nWard nurses\nA neighbour",
        "r.first": "To wait",
        "r.changes": LONG,
    }
    shown = capsys.readouterr().out
    assert "1 · never   2   3   4   5 · always" in shown
    assert "1 yes   2 one word is wrong   3 no" in shown
    assert "1 norm   2 budget   3 target, KPI (several: commas between)" in shown
    assert "A whole number from 0 to 90" in shown
    assert shown.count("That is none of the choices.") == 4


async def test_what_the_client_refuses_is_asked_again(
    terminal: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = TYPED | {"r.number": ("ninety",), "r.short": ("",)}
    typed = [line for lines in wrong.values() for line in lines]
    await terminal.fill_in(*typed, "Short", "90")
    assert terminal.values()["r.number"] == "90"
    assert terminal.values()["r.short"] == "Short"
    assert "Please enter a number." in capsys.readouterr().out


async def test_who_stops_typing_leaves_the_form(terminal: Terminal) -> None:
    with pytest.raises(Gone):
        await terminal.fill_in("One\\")
    assert not any(isinstance(one, FormSubmitted) for one in terminal.scene.responder.events)
