"""The parts of the sandbox, put together once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sandbox.clock import steady_time, wall_time
from sandbox.delivery import Delivery
from sandbox.events import Events
from sandbox.faults import FaultPlan, Refusal
from sandbox.feed import Log
from sandbox.files import Files
from sandbox.installs import Installs
from sandbox.messages import Messages
from sandbox.modals import Modals
from sandbox.reactions import Reactions
from sandbox.response_urls import ResponseUrls
from sandbox.signed_http import SignedHttp
from sandbox.sockets import Sockets, SocketTimes
from sandbox.tiers import Tiers
from sandbox.workspace import Workspace


@dataclass
class Core:
    """Everything the Web API, the people and the control API work on."""

    workspace: Workspace
    sockets: Sockets
    http: SignedHttp
    delivery: Delivery
    events: Events
    messages: Messages
    modals: Modals
    response_urls: ResponseUrls
    tiers: Tiers
    files: Files
    reactions: Reactions
    installs: Installs
    calls: Log = field(default_factory=Log)
    faults: FaultPlan = field(default_factory=FaultPlan)
    refusals: list[Refusal] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The sandbox's address, without a slash at the end; "" until it is served."""
        return self.workspace.url

    @url.setter
    def url(self, url: str) -> None:
        self.workspace.url = url

    def set_faults(self, plan: FaultPlan) -> None:
        """Put a fault plan in force, on the Web API and on the sockets."""
        self.faults = plan
        self.sockets.faults = plan


def assemble(
    workspace_id: str,
    name: str,
    *,
    tiers: bool,
    ack_seconds: float,
    redelivery_delays: Sequence[float],
    socket_times: SocketTimes | None = None,
    wall: Callable[[], float] = wall_time,
    monotonic: Callable[[], float] = steady_time,
) -> Core:
    """Build the parts and connect them."""
    workspace = Workspace(workspace_id, name, wall)
    sockets = Sockets(workspace, ack_seconds, socket_times)
    http = SignedHttp(workspace, ack_seconds)
    delivery = Delivery(workspace, sockets=sockets, http=http, redelivery_delays=redelivery_delays)
    events = Events(workspace, delivery.send_event)
    messages = Messages(workspace, events)
    return Core(
        workspace=workspace,
        sockets=sockets,
        http=http,
        delivery=delivery,
        events=events,
        messages=messages,
        modals=Modals(workspace),
        response_urls=ResponseUrls(workspace, messages),
        tiers=Tiers(enabled=tiers, monotonic=monotonic),
        # One bell for both logs: who watches what passes between an app and the sandbox sees both.
        calls=Log(delivery.log.bell),
        files=Files(workspace, events),
        reactions=Reactions(workspace, events),
        installs=Installs(workspace),
    )
