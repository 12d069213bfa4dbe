"""The README's pictures, taken of the running demo, light and dark.

python -m tools.screenshots          (needs Debian's chromium)
"""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Page, ViewportSize, async_playwright

from bot.demo.company import COACH, LEAD, SCENE
from bot.demo.live import taken_over
from bot.demo.on_page import host_of
from bot.demo.passing import let_weeks_pass
from bot.demo.plan import Plan
from bot.demo.stage import Stage, open_stage
from bot.demo.weeks import Weeks

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
WEEKS = 4

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


class Album:
    """One tab, in light and in dark, that goes where the pictures are taken."""

    def __init__(self, page: Page, stage: Stage) -> None:
        self._page = page
        self._stage = stage

    async def take(self, name: str, arrange: Callable[[Page], Awaitable[None]], at: str) -> None:
        """Two pictures, `name-light.png` and `name-dark.png`."""
        await self._page.goto(f"{self._stage.sandbox.url}/?{at}")
        await arrange(self._page)
        for scheme in ("light", "dark"):
            await self._page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            await self._page.screenshot(path=PICTURES / f"{name}-{scheme}.png")
        await self._page.keyboard.press("Escape")


async def form(page: Page) -> None:
    """The week's form, half filled in."""
    await page.get_by_role("button", name="Answer", exact=True).last.click()
    await (
        page.get_by_role("dialog")
        .get_by_label("What moved")
        .fill("The chair wrote to the wards herself, before anybody asked her to.")
    )


async def digest(page: Page) -> None:
    """The digest, with its thread beside it."""
    message = page.locator("#place article", has_text="What stands out this week").last
    await message.locator("[data-goes=thread]").click()
    await page.get_by_role("complementary", name="Thread").wait_for()
    await message.evaluate("element => element.scrollIntoView({block: 'center'})")


async def home(page: Page) -> None:
    """The coach's home."""
    await page.locator("[data-home]").wait_for()


async def main() -> None:
    """Play the weeks, and take the pictures."""
    PICTURES.mkdir(exist_ok=True)
    plan = Plan(7, WEEKS)
    acts = [act for index in range(WEEKS) for act in plan.week(index)]
    async with open_stage(SCENE, frozen=True) as stage, async_playwright() as playwright:
        await let_weeks_pass(stage, acts, WEEKS, "The weeks go by")
        weeks = Weeks(stage, plan, WEEKS, left_alone=LEAD.key)
        stage.sandbox.page.all_read()
        stage.sandbox.host = host_of(stage, weeks)
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = await browser.new_page(viewport=ViewportSize(width=1280, height=860))
        album = Album(page, stage)
        me, coach = stage.people[LEAD.key].id, stage.people[COACH.key].id
        await album.take("digest", digest, f"as={me}&at={stage.channel}")
        await weeks.go_to(taken_over(WEEKS))
        await weeks.go_on_until_asked()
        app = stage.sandbox.core.workspace.the_app().id
        await album.take("form", form, f"as={me}&at={app}")
        await album.take("home", home, f"as={coach}&at=home")
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
