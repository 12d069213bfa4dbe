"""What is typed, line by line, without keeping the event loop waiting."""

import asyncio
import os
from types import TracebackType
from typing import Self

import click

__all__ = ["Lines"]

_MOST = 65_536


class Lines:
    """The lines of a file descriptor: a terminal, a pipe or a file. Use as a context manager.

    A thread would do too, but one that waits for a terminal can't be stopped. What is given out is
    shown where no terminal has shown it already.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._shown = os.isatty(descriptor)
        self._begun = b""
        self._lines: asyncio.Queue[str | None] = asyncio.Queue()
        self.taken = 0
        """How many lines were given out."""

    def __enter__(self) -> Self:
        """Begin to listen."""
        try:
            asyncio.get_running_loop().add_reader(self._descriptor, self._take)
        except (
            PermissionError
        ):  # epoll refuses plain files and /dev/null: they are never waited for
            while self._take():
                pass
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Listen no more."""
        asyncio.get_running_loop().remove_reader(self._descriptor)

    async def next(self) -> str | None:
        """The next line, stripped; None once there will be no more."""
        line = await self._lines.get()
        if line is None:
            self._lines.put_nowait(None)  # whoever asks again is told again
        else:
            self.taken += 1
            if not self._shown:
                click.echo(line)
        return line

    def _take(self) -> bool:
        try:
            read = os.read(self._descriptor, _MOST)
        except OSError:  # the terminal is gone
            read = b""
        *whole, self._begun = (self._begun + read).split(b"\n")
        if not read:
            whole += [self._begun] if self._begun else []
            asyncio.get_running_loop().remove_reader(self._descriptor)
        for line in whole:
            self._lines.put_nowait(line.decode("utf-8", "replace").strip())
        if not read:
            self._lines.put_nowait(None)
        return bool(read)
