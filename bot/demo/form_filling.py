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


_GOES_ON = "\\"


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
                view, {one.block_id: one.typed(given[one.block_id]) for one in fields}
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
        click.echo(
            "  (An empty line leaves a question as it is; a \\ at the end of one asks for another.)"
        )
        return {one.block_id: await self._ask(one) for one in fields}

    async def _ask(self, one: Input) -> str:
        click.echo(f"\n  {one.label}{' (optional)' if one.optional else ''}")
        for hint in (one.hint, self._choices(one)):
            if hint:
                click.echo(click.style(wrapped(hint, "  "), dim=True))
        if one.initial:
            click.echo(click.style(wrapped(f"Now: {self._now(one)}", "  "), dim=True))
        while True:
            line = await self._typed(one)
            value = self._value(one, line) if line else one.initial
            if value is not None:
                return value
            click.echo("  That is none of the choices.")

    async def _typed(self, one: Input) -> str:
        """What is typed: a line; in a field for several, a backslash at its end asks for more."""
        lines: list[str] = []
        while not lines or (one.multiline and lines[-1].endswith(_GOES_ON)):
            click.echo("  > ", nl=False)
            line = await self.lines.next()
            if line is None:
                raise Gone
            lines.append(line)
        return "\n".join(line.removesuffix(_GOES_ON).rstrip() for line in lines)

    def _choices(self, one: Input) -> str:
        """What can be typed."""
        several = " (several: commas between)" if one.several else ""
        if one.options:
            return "   ".join(_numbered(one)) + several
        match one.kind:
            case "users_select" | "multi_users_select":
                return ", ".join(self.people.values()) + several
            case "datepicker":
                return "A day, such as 2026-11-20"
            case "number_input" if one.least and one.most:
                return f"A whole number from {one.least} to {one.most}"
            case _:
                return ""

    def _now(self, one: Input) -> str:
        named = {**self.people, **dict(one.options)}
        return ", ".join(named.get(line, line) for line in one.initial.split("\n"))

    def _value(self, one: Input, line: str) -> str | None:
        """What the line gives; None where it names what is not to be had."""
        if one.kind == "datepicker":
            return line if _is_date(line) else None
        if not (one.options or one.kind.endswith("users_select")):
            return line
        wanted = [part.strip() for part in line.split(",")] if one.several else [line]
        found = [self._found(one, words) for words in wanted if words]
        return "\n".join(filter(None, found)) if found and all(found) else None

    def _found(self, one: Input, said: str) -> str | None:
        """The value of what is named in full, by its number, or by a beginning no other has."""
        offered = one.options or tuple(self.people.items())
        for value, words in offered:
            if said in (value, words):
                return value
        if said.isdecimal() and 0 < int(said) <= len(one.options):
            return one.options[int(said) - 1][0]
        begun = [value for value, words in offered if words.casefold().startswith(said.casefold())]
        return begun[0] if len(begun) == 1 else None


def _numbered(one: Input) -> list[str]:
    """The choices, each behind what it is chosen by: a figure is its own number."""
    return [
        words if value == str(number) else f"{number} {words}"
        for number, (value, words) in enumerate(one.options, start=1)
    ]


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _sentence(view: View) -> str:
    return read(view["blocks"])
