"""Weeks without anybody at the terminal: of one company, or of a group on each pack in turn."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from bot.demo.company import COMPANY, SCENE
from bot.demo.digests import digests_of
from bot.demo.group import GROUP, group
from bot.demo.group_plan import GroupPlan
from bot.demo.keepsakes import Keepsakes
from bot.demo.options import DemoOptions
from bot.demo.overhearing import audit_of
from bot.demo.passing import let_weeks_pass
from bot.demo.plan import Plan
from bot.demo.report import Report, errors_counted, take_stock, team_parts, worst_of
from bot.demo.stage import open_stage
from bot.demo.summary import summary, weeks_of
from bot.errors import OperatorError

__all__ = ["run_headless"]


async def run_headless(options: DemoOptions) -> int:
    """Let the weeks go by, then say and write what they came to; 1 where anything went wrong."""
    return await (_run_group(options) if options.packs else _run_company(options))


async def _run_company(options: DemoOptions) -> int:
    plan = Plan(options.seed, options.weeks)
    acts = [act for index in range(options.weeks) for act in plan.week(index)]
    with errors_counted() as errors:
        async with open_stage(SCENE, frozen=True, port=options.port or 0) as stage:
            last = SCENE.starts_at + timedelta(weeks=options.weeks - 1)
            keepsakes = Keepsakes(stage, since=last)
            stage.after_act = keepsakes.look if options.transcript else None
            label = f"{weeks_of(options.weeks)} at {COMPANY}"
            await let_weeks_pass(stage, acts, options.weeks, label)
            findings = (await audit_of(stage)).findings()
            report = await take_stock(stage, findings, options.weeks, options.seed)
            transcript = await keepsakes.transcript() if options.transcript else ""
    report = replace(report, errors=report.errors + errors.count)
    click.echo(summary(report, SCENE))
    await _write_report(options, report.as_json())
    if options.transcript is not None:
        await asyncio.to_thread(_write, options.transcript, transcript)
        click.echo(f"A prompt, its form, a summary and a digest are in {options.transcript}.")
    return 0 if report.is_clean else 1


async def _run_group(options: DemoOptions) -> int:
    reports: list[Report] = []
    parts: dict[str, dict[str, Any]] = {}
    digests = ""
    for pack in options.packs:
        report, teams, told = await _run_pack(options, pack)
        reports.append(report)
        parts[pack] = {**report.as_json(), "teams": teams}
        digests += f"# {pack}, seed {options.seed}\n\n{told}"
    total = worst_of(reports)
    await _write_report(options, {**total.as_json(), "packs": parts})
    if options.digests is not None:
        await asyncio.to_thread(_write, options.digests, digests)
        click.echo(f"Every digest, and how its facts were chosen, is in {options.digests}.")
    click.echo(json.dumps(total.as_json()))
    return 0 if all(report.is_clean for report in reports) else 1


async def _run_pack(
    options: DemoOptions, pack: str
) -> tuple[Report, dict[str, dict[str, int]], str]:
    """The weeks on one pack; what they came to, for each team by its name too; the digests."""
    scene = group(pack)
    plan = GroupPlan(scene, options.seed)
    # What is done late in a week may fall into the next one.
    acts = [act for index in range(options.weeks) for act in plan.week(index)]
    with errors_counted() as errors:
        async with open_stage(scene, frozen=True, port=options.port or 0) as stage:
            label = f"{weeks_of(options.weeks)} at the {GROUP}, {pack}"
            await let_weeks_pass(stage, acts, options.weeks, label)
            audit = await audit_of(stage)
            report = await take_stock(stage, audit.findings(), options.weeks, options.seed)
            teams = await team_parts(stage, audit)
            digests = await digests_of(stage)
    report = replace(report, errors=report.errors + errors.count)
    click.echo(summary(report, scene))
    return report, teams, digests


async def _write_report(options: DemoOptions, figures: Mapping[str, Any]) -> None:
    if options.report is not None:
        written = json.dumps(figures, indent=2) + "\n"
        await asyncio.to_thread(_write, options.report, written)
        click.echo(f"The figures are in {options.report}.")


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        raise OperatorError(f"{file} can't be written: {error.strerror}") from None
