"""Letting planned weeks pass on a stage, behind a progress bar."""

from collections.abc import Iterable
from datetime import timedelta

import click

from bot.demo.deeds import Act
from bot.demo.stage import Stage

__all__ = ["let_weeks_pass"]


async def let_weeks_pass(stage: Stage, acts: Iterable[Act], weeks: int, label: str) -> None:
    """Have all of it done that falls within so many weeks, and let them come to their end."""
    end = stage.scene.starts_at + timedelta(weeks=weeks)
    planned = sorted((act for act in acts if act.at < end), key=lambda act: act.at)
    with click.progressbar(length=len(planned), label=label) as bar:
        for act in planned:
            await stage.play([act])
            bar.update(1)
    await stage.move_to(end)
