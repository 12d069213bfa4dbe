"""A form with every type of question, answered with the keyboard alone."""

from datetime import date, time
from pathlib import Path

from playwright.async_api import Locator, Page, expect

from coaching.answer import Answer
from coaching.practice import QuestionType
from tests.e2e.browser.seat import Seat
from tests.e2e.stage import TUESDAY_NINE, on_stage
from tests.integration.coaching.week import cadence
from tests.sandbox.page.browser import IN_BROWSER

pytestmark = IN_BROWSER
PRACTICES = Path(__file__).parent / "practices"
CADENCES = tuple(cadence(key, "TU", time(9)) for key in ("every_word", "every_choice"))


async def tabs_to(page: Page, field: Locator) -> None:
    """Press Tab until the field has the focus."""
    for _ in range(60):
        if await field.evaluate("element => element === document.activeElement"):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {field}")


async def test_every_type_is_answered_without_a_mouse(tab: Page, tmp_path: Path) -> None:
    async with on_stage(tmp_path, practices=str(PRACTICES), cadences=CADENCES) as stage:
        asked = [stage.bot.catalogue[one.practice].questions for one in CADENCES]
        assert {one.type for questions in asked for one in questions} == set(QuestionType)
        await stage.until(TUESDAY_NINE)
        seat = Seat(tab, stage.sandbox.url, stage.settle)
        await seat.sits_down(stage.ben)
        await seat.goes_to("Messages")
        await tabs_to(tab, seat.message("Every kind").get_by_role("button", name="Answer"))
        await tab.keyboard.press("Enter")
        await expect(seat.form).to_be_visible()

        async def at(label: str) -> None:
            choices = seat.form.get_by_role("radiogroup", name=label).get_by_role("radio")
            await tabs_to(tab, seat.form.get_by_label(label).or_(choices).first)

        async def writes(label: str, words: str) -> None:
            await at(label)
            await tab.keyboard.type(words)

        await writes("What happened?", "The portal fell over. ")
        await tab.keyboard.type("<!channel> *really*")
        await writes("What do you call it?", "Portal")
        await writes("What are we here for?", "So that wards get what they count on.")
        await writes("Whom does it concern?", "Wards")
        await tab.keyboard.press("Enter")
        await tab.keyboard.type("Porters")
        await writes("Which decision waits for it?", "The release day")
        await writes("By which day?", "10202026")
        await at("How near are we?")
        await seat.types("Space", "ArrowDown")
        await at("Which one?")
        await seat.types("Space")
        await at("Red")
        await seat.types("Space", "Tab", "Tab", "Space")
        await writes("How many?", "7")
        await writes("Who takes it?", "Chiara")
        await tabs_to(tab, seat.form.get_by_text("Who helps?").locator("..").locator("summary"))
        await seat.types("Enter", "Tab", "Space")
        await tabs_to(tab, seat.form.locator("#modal-submit"))
        await tab.keyboard.press("Enter")
        await expect(tab.get_by_role("dialog")).to_have_count(0)
        await stage.settle()

        kept = await stage.records(lambda uow: uow.answers.where())
        values = _values(kept)
        assert values["long"] == "The portal fell over. <!channel> *really*"
        assert values["names"] == ["Wards", "Porters"]
        assert values["day"] == date(2026, 10, 20).isoformat()
        assert values["scale"] == 2
        assert values["several"] == ["Red", "Blue"]
        assert (values["one"], values["number"]) == ("The first", 7)
        assert values["who"] == stage.chiara.id
        assert values["all"] == [stage.amara.id]


def _values(answers: list[Answer]) -> dict[str, object]:
    return {key: value for one in answers for key, value in one.values.items()}
