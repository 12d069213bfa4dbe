"""What happens in the workspace, in order: the feed a page or a demo watches, and the two logs."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from itertools import islice
from typing import Any

# A run of a fault harness makes some 10,000 calls; this keeps several whole runs.
_KEPT = 100_000


class Feed:
    """Numbered entries, and a way to wait for the next."""

    def __init__(self) -> None:
        self._entries: deque[dict[str, Any]] = deque(maxlen=_KEPT)
        self._seq = 0
        self._news = asyncio.Event()
        self._closed = False

    @property
    def seq(self) -> int:
        """The number of the newest entry."""
        return self._seq

    def add(self, kind: str, **what: Any) -> None:
        """Append an entry and wake whoever waits."""
        self._seq += 1
        self._entries.append({"seq": self._seq, "kind": kind, **what})
        self._wake()

    def after(self, seq: int) -> list[dict[str, Any]]:
        """The entries after number `seq`."""
        missing = self._seq - seq
        if missing <= 0:
            return []
        # From the end: a feed is long, and who watches it is rarely far behind.
        return list(islice(reversed(self._entries), missing))[::-1]

    async def wait(self, after: int, seconds: float) -> list[dict[str, Any]]:
        """The entries after `after`; waits up to `seconds` while there are none."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self._seq <= after and not self._closed:
                    await self._news.wait()
        return self.after(after)

    def close(self) -> None:
        """Let every waiter go: the server is stopping."""
        self._closed = True
        self._wake()

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()


class Log:
    """A bounded list of dictionaries (API calls, or what was sent to apps)."""

    def __init__(self) -> None:
        self._entries: deque[dict[str, Any]] = deque(maxlen=_KEPT)

    def add(self, entry: dict[str, Any]) -> dict[str, Any]:
        """Append `entry` and return it, so that its outcome can be filled in later."""
        self._entries.append(entry)
        return entry

    def __iter__(self) -> Any:
        return iter(self._entries)
