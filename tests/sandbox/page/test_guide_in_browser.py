"""The first steps beside the page, as somebody takes them."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Locator, Page, expect

from sandbox.page import Host, HostStep
from tests.sandbox.page.browser import IN_BROWSER, Scheme
from tests.sandbox.scene import Scene, manifest, scene

pytestmark = IN_BROWSER

STEPS = (
    HostStep("say", "Say something", "In the field below.", lambda deed: deed.verb == "say"),
    HostStep("ask", "Ask for help", "", lambda deed: deed.what == "/coach help"),
)


@pytest_asyncio.fixture(loop_scope="session")
async def the() -> AsyncIterator[Scene]:
    async with scene(manifest(events=()), host=Host(steps=STEPS)) as found:
        yield found


async def _open(tab: Page, the: Scene) -> Locator:
    await tab.goto(the.sandbox.url)
    await tab.wait_for_selector("html[data-ready][data-live]")
    return tab.get_by_role("complementary", name="First steps")


async def _say(tab: Page) -> None:
    await tab.get_by_label("Message to #leadership").fill("Hello")
    await tab.get_by_label("Message to #leadership").press("Enter")


async def test_a_step_ticks_itself_off_in_every_tab_and_is_announced(tab: Page, the: Scene) -> None:
    guide = await _open(tab, the)
    other = await tab.context.new_page()
    beside = await _open(other, the)
    first = guide.get_by_role("listitem").first
    await expect(first).to_contain_text("Still to do")
    await _say(tab)
    await expect(first).to_contain_text("Done")
    await expect(guide.get_by_text("1 of 2 done", exact=True)).to_be_visible()
    await expect(guide.get_by_role("status")).to_have_text("Done: Say something. 1 of 2 done.")
    await expect(beside.get_by_role("listitem").first).to_contain_text("Done")
    await other.reload()
    await expect(beside.get_by_role("listitem").first).to_contain_text("Done")


async def test_it_is_put_away_and_had_again_by_keyboard(tab: Page, the: Scene) -> None:
    guide = await _open(tab, the)
    await guide.get_by_role("button", name="Put these away").focus()
    await tab.keyboard.press("Enter")
    again = guide.get_by_role("button", name="First steps, 0 of 2 done")
    await expect(again).to_be_focused()
    await expect(guide.get_by_role("list")).to_have_count(0)
    await tab.reload()
    await expect(again).to_be_visible()
    await again.press("Enter")
    await expect(guide.get_by_role("listitem")).to_have_count(2)
    await expect(guide.locator("summary")).to_be_focused()


async def test_it_is_never_in_the_way_where_there_is_little_room(tab: Page, the: Scene) -> None:
    await tab.set_viewport_size({"width": 360, "height": 640})
    guide = await _open(tab, the)
    await expect(guide.get_by_role("listitem").first).to_be_hidden()
    box = await guide.bounding_box()
    assert box is not None
    assert box["height"] < 72
    await guide.locator("summary").press("Enter")
    await expect(guide.get_by_role("listitem").first).to_be_visible()
    await _say(tab)
    await expect(guide.get_by_role("listitem").first).to_contain_text("Done")


@pytest.mark.parametrize("width", [360, 1600])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_everybody_can_use_it(tab: Page, the: Scene, width: int, scheme: Scheme) -> None:
    await tab.set_viewport_size({"width": width, "height": 800})
    await tab.emulate_media(color_scheme=scheme)
    guide = await _open(tab, the)
    await _say(tab)
    await expect(guide.get_by_text("1 of 2 done", exact=True)).to_be_visible()
    if width == 360:
        await guide.locator("summary").click()
    found = await Axe().run(tab)
    assert found.violations_count == 0, found.generate_report()
    await guide.get_by_role("button", name="Put these away").click()
    await expect(guide.get_by_role("button", name="First steps")).to_be_visible()
    found = await Axe().run(tab)
    assert found.violations_count == 0, found.generate_report()
