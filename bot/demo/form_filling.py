"""A form, question by question, for somebody at a terminal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import click

from bot.demo.lines import Lines
from bot.demo.paper import Input, View, inputs, read
from bot.demo.telling import wrapped
from sandbox import Person

__all__ = ["FormFilling", "Gone"]


class Gone(Exception):
    """Nobody types any more."""


@dataclass(frozen=True, slots=True)
class FormFilling:
    """Fills in forms as `person`, with what is typed. `people` may be chosen, by id."""

    person: Person
    people: Mapping[str, str]
    lines: Lines

    async def fill_in(self, view: View) -> None:
        """Ask until the form is taken, then go on with the one that follows it, if any.

        Raises:
            Gone: what is typed has come to its end.
        """
        step: View | None = view
        while step is not None:
            fields = inputs(step)
            if not fields:  # a sentence to read
                click.echo(wrapped(_sentence(step), "  "))
                await self.person.close(step)
                return
            click.echo(f"\n  {click.style(step['title']['text'], bold=True)}")
            given = await self._ask_all(fields)
            if step is not view and not any(given.values()):
                await self.person.close(step)
                return
            step = await self._send(step, fields, given)

    async def _send(self, view: View, fields: list[Input], given: dict[str, str]) -> View | None:
        """Send until it is taken; the form that follows."""
        while True:
            outcome = await self.person.submit(
                view, {key: one or None for key, one in given.items()}
            )
            problems = outcome.errors or outcome.refused
            if not problems:
                if outcome.problem:
                    click.echo(wrapped(outcome.problem, "  "))
                return outcome.view
            click.echo()
            for sentence in problems.values():
                click.echo(click.style(wrapped(sentence, "  "), fg="yellow"))
            given |= await self._ask_all([one for one in fields if one.block_id in problems])

    async def _ask_all(self, fields: list[Input]) -> dict[str, str]:
        click.echo("  (An empty line leaves a question as it is.)")
        return {one.block_id: await self._ask(one) for one in fields}

    async def _ask(self, one: Input) -> str:
        click.echo(f"\n  {one.label}{' (optional)' if one.optional else ''}")
        for hint in (one.hint, self._choices(one)):
            if hint:
                click.echo(click.style(wrapped(hint, "  "), dim=True))
        if one.initial:
            click.echo(click.style(f"  Now: {self.people.get(one.initial, one.initial)}", dim=True))
        while True:
            click.echo("  > ", nl=False)
            line = await self.lines.next()
            if line is None:
                raise Gone
            value = self._value(one, line) if line else one.initial
            if value is not None:
                return value
            click.echo("  That is none of the choices.")

    def _choices(self, one: Input) -> str:
        match one.kind:
            case "radio_buttons":
                return "   ".join(words for _, words in one.options)
            case "users_select":
                return ", ".join(self.people.values())
            case "datepicker":
                return "A day, such as 2026-11-20"
            case _:
                return ""

    def _value(self, one: Input, line: str) -> str | None:
        """What the line chooses; None where it chooses nothing."""
        match one.kind:
            case "radio_buttons":
                return next((value for value, _ in one.options if value == line), None)
            case "users_select":
                said = line.casefold()
                found = [
                    id_ for id_, name in self.people.items() if name.casefold().startswith(said)
                ]
                return found[0] if len(found) == 1 else None
            case "datepicker":
                return line if _is_date(line) else None
            case _:
                return line


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _sentence(view: View) -> str:
    return read(view["blocks"])
