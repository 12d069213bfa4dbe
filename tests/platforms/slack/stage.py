"""The real Bolt app against the sandbox: over signed HTTP or over Socket Mode."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Literal

import aiohttp
import uvicorn
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.routing import Route

from conversation.events import Event, Nothing, Reply
from platforms.slack import (
    Directory,
    Identity,
    SlackPlatform,
    SocketMode,
    create_app,
    create_client,
    create_session,
    identify,
    manifest,
    slack_events_endpoint,
)
from sandbox import Control, Installation, Person, Sandbox

Door = Literal["http", "socket"]

METHODS = frozenset(
    {
        "auth.test",
        "apps.connections.open",
        "chat.postMessage",
        "chat.update",
        "conversations.history",
        "conversations.info",
        "conversations.members",
        "conversations.open",
        "conversations.replies",
        "pins.add",
        "pins.remove",
        "users.info",
        "views.open",
        "views.publish",
        "views.push",
        "views.update",
    }
)
"""Every method that the platform calls: the manifest's scopes are held against them."""

_TESTS_OWN = frozenset({"chat.delete"})


@dataclass
class Responder:
    """Stands for the handlers: remembers events and replies as it was told."""

    replies: Callable[[Event], Reply] = lambda event: Nothing()
    events: list[Event] = field(default_factory=list)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    may_end: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.may_end.set()

    async def respond(self, event: Event) -> Reply:
        self.events.append(event)
        self.begun.set()
        await self.may_end.wait()
        return self.replies(event)

    def always(self, reply: Reply) -> None:
        self.replies = lambda event: reply

    def fails(self, error: Exception) -> None:
        def fail(event: Event) -> Reply:
            raise error

        self.replies = fail


@dataclass
class Stage:
    """A workspace with the app installed, a person and a channel."""

    sandbox: Sandbox
    control: Control
    installed: Installation
    session: aiohttp.ClientSession
    client: AsyncWebClient
    identity: Identity
    directory: Directory
    responder: Responder
    app: AsyncApp
    amara: Person
    channel: str
    url: str = ""
    mode: SocketMode | None = None

    @property
    def platform(self) -> SlackPlatform:
        return SlackPlatform(self.client, self.directory)


@contextlib.asynccontextmanager
async def stage(door: Door | None = None, ack_seconds: float = 3.0) -> AsyncIterator[Stage]:
    """Set the stage; with a door, the app listens behind it."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/slack/events"
        async with _scene(None if door == "socket" else url, ack_seconds) as scene:
            scene.url = url
            if door == "http":
                async with _listening(scene, listener):
                    yield scene
            elif door == "socket":
                async with _connected(scene):
                    yield scene
            else:
                yield scene


@contextlib.asynccontextmanager
async def _scene(request_url: str | None, ack_seconds: float) -> AsyncIterator[Stage]:
    box = Sandbox(redelivery_delays=(0, 0, 0), ack_seconds=ack_seconds)
    async with box.serve(), Control(box.url, token=box.control_token) as control:
        installed = await control.install(manifest(request_url))
        amara = await control.add_person("Amara Osei", tz="Europe/London")
        channel = await control.add_channel("leadership", members=[amara], with_app=True)
        async with create_session() as session:
            client = create_client(installed.bot_token, box.api_url, session)
            identity = await identify(client)
            directory = Directory(client)
            responder = Responder()
            app = create_app(
                client, installed.signing_secret, responder.respond, identity, directory
            )
            yield Stage(
                box,
                control,
                installed,
                session,
                client,
                identity,
                directory,
                responder,
                app,
                amara,
                channel,
            )
            await _only_called_what_is_known(control)


@contextlib.asynccontextmanager
async def _listening(scene: Stage, listener: socket.socket) -> AsyncIterator[None]:
    endpoint = slack_events_endpoint(scene.app, scene.installed.signing_secret)
    web = Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"])])
    config = uvicorn.Config(web, log_config=None, lifespan="off", timeout_graceful_shutdown=1)
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listener])
    try:
        yield
    finally:
        await server.shutdown(sockets=[listener])


@contextlib.asynccontextmanager
async def _connected(scene: Stage) -> AsyncIterator[None]:
    scene.mode = mode = SocketMode(scene.app, scene.installed.app_token)
    await mode.connect()
    await scene.control.connected()
    try:
        yield
    finally:
        await mode.close()


async def _only_called_what_is_known(control: Control) -> None:
    calls = await control.calls()
    assert {call["method"] for call in calls} <= METHODS | _TESTS_OWN
    assert [call for call in calls if call["unknown_arguments"]] == []
    assert await control.mistakes() == []
