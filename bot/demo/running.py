"""Starting the demo, and stopping it."""

import asyncio
from dataclasses import replace

from bot.demo.company import STORIES_LAST
from bot.demo.group import PACKS
from bot.demo.headless import run_headless
from bot.demo.live import run_live
from bot.demo.options import DemoOptions
from bot.errors import OperatorError
from bot.lifecycle import stop_signals
from bot.logs import configure_logging

__all__ = ["run"]


def run(options: DemoOptions) -> int:
    """Run the demo until it is over, or until Ctrl-C; the exit code.

    Raises:
        OperatorError: something about the options can't be done.
    """
    options = _complete(options)
    _check(options)
    configure_logging("WARNING", "text")
    try:
        return asyncio.run(_run(options))
    except KeyboardInterrupt:  # before or after the signals were ours
        return 0


def _complete(options: DemoOptions) -> DemoOptions:
    """One company has stories for some weeks. For longer a group goes on, on every pack."""
    longer = options.headless and options.weeks > STORIES_LAST
    return replace(options, packs=PACKS) if longer and not options.packs else options


def _check(options: DemoOptions) -> None:
    """Say before the weeks go by, not after them, what can't be written."""
    for name, file in (("--report", options.report), ("--transcript", options.transcript)):
        if file is not None and not options.headless:
            raise OperatorError(f"{name} is written at the end of a --headless run; add --headless")
        if file is not None and not file.absolute().parent.is_dir():
            raise OperatorError(f"{name} {file}: there is no such folder; make it, or name another")
    if options.packs and not options.headless:
        raise OperatorError("--pack is for a --headless run; add --headless")
    if options.packs and options.transcript is not None:
        raise OperatorError(
            f"--transcript tells of one team; take at most {STORIES_LAST} --weeks, and no --pack"
        )


async def _run(options: DemoOptions) -> int:
    with stop_signals() as stop:
        play = run_headless if options.headless else run_live
        playing = asyncio.create_task(play(options))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait((playing, stopping), return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not playing.done():
            playing.cancel()
            await asyncio.wait((playing,))
        return 0 if playing.cancelled() else playing.result()
