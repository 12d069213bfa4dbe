"""The demo's page, as somebody meets it: four steps to the digest and to the coach's home."""

import re

from playwright.async_api import Page, expect

from bot.demo.company import COACH, LEAD, SCENE
from bot.demo.on_page import host_of
from bot.demo.plan import Plan
from bot.demo.stage import open_stage
from bot.demo.weeks import Weeks
from tests.e2e.browser.seat import Seat
from tests.sandbox.page.browser import IN_BROWSER

pytestmark = IN_BROWSER


async def test_from_a_prompt_to_the_digest_and_the_coachs_home(tab: Page) -> None:
    async with open_stage(SCENE, frozen=True) as stage:
        weeks = Weeks(stage, Plan(seed=7, weeks=4), 0, left_alone=LEAD.key)
        await weeks.go_on_by(days=1, hours=2)
        stage.sandbox.page.all_read()
        stage.sandbox.host = host_of(stage, weeks)
        seat = Seat(tab, stage.sandbox.url, stage.settle)
        await tab.goto(stage.sandbox.url)
        steps = tab.get_by_role("complementary", name="First steps")
        await expect(steps).to_contain_text("0 of 4 done")

        await seat.goes_to("Messages")
        await seat.presses("Answer", seat.message("Visible progress"))
        await seat.form.get_by_label("What moved").fill("A ward rang us before we rang them.")
        await tab.reload()
        await expect(seat.form.get_by_label("What moved")).to_have_value(
            "A ward rang us before we rang them."
        )
        await seat.sends()
        await expect(steps).to_contain_text("1 of 4 done")

        await seat.goes_to("leadership")
        await seat.presses("Let the others answer")
        await expect(tab.locator("#news")).to_contain_text("of the others have answered")

        await seat.types("Escape")
        words = "The portal shows yesterday's stock."
        await tab.get_by_label("Message to #leadership").fill(words)
        await tab.keyboard.press("Enter")
        said = seat.message(words)
        await said.hover()
        await said.get_by_role("button", name="More").click()
        await said.get_by_role("button", name=re.compile("Log a breakdown")).click()
        await expect(seat.form).to_be_visible()
        await seat.sends()
        await seat.types("Escape")
        await expect(steps).to_contain_text("2 of 4 done")
        await seat.goes_to("Messages")
        card = seat.message("The portal shows")
        await seat.presses("What's needed now?", card)
        await seat.form.get_by_label("What's needed now?").fill("One list, and who keeps it")
        await seat.sends()
        await expect(seat.form).to_contain_text("Who takes it? A name makes it real.")
        await seat.form.get_by_label("Who takes it?").select_option(label="Tom Hesketh")
        await seat.form.get_by_label("By when?").fill("2026-10-12")
        await seat.sends()
        await seat.types("Escape")
        await expect(card).to_contain_text("Tom Hesketh, by")
        await seat.goes_to("leadership")

        for _ in range(3):
            await seat.presses("+1 day")
        await expect(steps).to_contain_text("2 of 4 done")
        for _ in range(12):
            if await seat.message("What stands out this week").count():
                break
            await seat.presses("+1 hour")
        await expect(steps).to_contain_text("3 of 4 done")
        digest = seat.message("What stands out this week")
        await digest.locator("[data-goes=thread]").click()
        thread = tab.get_by_role("complementary", name="Thread")
        await expect(thread).to_contain_text("What moved")
        await tab.reload()
        await expect(thread).to_contain_text("A ward rang us before we rang them.")

        await seat.acts_as(stage.people[COACH.key])
        await seat.goes_to("Home")
        await expect(tab.locator("#place")).to_contain_text(SCENE.teams[0].name)
        await expect(steps).to_contain_text("4 of 4 done")
