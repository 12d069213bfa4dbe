"""Somebody at the terminal: some weeks go by, then they take the lead's chair."""

import asyncio
import sys
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import click

from bot.demo.chair import Chair
from bot.demo.company import CAST, COACH, COMPANY, LEAD, STARTS_AT, TEAM
from bot.demo.deeds import Act
from bot.demo.lines import Lines
from bot.demo.options import DemoOptions
from bot.demo.plan import Plan
from bot.demo.stage import Stage, open_stage
from bot.demo.telling import Teller, wrapped

__all__ = ["Weeks", "run_live"]

_PAUSE = 2.0
"""Seconds between one thing and the next where nobody is at the keyboard."""


class Weeks:
    """The weeks as they go on around whoever sits in the lead's chair."""

    def __init__(self, stage: Stage, plan: Plan, begun: int) -> None:
        self._stage = stage
        self._plan = plan
        self._next_week = begun
        self._acts: deque[Act] = deque()

    async def go_to(self, moment: datetime) -> None:
        """Let the others do what they do, and time pass, until `moment`."""
        while self._upcoming().at <= moment:
            await self._stage.play([self._acts.popleft()])
        await self._stage.move_to(moment)

    async def go_on(self) -> None:
        """Let time pass until the next thing happens."""
        act = self._upcoming()
        due = await self._stage.board.next_due(self._stage.clock.now())
        await self.go_to(min(act.at, due) if due else act.at)

    async def go_on_by(self, days: int) -> None:
        """Let days pass; the clock then shows the same hour."""
        await self.go_to(self._stage.now() + timedelta(days=days))

    def _upcoming(self) -> Act:
        while not self._acts:
            week = self._plan.week(self._next_week)
            self._acts.extend(act for act in week if act.who != LEAD.key)
            self._next_week += 1
        return self._acts[0]


async def run_live(options: DemoOptions) -> int:
    """Go on until `quit`, the end of what is typed, or cancellation; the exit code."""
    async with open_stage(frozen=False, port=options.port) as stage:
        _introduce(options.weeks)
        teller = Teller(stage)
        stage.after_step = teller.catch_up
        plan = Plan(options.seed, options.weeks)
        teller.in_full = False
        for index in range(options.weeks):
            await stage.play(plan.week(index))
            await stage.move_to(STARTS_AT + timedelta(weeks=index + 1))
        teller.in_full = True
        weeks = Weeks(stage, plan, options.weeks)
        with Lines(sys.stdin.fileno()) as lines:
            chair = Chair(stage, weeks, lines)
            await chair.digest("")
            _hand_over()
            await weeks.go_to(STARTS_AT + timedelta(weeks=options.weeks, days=1, hours=2))
            async with _telling(teller):
                await chair.take()
                if not lines.taken and not sys.stdin.isatty():
                    await _play_on(weeks)
    return 0


@asynccontextmanager
async def _telling(teller: Teller) -> AsyncIterator[None]:
    """Tell what happens by itself, too, while somebody thinks."""
    telling = asyncio.create_task(teller.keep_telling())
    try:
        yield
    finally:
        telling.cancel()
        await asyncio.gather(telling, return_exceptions=True)


async def _play_on(weeks: Weeks) -> None:
    click.echo("\nNobody is at the keyboard, so the weeks go on by themselves. Ctrl-C stops.")
    while True:
        await asyncio.sleep(_PAUSE)
        await weeks.go_on()


def _introduce(weeks: int) -> None:
    click.echo(click.style(f"{COMPANY}, who supply hospitals", bold=True))
    click.echo(
        wrapped(
            f"A Slack workspace of its own, on this machine, with the real bot in it: {len(CAST)}"
            f" leaders, simulated, and their coach, {COACH.name}. Nothing leaves this machine, and"
            " nothing is kept. Ctrl-C stops it at any time."
        )
    )
    weeks_go_by = "The first week goes by" if weeks == 1 else f"The first {weeks} weeks go by"
    click.echo(f"\n{weeks_go_by}, in a few seconds.")


def _hand_over() -> None:
    click.echo()
    click.echo(
        wrapped(
            f"From now on you are {LEAD.name}, who leads {TEAM}. Time stands by until you let it"
            " pass. Go on to Tuesday, nine o'clock:"
        )
    )
