"""Getting envelopes to an app: which door, how often, and what came back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from sandbox.feed import Log
from sandbox.records import App, Json
from sandbox.workspace import Workspace

Kind = Literal["events_api", "interactive", "slash_commands"]


@dataclass(frozen=True)
class Retry:
    """The number of a redelivery (1 to 3) and why it was needed."""

    number: int
    reason: str


@dataclass(frozen=True)
class Receipt:
    """How an app took an envelope. `problem` is empty when it acknowledged in time.

    `status` is the HTTP status, or 200 for an acknowledgement on a socket; `None` when nothing
    came back. `body` is the decoded answer, `fault` what the fault plan did to it.
    """

    status: int | None
    body: Any = None
    problem: str = ""
    no_retry: bool = False
    fault: str | None = None

    @property
    def accepted(self) -> bool:
        """Whether the app acknowledged in time."""
        return not self.problem


class Door(Protocol):
    """A way to an app. Sends one envelope once, waits for its answer as long as Slack does."""

    async def send(self, app: App, kind: Kind, payload: Json, retry: Retry | None) -> Receipt:
        """Deliver `payload`; never raises for what the app does."""
        ...


class Delivery:
    """Sends events (again, when an app fails) and interactions (once)."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        sockets: Door,
        http: Door,
        redelivery_delays: Sequence[float],
    ) -> None:
        self._workspace = workspace
        self._sockets = sockets
        self._http = http
        self._delays = tuple(redelivery_delays)
        self._payloads: dict[str, tuple[App, Json]] = {}
        self._under_way: set[asyncio.Task[None]] = set()
        self.log = Log()

    def send_event(self, app: App, payload: Json) -> asyncio.Event:
        """Deliver an event in the background, up to three times more if it is not acknowledged.

        What is returned is set when the first attempt is over.
        """
        self._payloads[payload["event_id"]] = (app, payload)
        first = asyncio.Event()
        entry = self._entry(app, "events_api", payload)
        task = asyncio.create_task(self._with_retries(app, payload, entry, first))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return first

    async def redeliver(self, event_id: str, times: int = 1) -> list[Json]:
        """Deliver an event again as if for the first time; returns its log entries.

        Slack says that events are delivered "at least once": a copy carries the same event_id and
        no retry header.
        """
        if event_id not in self._payloads:
            raise LookupError(f"no event {event_id}")
        app, payload = self._payloads[event_id]
        entries = [self._entry(app, "events_api", payload) for _ in range(times)]
        await asyncio.gather(*(self._attempt(app, payload, entry, None) for entry in entries))
        for entry in entries:
            self._finish(entry)
        return entries

    async def interact(self, app: App, kind: Kind, payload: Json) -> tuple[Receipt, float]:
        """Deliver an interaction or command, once. The receipt, and the milliseconds it took."""
        entry = self._entry(app, kind, payload)
        receipt = await self._attempt(app, payload, entry, None)
        self._finish(entry)
        return receipt, entry["latency_ms"]

    @property
    def is_busy(self) -> bool:
        """Whether an event is on its way (or waiting to be sent again)."""
        return bool(self._under_way)

    async def settled(self) -> None:
        """Wait until no event is on its way (or waiting to be sent again)."""
        while self._under_way:
            await asyncio.wait(list(self._under_way))

    async def stop(self) -> None:
        """Drop what is under way, and let go of who watches."""
        self.log.bell.close()
        tasks = list(self._under_way)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _with_retries(
        self, app: App, payload: Json, entry: Json, first: asyncio.Event
    ) -> None:
        receipt = await self._attempt(app, payload, entry, None)
        first.set()
        for number, delay in enumerate(self._delays, start=1):
            if receipt.accepted or receipt.no_retry or not app.active:
                break
            await asyncio.sleep(delay)
            retry = Retry(number, receipt.problem)
            receipt = await self._attempt(app, payload, entry, retry)
        self._finish(entry)

    def _finish(self, entry: Json) -> None:
        entry["finished"] = True
        self.log.changed(entry)

    async def _attempt(self, app: App, payload: Json, entry: Json, retry: Retry | None) -> Receipt:
        kind: Kind = entry["kind"]
        door = self._sockets if app.socket_mode else self._http
        loop = asyncio.get_running_loop()
        started = loop.time()
        receipt = await door.send(app, kind, payload, retry)
        milliseconds = round((loop.time() - started) * 1000, 3)
        entry["attempts"].append(
            {
                "status": receipt.status,
                "problem": receipt.problem,
                "latency_ms": milliseconds,
                "retry": retry.number if retry else 0,
                "reason": retry.reason if retry else "",
                "fault": receipt.fault,
                "answer": receipt.body,
            }
        )
        entry["acked"] = entry["acked"] or receipt.accepted
        entry["status"] = receipt.status
        entry["latency_ms"] = milliseconds
        self.log.changed(entry)
        self._workspace.feed.add(
            "sent_to_app",
            app=app.id,
            door_kind=kind,
            type=entry["type"],
            id=entry["id"],
            acked=receipt.accepted,
            problem=receipt.problem,
        )
        return receipt

    def _entry(self, app: App, kind: Kind, payload: Json) -> Json:
        if kind == "events_api":
            what = payload["event"]["type"]
        else:
            what = payload.get("type") or payload.get("command")
        return self.log.add(
            {
                "id": payload.get("event_id") or payload.get("trigger_id"),
                "app": app.id,
                "kind": kind,
                "type": what,
                "payload": payload,
                "at": self._workspace.wall(),
                "attempts": [],
                "acked": False,
                "status": None,
                "latency_ms": 0.0,
                "finished": False,
            }
        )
