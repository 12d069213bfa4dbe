"""A form and messages on the page, before an app that remembers what it is told of them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest_asyncio
from playwright.async_api import Locator, Page
from slack_bolt.async_app import AsyncApp

from tests.sandbox.page.everything import option
from tests.sandbox.scene import Scene, http_scene, manifest, modal

Json = dict[str, Any]
_ANY = re.compile("^(?!deeper)")
_ANSWERS_WITHIN = 5.0  # seconds
FRUIT = [option("Apple"), option("Pear"), option("Plum")]


class Stage:
    """An app that remembers what it is told, and the page as Amara sees it."""

    def __init__(self, scene: Scene, bolt: AsyncApp, tab: Page) -> None:
        self.scene, self.bolt, self.tab = scene, bolt, tab
        self.acts: list[Json] = []
        self.sent: list[Json] = []
        self.closed: list[Json] = []
        self.errors: dict[str, str] = {}
        self.answer: Json = {}
        self._told = asyncio.Condition()

        @bolt.options("v")
        async def offered(ack: Any, body: Json) -> None:
            typed = body["value"].lower()
            await ack(options=[one for one in FRUIT if typed in one["text"]["text"].lower()])

        @bolt.view("form")
        async def submitted(ack: Any, view: Json) -> None:
            self.sent.append(view["state"]["values"])
            errors = {"response_action": "errors", "errors": self.errors} if self.errors else {}
            await ack(**(errors or self.answer))

        @bolt.view_closed("form")
        async def closed(ack: Any, view: Json) -> None:
            self.closed.append(view["state"]["values"])
            await ack()

        @bolt.action({"action_id": _ANY})
        async def pressed(ack: Any, body: Json) -> None:
            self.acts.extend(body["actions"])
            await ack()
            async with self._told:
                self._told.notify_all()

    async def form(self, *blocks: Json, **more: Any) -> Locator:
        """A form before her, and the page opened."""
        await self.scene.control.leave_form(self.scene.amara, modal(*blocks, **more), {})
        return await self.page()

    async def page(self) -> Locator:
        """Open the page anew."""
        await self.tab.goto(f"{self.scene.sandbox.url}/?as={self.scene.amara.id}")
        return self.tab.locator("#modal")

    async def told(self, count: int) -> None:
        """Wait until the app has been told of so many acts; TimeoutError where it is not."""
        async with asyncio.timeout(_ANSWERS_WITHIN), self._told:
            await self._told.wait_for(lambda: len(self.acts) >= count)

    async def key(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            await self.tab.keyboard.press(key)

    async def typed(self, text: str) -> None:
        """Type."""
        await self.tab.keyboard.type(text)

    def element(self, block_id: str) -> Locator:
        """An element of the form, by its block."""
        return self.tab.locator(f"[data-block='{block_id}']")


def asking() -> Json:
    """The manifest of an app that is asked for options."""
    the_manifest = manifest()
    the_manifest["settings"]["interactivity"]["message_menu_options_url"] = "http://127.0.0.1/"
    return the_manifest


@asynccontextmanager
async def staged(tab: Page) -> AsyncIterator[Stage]:
    async with http_scene(asking()) as (scene, bolt, _):
        yield Stage(scene, bolt, tab)
        await tab.goto("about:blank")  # so that it does not look for a server that is gone


@pytest_asyncio.fixture(loop_scope="session")
async def stage(tab: Page) -> AsyncIterator[Stage]:
    async with staged(tab) as the_stage:
        yield the_stage
