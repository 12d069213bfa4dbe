"""The page keeps still, and its parts stay in sight: as it loads, as news come, at any width."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from sandbox.page import Host, HostAction, HostStep
from tests.sandbox.page.browser import IN_BROWSER
from tests.sandbox.scene import ANSWER, Scene, manifest, scene

pytestmark = IN_BROWSER
LABELS = ("To the next thing due", "+1 hour", "+1 day", "+1 week", "Let the others answer")
NO_SHIFT = 0.01  # a tenth of what counts as good: https://web.dev/articles/cls
_WATCH = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


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


@pytest.mark.parametrize("width", [360, 1280])
async def test_nothing_shifts(
    tab: Page, the: Scene, width: int, capsys: pytest.CaptureFixture[str]
) -> None:
    said = [await the.bela.say(the.channel, f"Line {number} " * 20) for number in range(30)]
    await the.amara.say(the.channel, "I do", thread_ts=said[-1].ts)
    await tab.set_viewport_size({"width": width, "height": 740})
    await tab.add_init_script(_WATCH)
    shifted = []
    for query in ("", f"&thread={said[-1].ts}"):
        await _open(tab, the, query)
        await tab.wait_for_timeout(300)
        shifted.append(await tab.evaluate("window.shifted"))
    await _open(tab, the)
    for where in ("area.scrollHeight", "area.scrollHeight / 2"):
        await tab.locator("[data-lines]").evaluate(f"area => {{ area.scrollTop = {where}; }}")
        await tab.wait_for_timeout(600)  # that of a scroll counts as somebody's own
        await tab.evaluate("window.shifted = 0")
        # One by one: a browser takes what goes and what comes in one frame for a shift.
        for number in range(3):
            await the.bela.say(the.channel, f"News {number}")
            await tab.wait_for_timeout(60)
        await the.bela.edit(said[0], "Shorter")
        await tab.wait_for_timeout(60)
        await the.bela.delete(said[1])
        await tab.wait_for_timeout(60)
        await the.client.chat_postMessage(channel=the.channel, text="?", blocks=ANSWER)
        await expect(tab.locator("#place .message").last).to_contain_text("Answer")
        await tab.wait_for_timeout(200)
        shifted.append(await tab.evaluate("window.shifted"))
        said = said[2:]
    with capsys.disabled():
        print(f"\nlayout shift at {width} px: {max(shifted):.4f} (most of {len(shifted)})")
    assert max(shifted) < NO_SHIFT


async def _nothing(_: str) -> None:
    return None


def _never(_: object) -> bool:
    return False
