"""A cadence changed on the home: the next five dates follow each choice."""

from pathlib import Path

from playwright.async_api import Page, expect

from tests.e2e.browser.seat import Seat
from tests.e2e.stage import on_stage
from tests.sandbox.page.browser import IN_BROWSER

pytestmark = IN_BROWSER


async def test_the_next_five_dates_change_as_one_chooses(tab: Page, tmp_path: Path) -> None:
    async with on_stage(tmp_path) as stage:
        seat = Seat(tab, stage.sandbox.url, stage.settle)
        await seat.sits_down(stage.amara, stage.channel)
        await seat.goes_to("Home")
        change = tab.locator("#place").get_by_role("button", name="Change Visible progress")
        await change.click()
        await expect(seat.form).to_contain_text("Tuesday 13 October, 09:00")
        await seat.form.get_by_label("How often?").select_option(label="Every month")
        await expect(seat.form).to_contain_text("First Tuesday of each month at 09:00")
        await seat.form.get_by_label("Which one of the month?").select_option(label="Second")
        await expect(seat.form).to_contain_text("Tuesday 10 November, 09:00")
        await tab.reload()
        await expect(seat.form).to_contain_text("Tuesday 10 November, 09:00")
        await seat.sends()
        await expect(tab.get_by_role("dialog")).to_have_count(0)
        await expect(tab.locator("#place")).to_contain_text(
            "Visible progress now comes on the second Tuesday of each month at 09:00"
        )
