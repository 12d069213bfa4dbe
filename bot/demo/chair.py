"""The lead's chair: what somebody at the terminal can do in the lead's place."""

from collections.abc import Awaitable, Callable
from typing import Protocol

import click

from bot.demo.company import CHANNEL, LEAD
from bot.demo.form_filling import FormFilling, Gone
from bot.demo.lines import Lines
from bot.demo.paper import read
from bot.demo.posts import posts
from bot.demo.stage import Stage
from bot.demo.telling import when, wrapped
from coaching.delivery import DeliveryKind
from conversation.routes import BREAKDOWN_LOG
from platforms.slack.manifest import COMMAND
from sandbox import Outcome, SeenMessage

__all__ = ["Chair"]

_PATIENCE = 2.0
_OFFERED = 6


class Passing(Protocol):
    """How time passes."""

    async def go_on(self) -> None:
        """Until the next thing happens."""
        ...

    async def go_on_by(self, days: int = 0) -> None:
        """By some days."""
        ...


class Chair:
    """Takes commands, each a word and what stands behind it."""

    def __init__(self, stage: Stage, passing: Passing, lines: Lines) -> None:
        self._stage = stage
        self._passing = passing
        self._lines = lines
        self._me = stage.people[LEAD.key]
        names = {person.id: person.name for person in stage.people.values()}
        self._forms = FormFilling(self._me, names, lines)
        self._commands: dict[str, tuple[str, Callable[[str], Awaitable[None]]]] = {
            "answer": ("answer what I am asked, or edit what I answered", self._answer),
            "say": ("say something in the channel: say The portal is down", self._say),
            "log": ("log a breakdown, from something said in the channel", self._log),
            "settle": ("say what a breakdown needs now", self._settle),
            "open": (f"what is open for me ({COMMAND})", self._open),
            "dm": ("read my direct messages from Widelens", self._direct),
            "digest": ("read the latest digest and its thread", self.digest),
            "next": ("let time pass until the next thing happens", self._next),
            "day": ("let a day pass", self._day),
            "week": ("let a week pass", self._week),
            "help": ("this list; quit leaves", self._help),
        }

    async def take(self) -> None:
        """Do what is typed, until `quit` or the end."""
        await self._help("")
        while True:
            click.echo(f"\n{self._stage.now():%a %H:%M} {LEAD.name}> ", nl=False)
            line = await self._lines.next()
            if line is None or line.lower() in ("quit", "exit", "q"):
                click.echo()
                return
            if line:
                try:
                    await self._do(line)
                except Gone:
                    return

    async def digest(self, _: str) -> None:
        """Show the latest digest and its thread."""
        found = [
            (post, message)
            for post, message in await posts(self._stage)
            if post.kind in (DeliveryKind.DIGEST, DeliveryKind.DIGEST_SECTION)
        ]
        if not found:
            click.echo("There is no digest yet: it comes on Friday at 15:00.")
            return
        latest = found[-1][0].subject
        for post, message in found:
            if post.subject == latest:
                inside = post.kind is DeliveryKind.DIGEST_SECTION
                at = when(message["ts"])
                head = (
                    "  in its thread" if inside else f"#{CHANNEL}, {at:%A} {at.day} {at:%B %H:%M}"
                )
                click.echo(f"\n{click.style(head, dim=True)}")
                click.echo(wrapped(read(message["blocks"]), "    " if inside else "  "))

    async def _do(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        known = [name for name in self._commands if name.startswith(word.lower())]
        if len(known) != 1:
            click.echo(f"I don't know “{word}”. `help` lists what can be done.")
            return
        await self._commands[known[0]][1](rest.strip())
        await self._stage.settle()

    async def _help(self, _: str) -> None:
        click.echo("\nTry:")
        for name, (what, _do) in self._commands.items():
            click.echo(f"  {click.style(f'{name:<8}', fg='cyan')} {what}")

    # As at a Slack client

    async def _answer(self, _: str) -> None:
        for label in ("Answer", "Edit"):
            message = await self._newest(label, not_about="logged by")
            if message is not None:
                await self._press(message, label)
                return
        click.echo("Nothing waits for your answer. `next` or `day` lets time pass.")

    async def _settle(self, _: str) -> None:
        label = self._stage.bot.catalogue["breakdown"].question("needed_now").text
        message = await self._newest(label)
        if message is None:
            click.echo("Every breakdown that you can settle is settled.")
        else:
            await self._press(message, label)

    async def _say(self, words: str) -> None:
        if words:
            await self._me.say(self._stage.channel, words)
        else:
            click.echo("Say what? For example: say The portal is down again")

    async def _log(self, which: str) -> None:
        seen = await self._me.sees(self._stage.channel)
        said = [one for one in seen if one.app_id is None][-_OFFERED:]
        if not said:
            click.echo("Nobody has said anything yet. `say` something first.")
            return
        if not which:
            for number, message in enumerate(said, start=1):
                click.echo(wrapped(f"{number}  {message.text}", "  ", "     "))
            click.echo("  Which one? > ", nl=False)
            which = await self._lines.next() or ""
        if not which.isdecimal() or not 0 < int(which) <= len(said):
            click.echo("None of them, then.")
            return
        message = said[int(which) - 1]
        await self._fill_in(await self._me.shortcut(BREAKDOWN_LOG, message, wait=_PATIENCE))

    async def _open(self, words: str) -> None:
        outcome = await self._me.command(
            COMMAND, words, channel=self._stage.channel, wait=_PATIENCE
        )
        if outcome.problem:
            click.echo(outcome.problem)  # what it answers is told like everything that is said

    async def _direct(self, _: str) -> None:
        for message in (await self._me.dms())[-_OFFERED:]:
            at = when(message.ts)
            click.echo(f"\n{click.style(f'{at:%A} {at.day} {at:%B %H:%M}', dim=True)}")
            click.echo(wrapped(read(message.blocks), "  "))

    # Time

    async def _next(self, _: str) -> None:
        await self._passing.go_on()

    async def _day(self, _: str) -> None:
        await self._passing.go_on_by(days=1)

    async def _week(self, _: str) -> None:
        await self._passing.go_on_by(days=7)

    # Within

    async def _newest(self, label: str, not_about: str | None = None) -> SeenMessage | None:
        for message in reversed(await self._me.dms()):
            if label in message.buttons and (not_about is None or not_about not in message.plain):
                return message
        return None

    async def _press(self, message: SeenMessage, label: str) -> None:
        await self._fill_in(await self._me.press(message, label, wait=_PATIENCE))

    async def _fill_in(self, outcome: Outcome) -> None:
        if outcome.view is None:
            click.echo(outcome.problem or "Nothing opened.")
        else:
            await self._forms.fill_in(outcome.view)
