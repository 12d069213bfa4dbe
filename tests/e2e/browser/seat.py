"""Somebody at the sandbox's page: what they see by its names, and what they do by hand."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

from sandbox import Person

__all__ = ["Seat"]

Settle = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Seat:
    """One tab. `settle` waits until the bot has said all that it has to say."""

    page: Page
    url: str
    settle: Settle

    async def sits_down(self, person: Person, at: str = "") -> None:
        """Open the page as a person, in a channel, or where it opens by itself."""
        await self.page.goto(f"{self.url}/?as={person.id}" + (f"&at={at}" if at else ""))

    async def acts_as(self, person: Person) -> None:
        """Choose another above."""
        await self.page.get_by_label("Acting as").select_option(person.id)
        await expect(self.page.locator("html")).to_have_attribute("data-as", person.id)

    async def goes_to(self, place: str) -> None:
        """Follow a link of the sidebar, by its words."""
        link = self.page.get_by_role("navigation", name="Channels and apps").get_by_role(
            "link", name=re.compile(rf"^\W*{re.escape(place)}\b")
        )
        await link.click()
        await expect(link).to_have_attribute("aria-current", "page")

    @property
    def form(self) -> Locator:
        """The form that is open."""
        return self.page.get_by_role("dialog").locator("form")

    def message(self, words: str) -> Locator:
        """The newest message of the open place with these words in it."""
        return self.page.locator("#place article", has_text=words).last

    async def presses(self, name: str, within: Locator | None = None) -> None:
        """Press a button, and wait until all that follows has been said."""
        scope = within or self.page
        await scope.get_by_role("button", name=name, exact=True).last.click()
        await self.settle()

    async def sends(self, name: str = "") -> None:
        """Send the open form."""
        button = self.form.locator("#modal-submit")
        if name:
            await expect(button).to_have_text(name)
        await button.click()
        await expect(self.page.locator("[aria-busy=true]")).to_have_count(0)
        await self.settle()

    async def types(self, *keys: str) -> None:
        """Press keys one after another, as `Tab` or `Shift+Tab`."""
        for key in keys:
            await self.page.keyboard.press(key)
