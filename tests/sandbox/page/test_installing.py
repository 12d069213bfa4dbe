"""The page on which a person allows or refuses an app, in a browser."""

from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from sandbox import Control, Sandbox
from tests.sandbox.page.browser import IN_BROWSER
from tests.sandbox.scene import manifest, serving

pytestmark = IN_BROWSER


async def thanks(request: Request) -> Response:
    return HTMLResponse('<link rel="icon" href="data:,"><p>Back at the app</p>')


@pytest_asyncio.fixture(loop_scope="session")
async def question() -> AsyncIterator[str]:
    """Where an app sends people to be installed."""
    sandbox = Sandbox()
    async with (
        serving(thanks) as back,
        sandbox.serve(),
        Control(sandbox.url, sandbox.control_token) as control,
    ):
        app = await control.register(manifest(redirect_urls=[back]))
        await control.add_person("Amara Osei")
        await control.add_person("Béla Kovács")
        await control.add_person("A guest", is_restricted=True)
        query = {"client_id": app.client_id, "scope": "chat:write,users:read", "state": "s-1"}
        yield f"{sandbox.url}/oauth/v2/authorize?{urlencode(query)}"


def answer(page: Page) -> dict[str, list[str]]:
    """What the app's address was called with."""
    return parse_qs(urlsplit(page.url).query)


async def test_somebody_allows_by_keyboard(tab: Page, question: str) -> None:
    await tab.goto(question)
    who = tab.get_by_label("You answer as")
    assert await who.locator("option").all_inner_texts() == ["Amara Osei", "Béla Kovács"]
    await who.focus()
    await tab.keyboard.press("B")
    await tab.keyboard.press("Tab")
    await expect(tab.get_by_role("button", name="Not now")).to_be_focused()
    await tab.keyboard.press("Tab")
    await tab.keyboard.press("Enter")
    await expect(tab.get_by_text("Back at the app")).to_be_visible()
    assert answer(tab)["state"] == ["s-1"]
    assert answer(tab)["code"]


async def test_somebody_refuses(tab: Page, question: str) -> None:
    await tab.goto(question)
    await tab.get_by_role("button", name="Not now").click()
    await expect(tab.get_by_text("Back at the app")).to_be_visible()
    assert answer(tab) == {"error": ["access_denied"], "state": ["s-1"]}


async def test_it_is_open_to_everybody(tab: Page, question: str) -> None:
    for scheme in ("light", "dark"):
        await tab.emulate_media(color_scheme=scheme)
        await tab.goto(question)
        found = await Axe().run(tab)
        assert found.violations_count == 0, found.generate_report()
