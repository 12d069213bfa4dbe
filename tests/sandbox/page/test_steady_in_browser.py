"""The page keeps still, and its parts stay in sight: as it loads, as news come, at any width."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from sandbox import SeenMessage
from sandbox.page import Host, HostAction, HostStep
from tests.sandbox.page.browser import IN_BROWSER
from tests.sandbox.page.stillness import NO_SHIFT, Stillness
from tests.sandbox.scene import ANSWER, Scene, manifest, scene

pytestmark = IN_BROWSER
LABELS = ("To the next thing due", "+1 hour", "+1 day", "+1 week", "Let the others answer")


@pytest_asyncio.fixture(loop_scope="session")
async def the(tab: Page) -> AsyncIterator[Scene]:
    host = Host(
        actions=tuple(HostAction(label, label, _nothing) for label in LABELS),
        steps=tuple(HostStep(str(n), f"Step {n}", "In the middle.", _never) for n in range(4)),
        about="A team of two. Nothing leaves this machine, and nothing is kept.",
    )
    async with scene(manifest(events=()), host=host) as found:
        yield found
        await tab.goto("about:blank")  # so that it does not look for a server that is gone


async def _open(tab: Page, the: Scene, query: str = "") -> None:
    await tab.goto(f"{the.sandbox.url}/?at={the.channel}{query}")
    await tab.wait_for_selector("html[data-ready][data-live]")


@pytest.mark.parametrize("width", [320, 360, 640, 768, 1000, 1100, 1280, 1600])
async def test_all_actions_are_in_sight(tab: Page, the: Scene, width: int) -> None:
    await tab.set_viewport_size({"width": width, "height": 800})
    await _open(tab, the)
    rows = set()
    for label in LABELS:
        button = tab.get_by_role("button", name=label, exact=True)
        await expect(button).to_be_in_viewport(ratio=1)
        box = await button.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= width
        rows.add(round(box["y"]))
    if width >= 640:
        assert len(rows) == 1
    top = await tab.locator(".top").bounding_box()
    assert top is not None
    if width >= 1100:
        assert top["height"] < 60


@pytest.mark.parametrize("width", [360, 800, 1280])
async def test_the_steps_make_room_for_a_thread(tab: Page, the: Scene, width: int) -> None:
    root = await the.bela.say(the.channel, "Who calls?")
    await tab.set_viewport_size({"width": width, "height": 740})
    await _open(tab, the, f"&thread={root.ts}")
    steps = tab.get_by_role("complementary", name="First steps")
    await expect(steps.get_by_text("0 of 4 done")).to_be_in_viewport(ratio=1)
    await expect(steps.get_by_text("Step 1")).to_be_hidden()
    area = await tab.get_by_role("region", name="The thread's messages").bounding_box()
    assert area is not None
    assert area["height"] > 200
    # Opened by hand beside a thread, they stay so; without it they are as they were.
    await steps.locator("summary").click()
    await tab.reload()
    await expect(steps.get_by_text("Step 1")).to_be_visible()
    await tab.get_by_role("button", name="Close the thread").click()
    if width > 1000:
        await expect(steps.get_by_text("Step 1")).to_be_visible()
    else:
        await expect(steps.get_by_text("Step 1")).to_be_hidden()


async def test_twice_as_large_there_is_room_to_read_and_write(tab: Page, the: Scene) -> None:
    for number in range(30):
        await the.bela.say(the.channel, f"Line {number}")
    await tab.set_viewport_size({"width": 640, "height": 400})
    await _open(tab, the)
    area = await tab.get_by_role("region", name="Messages").bounding_box()
    assert area is not None
    assert area["height"] > 120
    await tab.get_by_label("Message to #leadership").focus()
    await expect(tab.get_by_label("Message to #leadership")).to_be_in_viewport()
    assert await tab.evaluate("document.body.scrollWidth") == 640


async def test_without_hover_the_tools_of_a_message_are_there_and_cover_nothing(
    chromium: Browser, the: Scene
) -> None:
    for _ in range(2):
        await the.bela.say(the.channel, "The portal shows what was in stock yesterday. " * 2)
    touched = await chromium.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    tab = await touched.new_page()
    await _open(tab, the)
    for message in await tab.locator("#place .message").all():
        tools = await message.get_by_role("group", name="With this message").bounding_box()
        said = await message.locator(".said").bounding_box()
        assert tools is not None
        assert said is not None
        assert tools["y"] + tools["height"] <= said["y"] + 3  # above the letters of its first line
    last = tab.locator("#place .message").last
    await last.get_by_role("button", name="More").tap()
    await expect(last.get_by_role("button", name="Capture")).to_be_in_viewport(ratio=1)
    await touched.close()


@pytest.mark.parametrize("width", [360, 1280])
async def test_nothing_shifts_as_it_loads(tab: Page, the: Scene, width: int) -> None:
    said = await _many_lines(the)
    await the.amara.say(the.channel, "I do", thread_ts=said[-1].ts)
    await tab.set_viewport_size({"width": width, "height": 740})
    for query in ("", f"&thread={said[-1].ts}"):
        await _open(tab, the, query)
        assert await Stillness(tab).shifted() < NO_SHIFT


async def test_a_shift_would_be_seen(tab: Page, the: Scene) -> None:
    await _many_lines(the)
    await _open(tab, the)
    await tab.locator(".top").evaluate("top => { top.style.height = '12rem'; }")
    assert await Stillness(tab).shifted() > NO_SHIFT


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("share", [0.5, 1.0], ids=["in the middle", "at the end"])
@pytest.mark.parametrize("apart", [True, False], ids=["one by one", "in one frame"])
async def test_nothing_shifts_as_news_come(
    tab: Page, the: Scene, width: int, share: float, apart: bool
) -> None:
    said = await _many_lines(the)
    await tab.set_viewport_size({"width": width, "height": 740})
    still = Stillness(tab)
    await still.ready()
    await _open(tab, the)
    await tab.locator("[data-lines]").evaluate(
        "(area, share) => { area.scrollTop = area.scrollHeight * share; }", share
    )
    assert await still.shifted() < NO_SHIFT
    await still.hold_news()
    started, before, read = await still.now(), await _tops(tab), await _in_sight(tab)
    for number in range(3):
        await the.bela.say(the.channel, f"News {number}")
    await the.bela.edit(said[0], "Shorter")
    await the.bela.delete(said[1])
    await the.client.chat_postMessage(channel=the.channel, text="?", blocks=ANSWER)
    await still.let_in(6, apart=apart)
    await expect(tab.locator("#place .message").last).to_contain_text("Answer")
    shifted, after = await still.shifted(started), await _tops(tab)
    at_end = share == 1.0
    news = await _height_of_last(tab, 4)
    moved = {round(before[ts] - after[ts]) for ts in read}
    assert moved == {round(news) if at_end else 0}
    # What has come at the end pushes the rest up by a scroll, and that is no shift. A browser
    # knows it by its length, though, which isn't what the lines have moved by once something
    # above them has gone in the same frame: it takes for a shift what looks the same. What can
    # be held then is that all in sight went up together, by what came, and that is held above.
    if apart or not at_end:
        assert shifted < NO_SHIFT


async def _many_lines(the: Scene) -> list[SeenMessage]:
    return [await the.bela.say(the.channel, f"Line {number} " * 20) for number in range(30)]


async def _in_sight(tab: Page) -> set[str]:
    return set(
        await tab.locator("[data-lines]").evaluate(
            """area => {
              const { top, bottom } = area.getBoundingClientRect();
              return [...area.querySelectorAll(".message")].filter((one) => {
                const box = one.getBoundingClientRect();
                return box.bottom > top && box.top < bottom;
              }).map((one) => one.dataset.ts);
            }"""
        )
    )


async def _tops(tab: Page) -> dict[str, float]:
    """Where the messages are, by their ts."""
    tops: dict[str, float] = await tab.locator("[data-lines]").evaluate(
        """area => Object.fromEntries([...area.querySelectorAll(".message")].map(
          (one) => [one.dataset.ts, one.getBoundingClientRect().top]))"""
    )
    return tops


async def _height_of_last(tab: Page, count: int) -> float:
    """How high the last messages are together, with what is between them."""
    height: float = await tab.locator("#place [data-log]").evaluate(
        """(log, count) => {
          const last = [...log.querySelectorAll(".message")].slice(-count - 1);
          const bottom = (one) => one.getBoundingClientRect().bottom;
          return bottom(last.at(-1)) - bottom(last[0]);
        }""",
        count,
    )
    return height


async def _nothing(_: str) -> None:
    return None


def _never(_: object) -> bool:
    return False
