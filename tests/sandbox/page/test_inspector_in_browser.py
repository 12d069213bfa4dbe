"""The inspector in a browser: as it happens, by keyboard, filtered, copied."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Locator, Page, expect

from tests.sandbox.page.browser import IN_BROWSER, Scheme
from tests.sandbox.scene import Scene, manifest, scene

pytestmark = IN_BROWSER


@pytest_asyncio.fixture(loop_scope="session")
async def the() -> AsyncIterator[Scene]:
    async with scene(manifest(events=())) as found:
        yield found


async def _open(tab: Page, the: Scene) -> Locator:
    """The inspector, listening; its lines that are shown."""
    async with tab.expect_response(re.compile("/inspector/live")):
        await tab.goto(f"{the.sandbox.url}/inspector")
    return tab.locator("#lines > li:visible")


async def test_lines_come_in_and_open_by_keyboard(tab: Page, the: Scene) -> None:
    await the.client.auth_test()
    lines = await _open(tab, the)
    await expect(lines).to_have_count(1)
    await the.client.chat_postMessage(channel=the.channel, text="Just now")
    await expect(lines).to_have_count(2)
    await expect(lines.last).to_contain_text("chat.postMessage")
    await expect(lines.last).to_contain_text("#leadership · Just now")
    await tab.keyboard.press("ArrowDown")
    await expect(lines.last.locator("summary")).to_be_focused()
    await tab.keyboard.press("Enter")
    await expect(
        lines.last.get_by_role("group", name="Arguments of chat.postMessage")
    ).to_contain_text('"text": "Just now"')
    await tab.keyboard.press("ArrowUp")
    await expect(lines.first.locator("summary")).to_be_focused()
    await the.client.auth_test()
    await expect(lines).to_have_count(3)
    await expect(lines.first.locator("summary")).to_be_focused()
    await tab.keyboard.press("End")
    await expect(lines.last.locator("summary")).to_be_focused()


async def test_it_is_filtered_by_kind_words_and_problems(tab: Page, the: Scene) -> None:
    await the.client.auth_test()
    await the.error("users.info", user="U404")
    await the.amara.command("/coach", "hello")
    lines = await _open(tab, the)
    await expect(lines).to_have_count(3)
    await tab.keyboard.press("/")
    await tab.keyboard.type("NOT_found users")
    await expect(lines).to_have_count(1)
    await expect(tab.locator("#tally")).to_have_text("1 of 3 lines")
    await tab.keyboard.press("ArrowDown")
    await expect(lines.first.locator("summary")).to_be_focused()
    await tab.keyboard.press("/")
    await tab.keyboard.press("Escape")
    await expect(lines).to_have_count(3)
    await tab.get_by_label("API calls").uncheck()
    await expect(lines).to_have_count(1)
    await expect(lines).to_contain_text("/coach")
    await tab.get_by_label("API calls").check()
    await tab.get_by_label("Problems only").check()
    await expect(lines).to_have_count(2)
    await the.client.auth_test()
    await the.error("users.info", user="U405")
    await expect(lines).to_have_count(3)
    await tab.get_by_label("Filter by method").fill("nowhere to be found")
    await expect(tab.get_by_text("Nothing here answers to that filter.")).to_be_visible()


async def test_it_pauses_and_catches_up_and_is_cleared(tab: Page, the: Scene) -> None:
    lines = await _open(tab, the)
    await expect(tab.get_by_text("Nothing has passed yet.")).to_be_visible()
    await tab.get_by_role("button", name="Pause").click()
    await the.client.auth_test()
    await the.client.auth_test()
    waiting = tab.get_by_role("button", name="Go on (2)")
    await expect(waiting).to_have_attribute("aria-pressed", "true")
    await expect(lines).to_have_count(0)
    await waiting.click()
    await expect(lines).to_have_count(2)
    await tab.get_by_role("button", name="Clear").click()
    await expect(lines).to_have_count(0)
    await tab.get_by_role("button", name="Show earlier ones").click()
    await expect(lines).to_have_count(2)


async def test_a_command_is_taken_along(tab: Page, the: Scene) -> None:
    await tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await the.client.auth_test()
    lines = await _open(tab, the)
    await lines.first.locator("summary").click()
    await lines.first.get_by_role("button", name="Copy as curl").click()
    await expect(tab.get_by_role("status")).to_have_text("Copied")
    copied = await tab.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"curl -sS -X POST {the.sandbox.url}/api/auth.test")
    assert the.app.bot_token not in copied


async def test_what_is_read_stays_where_it_is(tab: Page, the: Scene) -> None:
    for _ in range(60):
        await the.client.auth_test()
    lines = await _open(tab, the)
    await expect(lines).to_have_count(60)
    await tab.evaluate("scrollTo(0, 200)")
    before = await lines.nth(20).bounding_box()
    await the.client.auth_test()
    await expect(tab.get_by_role("button", name="1 new line")).to_be_visible()
    assert await lines.nth(20).bounding_box() == before
    await tab.get_by_role("button", name="1 new line").click()
    await expect(lines.last.locator("summary")).to_be_focused()
    await expect(lines.last).to_be_in_viewport()
    await expect(tab.locator("#newest")).to_be_hidden()
    await the.client.auth_test()
    await expect(lines).to_have_count(62)
    await expect(lines.last).to_be_in_viewport()


@pytest.mark.parametrize("width", [360, 1600])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_everybody_can_use_it(tab: Page, the: Scene, width: int, scheme: Scheme) -> None:
    await the.client.chat_postMessage(channel=the.channel, text="A long text " * 40)
    await the.error("users.info", user="U404")
    await the.amara.command("/coach", "hello")
    await tab.set_viewport_size({"width": width, "height": 800})
    await tab.emulate_media(color_scheme=scheme)
    lines = await _open(tab, the)
    for index in range(3):
        await lines.nth(index).locator("summary").click()
        await expect(lines.nth(index).get_by_text("Again")).to_be_visible()
    found = await Axe().run(tab)
    assert found.violations_count == 0, found.generate_report()
    assert await tab.evaluate("document.documentElement.scrollWidth") <= width
