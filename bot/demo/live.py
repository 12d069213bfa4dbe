"""Somebody at the page, or at the terminal: some weeks go by, then they take the lead's chair."""

import asyncio
import sys
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

import click

from bot.demo.chair import Chair
from bot.demo.company import CAST, COACH, COMPANY, LEAD, STARTS_AT, TEAM
from bot.demo.lines import Lines
from bot.demo.on_page import host_of
from bot.demo.options import DemoOptions
from bot.demo.passing import let_weeks_pass
from bot.demo.plan import Plan
from bot.demo.stage import open_stage
from bot.demo.summary import weeks_of
from bot.demo.telling import Teller, wrapped
from bot.demo.weeks import Weeks

__all__ = ["run_in_terminal", "run_on_page", "taken_over"]

_PAUSE = 2.0
"""Seconds between one thing and the next where nobody is at the keyboard."""


async def run_on_page(options: DemoOptions) -> int:
    """Serve the page until cancellation; the exit code."""
    async with open_stage(frozen=False, port=options.port or 0) as stage:
        _introduce(options.weeks)
        plan = Plan(options.seed, options.weeks)
        acts = [act for index in range(options.weeks) for act in plan.week(index)]
        await let_weeks_pass(stage, acts, options.weeks, weeks_of(options.weeks))
        weeks = Weeks(stage, plan, options.weeks, left_alone=LEAD.key)
        stage.sandbox.page.all_read()
        await weeks.go_to(taken_over(options.weeks))
        await weeks.go_on_until_asked()
        stage.sandbox.page.host = host_of(stage, weeks)
        _point_at(stage.sandbox.url, opens=options.browser)
        await asyncio.Event().wait()
    return 0


async def run_in_terminal(options: DemoOptions) -> int:
    """Go on until `quit`, the end of what is typed, or cancellation; the exit code."""
    async with open_stage(frozen=False, port=options.port or 0) as stage:
        _introduce(options.weeks)
        teller = Teller(stage)
        stage.after_step = teller.catch_up
        plan = Plan(options.seed, options.weeks)
        teller.in_full = False
        for index in range(options.weeks):
            await stage.play(plan.week(index))
            await stage.move_to(STARTS_AT + timedelta(weeks=index + 1))
        teller.in_full = True
        weeks = Weeks(stage, plan, options.weeks, left_alone=LEAD.key)
        with Lines(sys.stdin.fileno()) as lines:
            chair = Chair(stage, weeks, lines)
            await chair.digest("")
            _hand_over()
            await weeks.go_to(taken_over(options.weeks))
            await weeks.go_on_until_asked()
            async with _telling(teller):
                await chair.take()
                if not lines.taken and not sys.stdin.isatty():
                    await _play_on(weeks)
    return 0


def taken_over(weeks: int) -> datetime:
    """When somebody takes the lead's chair: on the Tuesday after, at nine, just asked."""
    return STARTS_AT + timedelta(weeks=weeks, days=1, hours=2)


def _point_at(url: str, *, opens: bool) -> None:
    click.echo(
        f"\nOpen {click.style(url, bold=True)} in a browser. You are {LEAD.name}, who leads"
        " the team; the page says what to try first.\nCtrl-C stops."
    )
    if opens and sys.stdout.isatty():
        _open_in_a_window(url)


def _open_in_a_window(url: str) -> None:
    """Open a browser, unless the only one there would take the terminal for itself."""
    with suppress(webbrowser.Error):
        browser = webbrowser.get()
        if type(browser) is not webbrowser.GenericBrowser:
            browser.open(url)


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
