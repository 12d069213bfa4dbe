"""Weeks without anybody at the terminal: a progress bar, a summary, a report."""

import asyncio
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import click

from bot.demo.company import COMPANY, STARTS_AT
from bot.demo.keepsakes import Keepsakes
from bot.demo.options import DemoOptions
from bot.demo.plan import Plan
from bot.demo.report import ErrorCount, Report, take_stock
from bot.demo.stage import Stage, open_stage
from bot.errors import OperatorError

__all__ = ["run_headless", "summary"]


async def run_headless(options: DemoOptions) -> int:
    """Let the weeks go by, then say and write what they came to; 1 where anything went wrong."""
    with _errors_counted() as errors:
        async with open_stage(frozen=True, port=options.port) as stage:
            keepsakes = Keepsakes(stage, since=_monday_after(options.weeks - 2))
            await _let_weeks_pass(stage, keepsakes, options)
            report = await take_stock(stage, options.weeks, options.seed)
            transcript = await keepsakes.transcript() if options.transcript else ""
    report = replace(report, errors=report.errors + errors.count)
    click.echo(summary(report))
    if options.report is not None:
        written = json.dumps(report.as_json(), indent=2) + "\n"
        await asyncio.to_thread(_write, options.report, written)
        click.echo(f"The figures are in {options.report}.")
    if options.transcript is not None:
        await asyncio.to_thread(_write, options.transcript, transcript)
        click.echo(f"A prompt, its form, a summary and a digest are in {options.transcript}.")
    return 0 if report.is_clean else 1


async def _let_weeks_pass(stage: Stage, keepsakes: Keepsakes, options: DemoOptions) -> None:
    plan = Plan(options.seed, options.weeks)
    weeks = [plan.week(index) for index in range(options.weeks)]
    label = f"{_count(options.weeks, 'week')} at {COMPANY}"
    with click.progressbar(length=sum(map(len, weeks)), label=label) as bar:
        for index, acts in enumerate(weeks):
            for act in acts:
                await stage.play([act])
                await keepsakes.look()
                bar.update(1)
            await stage.move_to(_monday_after(index))


def summary(report: Report) -> str:
    """The figures, to be read by a person."""
    first, last = STARTS_AT, _monday_after(report.weeks - 1) - timedelta(days=1)
    answers = "all kept" if report.answers_stored == report.answers_submitted else "NOT all kept"
    after = report.reminders_after_answer or "none"
    faults = {
        "lost": report.deliveries_lost,
        "said twice": report.deliveries_duplicated,
        "errors": report.errors,
    }
    skipped = f", {report.rounds_skipped} skipped" if report.rounds_skipped else ""
    lines = (
        f"{_day(first)} to {_day(last)} {last.year}, seed {report.seed}",
        f"  {_count(report.rounds_opened, 'round')} opened, {report.rounds_closed} closed{skipped}",
        f"  {_count(report.answers_submitted, 'answer')} sent, {answers}",
        f"  {_count(report.reminders_sent, 'reminder')}, {after} of them after an answer",
        f"  {_count(report.breakdowns_logged, 'breakdown')} logged,"
        f" {report.breakdowns_settled} of them know what they need now",
        f"  {_count(report.digests_posted, 'digest')} posted",
        f"  {_count(report.deliveries_sent, 'message')} in all; "
        + ", ".join(f"{what}: {count or 'none'}" for what, count in faults.items()),
    )
    return "\n".join(lines)


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        raise OperatorError(f"{file} can't be written: {error.strerror}") from None


def _monday_after(index: int) -> datetime:
    return STARTS_AT + timedelta(weeks=index + 1)


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


@contextmanager
def _errors_counted() -> Iterator[ErrorCount]:
    handler = ErrorCount()
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield handler
    finally:
        root.removeHandler(handler)
