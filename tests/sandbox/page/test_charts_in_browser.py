"""Charts as a browser lays them out: no word lies on another, and none is too small to read."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from markupsafe import Markup
from playwright.async_api import Page

from sandbox import page
from sandbox.page.drawing.charts import chart
from tests.sandbox.page.browser import IN_BROWSER
from tests.sandbox.page.test_charts import WEEKS, pie, plot

pytestmark = IN_BROWSER

Json = dict[str, Any]

STATIC = Path(page.__path__[0]) / "static"
NAMES = ["Hospital of Norwich", "Hospital of York", "Care at home", "Regulators of Leeds", "Wells"]
SIX = {f"Series number {one}": [one * 3 + two for two in range(20)] for one in range(6)}
CHARTS = [
    plot("bar", WEEKS, {"Outside voices": [1, 0, 2.5, 4]}, x_label="Week", y_label="Voices"),
    plot("bar", NAMES, {"Change": [12_000, -7_000, 3_500, -20_000, 0]}),
    plot("bar", [f"{day} September" for day in range(1, 21)], {"A": [day**2 for day in range(20)]}),
    plot("line", [f"Week {week}" for week in range(1, 21)], SIX),
    plot("line", NAMES, {"Calls": [1_000_001, 1_000_003, None, 1_000_005, 1_000_004]}),
    plot("area", WEEKS, {"Planned": [4, -4, 5, 6], "Held": [-1, 2, 2, 5]}),
    plot("bar", ["a", "b", "c"], {"Huge": [1.2e12, 3.4e12, 2e11]}),
    pie(Customers=12, Suppliers=5, Regulators=3, Neighbours=1, Families=0.5, Others=4),
]
OVERLAPS = """() => {
  const lying = [];
  for (const svg of document.querySelectorAll("svg.chart-picture")) {
    if (!svg.getClientRects().length) continue;
    const figure = svg.closest("figure").getBoundingClientRect();
    const words = [...svg.querySelectorAll("text")].map((text) => ({
      said: text.textContent,
      box: text.getBoundingClientRect(),
      level: !text.hasAttribute("transform"),
    }));
    for (const { said, box } of words) {
      if (box.left < figure.left - 2 || box.right > figure.right + 2) lying.push([said, "outside"]);
    }
    const level = words.filter((one) => one.level);
    level.forEach((one, at) => {
      for (const other of level.slice(at + 1)) {
        const across = one.box.left < other.box.right && other.box.left < one.box.right;
        // A line of text is higher than its letters.
        const down = one.box.top < other.box.bottom - 3 && other.box.top < one.box.bottom - 3;
        if (across && down) lying.push([one.said, other.said]);
      }
    });
  }
  return lying;
}"""
SIZES = """() => [...document.querySelectorAll("svg.chart-picture:not(.pie)")]
  .filter((svg) => svg.getClientRects().length)
  .map((svg) => 12 * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)"""


def html_of(blocks: list[Json], width: int) -> str:
    """The charts one under another in a column of that width, as the page's style has them."""
    style = "".join(
        (STATIC / f"{sheet}.css").read_text("utf-8") for sheet in ("tokens", "text", "charts")
    )
    figures = Markup("").join(chart(block) for block in blocks)
    return (
        f'<!doctype html><html lang="en"><title>Charts</title><style>{style} '
        "body { background: var(--surface); color: var(--ink); font: var(--size) var(--font) } "
        f"main {{ width: {width}px }}</style><main><h1>Charts</h1>{figures}</main></html>"
    )


@pytest.mark.parametrize("width", [230, 330, 470, 485, 640])
async def test_words_lie_beside_one_another_and_can_be_read(tab: Page, width: int) -> None:
    await tab.set_content(html_of(CHARTS, width))
    assert await tab.evaluate(OVERLAPS) == []
    sizes = await tab.evaluate(SIZES)
    assert len(sizes) == len(CHARTS) - 1, "one picture of each is shown"
    assert all(9.9 <= size <= 16 for size in sizes), sizes


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_nothing_keeps_anybody_from_reading_them(tab: Page, scheme: str) -> None:
    await tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    await tab.set_content(html_of(CHARTS, 640))
    await tab.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    found = await Axe().run(tab)
    assert found.violations_count == 0, found.generate_report()
