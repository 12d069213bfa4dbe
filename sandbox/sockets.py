"""Socket Mode: up to ten WebSocket connections an app, each envelope to one of them.

Connections do not last: Slack warns, asks the client to open another one, and hangs up.

Shapes: https://docs.slack.dev/apis/events-api/using-socket-mode, and what
slack_sdk.socket_mode reads of them.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import uuid
from collections import defaultdict
from dataclasses import dataclass, field, replace

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.decoding import decoded
from sandbox.delivery import Kind, Receipt, Retry
from sandbox.faults import FaultKind, FaultPlan
from sandbox.records import App, Json
from sandbox.workspace import Workspace

# "up to 10 open WebSocket connections"; each payload may go "to any of the connections": that they
# take turns is our reading. What one too many is told: reported to Slack's own client, in
# https://github.com/slackapi/node-slack-sdk/issues/1654; that it is then closed is believed.
CONNECTIONS = 10


@dataclass(frozen=True)
class SocketTimes:
    """How long things last, in seconds.

    - `life`: a connection; what Slack's `hello` names as `approximate_connection_time`. With
      `debug_reconnects=true` in its address it is `debug_life` ("in order to make the connection
      time significantly shorter (360 seconds)", https://github.com/slack-go/slack/issues/1379).
    - `warned`: how long before the end the `warning` comes. Believed, second-hand; clients open
      another connection at either word.
    - `grace`: from `refresh_requested` until the sandbox hangs up. Believed; a client that was
      told has long gone by then.
    - `ticket`: how long an address to connect to is good. Believed; the page of
      apps.connections.open says "temporary", and clients connect at once.
    """

    life: float = 18_060.0
    debug_life: float = 360.0
    warned: float = 10.0
    grace: float = 10.0
    ticket: float = 30.0


@dataclass(eq=False)
class _Connection:
    socket: WebSocket
    mine: list[_Connection]
    waiting: dict[str, asyncio.Future[Receipt]] = field(default_factory=dict)

    async def say(self, message: Json) -> None:
        await self.socket.send_text(json.dumps(message))

    def drop_waiting(self) -> None:
        for answer in self.waiting.values():
            if not answer.done():
                answer.set_result(Receipt(None, problem="connection_closed"))


class Sockets:
    """The open sockets of all apps; a `Door`."""

    def __init__(
        self, workspace: Workspace, ack_seconds: float, times: SocketTimes | None = None
    ) -> None:
        self._workspace = workspace
        self._ack_seconds = ack_seconds
        self._times = times or SocketTimes()
        self._tickets: dict[str, tuple[str, float]] = {}
        self._open: defaultdict[str, list[_Connection]] = defaultdict(list)
        self._turn: defaultdict[str, int] = defaultdict(int)
        self._changed = asyncio.Event()
        self.faults = FaultPlan()

    def ticket(self, app: App) -> str:
        """A ticket with which one socket of `app` may connect, once."""
        ticket = secrets.token_urlsafe(18)
        self._tickets[ticket] = (app.id, self._workspace.wall())
        return ticket

    def _app_of(self, ticket: str) -> str | None:
        """Whose ticket it is; it is used up, and too late it is nobody's."""
        app_id, issued = self._tickets.pop(ticket, (None, 0.0))
        late = self._workspace.wall() - issued >= self._times.ticket
        return None if late else app_id

    def count(self, app: App) -> int:
        """How many sockets of the app are open."""
        return len(self._open[app.id])

    async def connected(self, app: App, at_least: int = 1) -> None:
        """Wait until that many sockets of the app are open."""
        while self.count(app) < at_least:
            await self._changed.wait()

    async def serve(self, socket: WebSocket) -> None:
        """Hold one connection from its handshake to its end."""
        app_id = self._app_of(socket.query_params.get("ticket", ""))
        if app_id is None:
            await socket.close(code=1008, reason="invalid ticket")
            return
        await socket.accept()
        mine = self._open[app_id]
        connection = _Connection(socket, mine)
        if len(mine) >= CONNECTIONS:
            await connection.say(_goodbye("too_many_websockets"))
            await socket.close()
            return
        debugging = socket.query_params.get("debug_reconnects") == "true"
        life = self._times.debug_life if debugging else self._times.life
        mine.append(connection)
        ageing = asyncio.create_task(self._age(connection, life))
        try:
            await connection.say(_hello(app_id, len(mine), life))
            self._workspace.feed.add("app_connected", app=app_id, connections=len(mine))
            self._tell_changed()
            while True:
                self._take(connection, await socket.receive_text())
        except (WebSocketDisconnect, RuntimeError):
            # RuntimeError is what Starlette raises where we closed the socket ourselves.
            pass
        finally:
            ageing.cancel()
            self._forget(connection)

    async def _age(self, connection: _Connection, life: float) -> None:
        """Refresh the connection when its time has come."""
        with contextlib.suppress(RuntimeError, WebSocketDisconnect):
            await asyncio.sleep(life - self._times.warned)
            await connection.say(_goodbye("warning"))
            await asyncio.sleep(self._times.warned)
            self._forget(connection)
            await connection.say(_goodbye("refresh_requested"))
            await asyncio.sleep(self._times.grace)
            await self._hang_up(connection)

    async def send(self, app: App, kind: Kind, payload: Json, retry: Retry | None) -> Receipt:
        """Send an envelope to the connection whose turn it is and wait for its acknowledgement."""
        connections = self._open[app.id]
        if not connections:
            return Receipt(None, problem="no_connection")
        self._turn[app.id] += 1
        connection = connections[self._turn[app.id] % len(connections)]
        fault = self.faults.draw("socket_mode")
        if fault == "delay":
            await asyncio.sleep(self.faults.delay_seconds)
        envelope = _envelope(str(uuid.uuid4()), kind, payload, retry)
        return replace(await self._exchanged(connection, envelope, fault), fault=fault)

    async def _exchanged(
        self, connection: _Connection, envelope: Json, fault: FaultKind | None
    ) -> Receipt:
        answer: asyncio.Future[Receipt] = asyncio.get_running_loop().create_future()
        connection.waiting[envelope["envelope_id"]] = answer
        try:
            if fault not in ("drop_before", "error_500_before", "ratelimited"):
                await connection.say(envelope)
            if fault is not None and fault != "delay":
                await self._hang_up(connection)
            async with asyncio.timeout(self._ack_seconds):
                return await answer
        except TimeoutError:
            return Receipt(None, problem="timeout")
        except (WebSocketDisconnect, RuntimeError):
            return Receipt(None, problem="connection_closed")
        finally:
            connection.waiting.pop(envelope["envelope_id"], None)

    async def disconnect(self, app: App, reason: str = "refresh_requested") -> int:
        """Say goodbye on every socket of the app, as Slack does when it moves a connection.

        `refresh_requested`: nothing more is sent on them, and the client is to open a new one and
        hang up. `warning`: that will come soon. `link_disabled`: Socket Mode was switched off, and
        the sockets are closed. Returns how many were told.
        """
        told = list(self._open[app.id])
        for connection in told:
            await connection.say(_goodbye(reason))
            if reason == "link_disabled":
                await self._hang_up(connection)
            elif reason != "warning":
                self._forget(connection)
        return len(told)

    def _take(self, connection: _Connection, text: str) -> None:
        try:
            message = decoded(text)
        except ValueError:
            return
        if not isinstance(message, dict):
            return
        answer = connection.waiting.get(str(message.get("envelope_id")))
        if answer is not None and not answer.done():
            answer.set_result(Receipt(200, message.get("payload")))

    async def _hang_up(self, connection: _Connection) -> None:
        self._forget(connection)
        with contextlib.suppress(RuntimeError, WebSocketDisconnect):
            await connection.socket.close()

    def _forget(self, connection: _Connection) -> None:
        if connection in connection.mine:
            connection.mine.remove(connection)
        connection.drop_waiting()
        self._tell_changed()

    def _tell_changed(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()


def _hello(app_id: str, connections: int, life: float) -> Json:
    return {
        "type": "hello",
        "num_connections": connections,
        "connection_info": {"app_id": app_id},
        "debug_info": {"host": "sandbox", "approximate_connection_time": int(life)},
    }


def _goodbye(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}


def _envelope(envelope_id: str, kind: Kind, payload: Json, retry: Retry | None) -> Json:
    envelope: Json = {
        "envelope_id": envelope_id,
        "type": kind,
        "payload": payload,
        "accepts_response_payload": kind != "events_api",
    }
    if kind == "events_api":
        # Believed: the words of the reason, which no page lists for sockets; clients only show it.
        envelope["retry_attempt"] = retry.number if retry else 0
        envelope["retry_reason"] = retry.reason if retry else ""
    return envelope
