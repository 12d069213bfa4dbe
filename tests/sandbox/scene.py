"""A sandbox with an app, two people and a channel; and the app behind either door.

The app is a plain slack_bolt app of a few lines: nothing of the project takes part here.
"""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox import Control, Installation, Person, Sandbox

Json = dict[str, Any]

SCOPES = [
    "app_mentions:read",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "dnd:read",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "pins:read",
    "pins:write",
    "reactions:read",
    "reactions:write",
    "team:read",
    "users:read",
]
EVENTS = [
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_archive",
    "channel_deleted",
    "channel_rename",
    "channel_unarchive",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "tokens_revoked",
    "user_change",
]


def manifest(
    *,
    scopes: Sequence[str] = SCOPES,
    events: Sequence[str] = EVENTS,
    socket_mode: bool = False,
    url: str | None = None,
    home: bool = True,
    messages_tab: bool = True,
    read_only: bool = False,
    redirect_urls: Sequence[str] = (),
    rotates: bool = False,
) -> Json:
    """The manifest of the app under test."""
    return {
        "display_information": {"name": "Coach"},
        "features": {
            "bot_user": {"display_name": "Coach", "always_online": True},
            "app_home": {
                "home_tab_enabled": home,
                "messages_tab_enabled": messages_tab,
                "messages_tab_read_only_enabled": read_only,
            },
            "slash_commands": [
                {
                    "command": "/coach",
                    "description": "Ask",
                    "usage_hint": "[words]",
                    "url": url or "",
                }
            ],
            "shortcuts": [
                {
                    "name": "Capture",
                    "type": "message",
                    "callback_id": "capture",
                    "description": "-",
                },
                {"name": "Begin", "type": "global", "callback_id": "begin", "description": "-"},
            ],
        },
        "oauth_config": {
            "scopes": {"bot": list(scopes)},
            "redirect_urls": list(redirect_urls),
        },
        "settings": {
            "event_subscriptions": {"bot_events": list(events), "request_url": url},
            "interactivity": {"is_enabled": True, "request_url": url},
            "socket_mode_enabled": socket_mode,
            "token_rotation_enabled": rotates,
        },
    }


class Hands:
    """Clocks that a test moves by hand."""

    def __init__(self) -> None:
        self.wall = 1_800_000_000.0
        self.steady = 0.0


@dataclass
class Scene:
    """What a test works with."""

    sandbox: Sandbox
    control: Control
    app: Installation
    client: AsyncWebClient
    amara: Person
    bela: Person
    channel: str

    def web(self, token: str) -> AsyncWebClient:
        """A client with another token."""
        return AsyncWebClient(token=token, base_url=self.sandbox.api_url, retry_handlers=[])

    async def refused(self, method: str, **arguments: Any) -> Json:
        """The answer to a call that must not be ok."""
        with pytest.raises(SlackApiError) as refusal:
            await self.client.api_call(method, json=arguments)
        answer: Json = refusal.value.response.data
        return answer

    async def error(self, method: str, **arguments: Any) -> str:
        """The error code of a call that must not be ok."""
        return str((await self.refused(method, **arguments))["error"])

    def bolt(self, **settings: Any) -> AsyncApp:
        """A Bolt app for this installation."""
        return AsyncApp(
            client=self.client,
            signing_secret=self.app.signing_secret,
            process_before_response=settings.pop("process_before_response", True),
            **settings,
        )


@contextlib.asynccontextmanager
async def scene(
    app_manifest: Json | None = None, request_url: str | None = None, **settings: Any
) -> AsyncIterator[Scene]:
    """A workspace; `settings` are those of `Sandbox`."""
    sandbox = Sandbox(**{"redelivery_delays": (0, 0, 0), **settings})
    async with (
        sandbox.serve(),
        Control(sandbox.url, token=sandbox.control_token) as control,
        aiohttp.ClientSession() as session,
    ):
        app = await control.install(app_manifest or manifest(), request_url)
        amara = await control.add_person("Amara Osei", tz="Europe/London")
        bela = await control.add_person("Béla Kovács", tz="Europe/Budapest")
        channel = await control.add_channel("leadership", [amara, bela], with_app=True)
        client = AsyncWebClient(
            token=app.bot_token, base_url=sandbox.api_url, session=session, retry_handlers=[]
        )
        yield Scene(sandbox, control, app, client, amara, bela, channel)


@contextlib.asynccontextmanager
async def serving(answer: Callable[[Request], Any]) -> AsyncIterator[str]:
    """An HTTP server on loopback with one endpoint for all that Slack asks; its address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        app = Starlette(routes=[Route("/slack/{what}", answer, methods=["GET", "POST"])])
        config = uvicorn.Config(app, log_config=None, lifespan="off", timeout_graceful_shutdown=1)
        config.load()
        server = uvicorn.Server(config)
        server.lifespan = config.lifespan_class(config)
        await server.startup(sockets=[listener])
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/slack/events"
        finally:
            # Not `server.shutdown`, which never takes less than a tenth of a second.
            for listening in server.servers:
                listening.close()
            for connection in list(server.server_state.connections):
                connection.shutdown()
            await asyncio.gather(*server.server_state.tasks, return_exceptions=True)


class Behind:
    """An endpoint whose Bolt app comes later: the app needs the sandbox, which needs the URL."""

    def __init__(self) -> None:
        self.handler: AsyncSlackRequestHandler | None = None
        self.requests: list[tuple[dict[str, str], bytes]] = []

    async def __call__(self, request: Request) -> Response:
        self.requests.append((dict(request.headers), await request.body()))
        if self.handler is None:
            return Response()
        return await self.handler.handle(request)


@contextlib.asynccontextmanager
async def http_scene(
    app_manifest: Json | None = None, **settings: Any
) -> AsyncIterator[tuple[Scene, AsyncApp, Behind]]:
    """A workspace whose app, a Bolt app, takes signed HTTP."""
    behind = Behind()

    async def endpoint(request: Request) -> Response:
        return await behind(request)

    bolt_settings = settings.pop("bolt", {})
    async with serving(endpoint) as url, scene(app_manifest, url, **settings) as the_scene:
        bolt = the_scene.bolt(**bolt_settings)
        behind.handler = AsyncSlackRequestHandler(bolt)
        await the_scene.control.settled()
        behind.requests.clear()
        yield the_scene, bolt, behind


@contextlib.asynccontextmanager
async def connected(the_scene: Scene, bolt: AsyncApp) -> AsyncIterator[AsyncSocketModeHandler]:
    """The Bolt app on a socket."""
    handler = AsyncSocketModeHandler(bolt, the_scene.app.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    try:
        yield handler
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(text: str, action_id: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def text_input(label: str, block_id: str, **element: Any) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"type": "plain_text_input", "action_id": "text", **element},
    }


def modal(*blocks: Json, **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("A form"),
        "submit": plain("Send"),
        "blocks": list(blocks) or [text_input("What did you learn?", "learned")],
        **more,
    }


ANSWER = [{"type": "actions", "elements": [button("Answer", "answer", value="round-1")]}]
DELIVERY = {"event_type": "delivery", "event_payload": {"id": "d-1"}}
