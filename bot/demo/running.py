"""Starting the demo, and stopping it."""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from bot.demo.company import STORIES_LAST
from bot.demo.group import PACKS
from bot.demo.headless import run_headless
from bot.demo.live import run_in_terminal, run_on_page
from bot.demo.options import DemoOptions
from bot.demo.ports import page_port
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
    if not options.headless and not options.terminal:
        options = replace(options, port=page_port(options.port, asks=sys.stdin.isatty()))
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
    written = {
        "--report": options.report,
        "--transcript": options.transcript,
        "--digests": options.digests,
    }
    for name, file in written.items():
        if file is not None and not options.headless:
            raise OperatorError(f"{name} is written at the end of a --headless run; add --headless")
        if file is not None and not file.absolute().parent.is_dir():
            raise OperatorError(f"{name} {file}: there is no such folder; make it, or name another")
    if options.terminal and options.headless:
        raise OperatorError("--terminal is for somebody at it; leave --headless out")
    if options.packs and not options.headless:
        raise OperatorError("--pack is for a --headless run; add --headless")
    if options.digests is not None and not options.packs:
        raise OperatorError(
            f"--digests tells of the group; take {STORIES_LAST + 1} --weeks or more, or a --pack"
        )
    if options.packs and options.transcript is not None:
        raise OperatorError(
            f"--transcript tells of one team; take at most {STORIES_LAST} --weeks, and no --pack"
        )


def _play(options: DemoOptions) -> Callable[[DemoOptions], Coroutine[Any, Any, int]]:
    if options.headless:
        return run_headless
    return run_in_terminal if options.terminal else run_on_page


async def _run(options: DemoOptions) -> int:
    with stop_signals() as stop:
        play = _play(options)
        playing = asyncio.create_task(play(options))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait((playing, stopping), return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not playing.done():
            playing.cancel()
            await asyncio.wait((playing,))
        return 0 if playing.cancelled() else playing.result()
