"""A team from nothing to its first questions, in the browser alone."""

from datetime import UTC, datetime
from pathlib import Path

from playwright.async_api import Page, expect

from tests.e2e.browser.seat import Seat
from tests.e2e.stage import on_stage
from tests.sandbox.page.browser import IN_BROWSER

pytestmark = IN_BROWSER
TUESDAY_NINE = datetime(2026, 10, 6, 8, tzinfo=UTC)


async def test_a_team_is_set_up_and_asked_and_meets_an_error(tab: Page, tmp_path: Path) -> None:
    async with on_stage(tmp_path, empty=True) as stage:
        seat = Seat(tab, stage.sandbox.url, stage.settle)
        await seat.sits_down(stage.amara, stage.channel)
        await stage.control.add_app(stage.channel, inviter=stage.amara)
        await stage.settle()

        await seat.presses("Set this team up", seat.message("Hello, I'm Widelens"))
        await expect(seat.form).to_contain_text("Who is on the team (1/3)")
        await seat.form.get_by_label("Who coaches it?").select_option(label="Dana Whitlock")
        await seat.sends()
        await expect(seat.form).to_contain_text("Your week (2/3)")
        await seat.sends()
        await expect(seat.form).to_contain_text("Please complete this required field.")
        meets = seat.form.get_by_role("radiogroup", name="When does your team meet?")
        await meets.get_by_label("Wednesday").check()
        await seat.sends()
        await expect(seat.form).to_contain_text("What comes (3/3)")
        await seat.form.get_by_label("Gentle start").check()
        await seat.sends()
        await expect(tab.get_by_role("dialog")).to_contain_text("is set up")
        await tab.keyboard.press("Escape")
        await expect(tab.get_by_role("dialog")).to_have_count(0)

        await stage.until(TUESDAY_NINE)
        await seat.acts_as(stage.ben)
        await seat.goes_to("Messages")
        await seat.presses("Answer", seat.message("Where we start"))
        await seat.form.get_by_label("How many outside voices").fill("3")
        await seat.sends()
        await expect(seat.form).to_contain_text("Please complete this required field.")
        await seat.form.get_by_label("25%").check()
        await seat.sends()
        await expect(seat.message("Answered: Where we start")).to_be_visible()
        await seat.goes_to("leadership")
        await expect(tab.locator("#place")).to_contain_text("1 of ")
