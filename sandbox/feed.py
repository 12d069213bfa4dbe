"""What happens in the workspace, in order: the feed a page or a demo watches, and the two logs."""

from __future__ import annotations

import asyncio
import contextlib
from collections import OrderedDict, deque
from collections.abc import Iterator
from itertools import islice
from typing import Any

# A run of a fault harness makes some 10,000 calls; this keeps several whole runs.
_KEPT = 100_000
# Who watches a log is told many times a second; these are for one whose browser slept a while.
_CHANGES_KEPT = 5_000
# Bytes of answers: some 20,000 to chat.postMessage, or 100 whole pages of conversations.history.
_ANSWERS_SIZE = 16 * 1024 * 1024


class Bell:
    """Wakes whoever waits. Costs next to nothing to ring while nobody does."""

    def __init__(self) -> None:
        self._waiting: asyncio.Event | None = None
        self.closed = False

    def ring(self) -> None:
        """Wake whoever waits."""
        if self._waiting is not None:
            self._waiting.set()
            self._waiting = None

    async def rung(self, seconds: float) -> None:
        """Wait for the next ring, up to `seconds`; not at all once it is closed."""
        if self.closed:
            return
        if self._waiting is None:
            self._waiting = asyncio.Event()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._waiting.wait()

    def close(self) -> None:
        """Let every waiter go, for good: the server is stopping."""
        self.closed = True
        self.ring()


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

    @property
    def closed(self) -> bool:
        """Whether the server is stopping, and nothing more will come."""
        return self._closed

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
    """A bounded list of dictionaries (API calls, or what was sent to apps) that can be watched.

    Every entry has a `number`, from 1. Its outcome comes in later: who writes it says `changed`.
    An answer is kept beside its entry as the bytes that were sent, for the newest entries only.
    """

    def __init__(self, bell: Bell | None = None) -> None:
        self.bell = bell or Bell()
        self._entries: deque[dict[str, Any]] = deque(maxlen=_KEPT)
        self._changes: deque[dict[str, Any]] = deque(maxlen=_CHANGES_KEPT)
        self._answers: OrderedDict[int, bytes] = OrderedDict()
        self._answers_size = 0
        self._number = 0
        self._seq = 0

    @property
    def seq(self) -> int:
        """How many changes there were: entries added, and entries changed."""
        return self._seq

    def add(self, entry: dict[str, Any]) -> dict[str, Any]:
        """Append `entry` and return it, so that its outcome can be filled in later."""
        self._number += 1
        entry["number"] = self._number
        self._entries.append(entry)
        self.changed(entry)
        return entry

    def changed(self, entry: dict[str, Any], answer: bytes | None = None) -> None:
        """Tell that more is known of an entry; `answer` is what was answered to it."""
        if answer is not None:
            self._keep(entry["number"], answer)
        self._seq += 1
        self._changes.append(entry)
        self.bell.ring()

    def after(self, seq: int) -> list[dict[str, Any]]:
        """The entries that were added or changed after change `seq`, each once, oldest first.

        Who is more than some thousand changes behind gets the newest of them.
        """
        missing = max(self._seq - seq, 0)
        found = {entry["number"]: entry for entry in islice(reversed(self._changes), missing)}
        return [found[number] for number in sorted(found)]

    def latest(self, most: int, before: int | None = None) -> list[dict[str, Any]]:
        """The newest `most` entries, of those numbered below `before`; oldest first."""
        beyond = 0 if before is None else max(self._number - before + 1, 0)
        return list(islice(reversed(self._entries), beyond, beyond + most))[::-1]

    def entry(self, number: int) -> dict[str, Any]:
        """One entry; LookupError where it is not kept (any more)."""
        if not 0 < number <= self._number or self._number - number >= len(self._entries):
            raise LookupError(f"no entry {number}")
        return self._entries[number - self._number - 1]

    def answer(self, number: int) -> bytes | None:
        """What was answered to an entry, if anything was and it is still kept."""
        return self._answers.get(number)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self._entries)

    def _keep(self, number: int, answer: bytes) -> None:
        self._answers_size += len(answer) - len(self._answers.pop(number, b""))
        self._answers[number] = answer
        while self._answers_size > _ANSWERS_SIZE:
            _, oldest = self._answers.popitem(last=False)
            self._answers_size -= len(oldest)
