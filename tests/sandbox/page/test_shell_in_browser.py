"""The page in a browser, worked by a person: read, write, thread, react, edit, act as another."""

import re
import statistics
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Locator, Page, expect

from sandbox import Sandbox
from sandbox.page import Host, HostAction, HostStep
from tests.sandbox.page.browser import IN_BROWSER, Scheme
from tests.sandbox.scene import Scene, manifest, scene

pytestmark = IN_BROWSER
TWO_FRAMES = 2


@pytest_asyncio.fixture(loop_scope="session")
async def the() -> AsyncIterator[Scene]:
    async with scene(manifest(events=())) as found:
        yield found


async def _open(tab: Page, the: Scene, query: str = "") -> None:
    await tab.goto(f"{the.sandbox.url}/{query}")
    await tab.wait_for_selector("html[data-ready][data-live]")


def _writing(tab: Page, name: str = "Message to #leadership") -> Locator:
    return tab.get_by_label(name)


async def test_write_and_be_read(tab: Page, the: Scene) -> None:
    await _open(tab, the)
    field = _writing(tab)
    await field.click()
    await tab.keyboard.type("A <b>first</b> line")
    await tab.keyboard.press("Shift+Enter")
    await tab.keyboard.type("& a second")
    await tab.keyboard.press("Enter")
    await expect(tab.locator(".message .said")).to_have_text(re.compile("A <b>first</b> line"))
    await expect(field).to_have_value("")
    assert (await the.amara.sees(the.channel))[-1].text == (
        "A &lt;b&gt;first&lt;/b&gt; line\n&amp; a second"
    )


async def test_people_are_chosen_from_a_list_by_keyboard(tab: Page, the: Scene) -> None:
    await _open(tab, the)
    field = _writing(tab)
    await field.click()
    await tab.keyboard.type("Ask @bel")
    await expect(tab.get_by_role("listbox").get_by_text("Béla Kovács")).to_be_visible()
    await tab.keyboard.press("Enter")
    await expect(field).to_have_value("Ask @Béla Kovács ")
    await tab.keyboard.type("in #lea")
    await tab.get_by_role("option", name="#leadership").click()
    await tab.keyboard.type(":tada")
    await expect(tab.get_by_role("listbox")).to_contain_text(":tada:")
    await tab.keyboard.press("Tab")
    await tab.keyboard.press("Enter")
    await expect(tab.locator(".message .said")).to_contain_text("@Béla Kovács")
    said = (await the.amara.sees(the.channel))[-1].text
    assert said.startswith(f"Ask <@{the.bela.id}> in <#{the.channel}> 🎉")


async def test_commands_are_listed_and_a_problem_keeps_the_text(tab: Page, the: Scene) -> None:
    await _open(tab, the)
    field = _writing(tab)
    await field.click()
    await tab.keyboard.type("/co")
    await expect(tab.get_by_role("listbox")).to_contain_text("/coach")
    await tab.keyboard.press("Escape")
    await field.fill("/nope now")
    await tab.keyboard.press("Enter")
    await expect(tab.get_by_role("alert")).to_contain_text("/nope is not a valid command")
    await expect(field).to_have_value("/nope now")


async def test_a_thread_opens_beside_and_closes_with_escape(tab: Page, the: Scene) -> None:
    await the.bela.say(the.channel, "Who calls the ward?")
    await _open(tab, the)
    await tab.locator(".message").hover()
    await tab.get_by_role("button", name="Reply in thread").click()
    reply = tab.get_by_label("Reply in the thread")
    await expect(reply).to_be_focused()
    await tab.keyboard.type("I do")
    await tab.keyboard.press("Enter")
    await expect(tab.locator(".thread .message").last).to_contain_text("I do")
    await expect(tab.locator("#place .replies")).to_contain_text("1 reply, last today")
    await tab.keyboard.press("Escape")
    await expect(tab.locator(".thread")).to_have_count(0)
    await expect(tab.locator("#place .replies")).to_be_focused()
    await tab.go_back()
    await expect(tab.locator(".thread")).to_be_visible()


async def test_messages_are_walked_through_by_keyboard_alone(tab: Page, the: Scene) -> None:
    for words in ("one", "two", "three"):
        await the.bela.say(the.channel, words)
    await _open(tab, the)
    area = tab.get_by_role("region", name="Messages")
    await area.focus()
    await tab.keyboard.press("Tab")
    await expect(tab.locator(".message").last).to_be_focused()
    await tab.keyboard.press("ArrowUp")
    await expect(tab.locator(".message").nth(1)).to_be_focused()
    for _ in range(3):
        await tab.keyboard.press("Tab")
    await expect(tab.get_by_role("button", name="More")).to_be_focused()
    await tab.keyboard.press("Enter")
    await expect(tab.get_by_role("button", name=re.compile("Capture"))).to_be_focused()
    await tab.keyboard.press("ArrowDown")
    await expect(tab.get_by_role("button", name="Copy the link")).to_be_focused()
    await tab.keyboard.press("Escape")
    await tab.keyboard.press("Shift+Tab")
    await tab.keyboard.press("Enter")
    await expect(tab.get_by_label("Reply in the thread")).to_be_focused()


async def test_react_edit_and_delete(tab: Page, the: Scene) -> None:
    await the.amara.say(the.channel, "Its my message &amp; mine")
    await _open(tab, the)
    message = tab.locator(".message")
    await message.hover()
    await tab.get_by_role("button", name="React").click()
    await tab.get_by_label("Find an emoji by its name").fill("tada")
    await tab.keyboard.press("Enter")
    reaction = tab.get_by_role("button", name=re.compile("tada, 1"))
    await expect(reaction).to_have_attribute("aria-pressed", "true")
    await reaction.click()
    await expect(reaction).to_have_count(0)
    await message.hover()
    await tab.get_by_role("button", name="More").click()
    await tab.get_by_role("button", name="Edit").click()
    field = tab.get_by_label("Edit your message")
    await expect(field).to_have_value("Its my message & mine")
    await field.fill("It's my message")
    await tab.keyboard.press("Enter")
    await expect(message.locator(".said")).to_have_text("It's my message (edited)")
    await message.hover()
    await tab.get_by_role("button", name="More").click()
    await tab.get_by_role("button", name="Delete…").click()
    await tab.get_by_role("button", name="Delete it").click()
    await expect(message).to_have_count(0)


async def test_one_key_acts_as_another_and_stays_in_the_place(tab: Page, the: Scene) -> None:
    garden = await the.control.add_channel("garden", [the.bela, the.amara])
    den = await the.control.add_channel("den", [the.amara], private=True)
    await _open(tab, the, f"?at={garden}")
    await tab.keyboard.press("2")
    await expect(tab.locator("#actor")).to_have_value(the.bela.id)
    await expect(tab.get_by_role("heading", level=1)).to_have_text("#garden")
    await _writing(tab, "Message to #garden").fill("1")
    await tab.keyboard.press("Enter")
    await expect(tab.locator(".message .author")).to_have_text("Béla Kovács")
    await tab.keyboard.press("Escape")
    await tab.keyboard.press("1")
    await tab.locator(f"#side [data-at={den}]").click()
    await expect(tab.get_by_role("heading", level=1)).to_have_text("#den")
    await tab.keyboard.press("2")
    await expect(tab.locator("#actor")).to_have_value(the.bela.id)
    await expect(tab.get_by_role("heading", level=1)).not_to_have_text("#den")


async def test_single_keys_can_be_switched_off(tab: Page, the: Scene) -> None:
    await _open(tab, the)
    await tab.keyboard.press("?")
    await tab.get_by_label(re.compile("Single keys")).uncheck()
    await tab.get_by_role("button", name="Close").click()
    await tab.keyboard.press("2")
    await tab.reload()
    await expect(tab.locator("#actor")).to_have_value(the.amara.id)
    await tab.keyboard.press("2")
    await expect(tab.locator("#actor")).to_have_value(the.amara.id)


async def test_a_reload_loses_nothing(tab: Page, the: Scene) -> None:
    root = await the.bela.say(the.channel, "Who calls?")
    await the.bela.say(the.channel, "Anybody?", thread_ts=root.ts)
    await _open(tab, the, f"?as={the.bela.id}&at={the.channel}&thread={root.ts}")
    await _writing(tab).fill("half a thou")
    await tab.get_by_label("Reply in the thread").fill("half an answer")
    await tab.reload()
    await expect(_writing(tab)).to_have_value("half a thou")
    await expect(tab.get_by_label("Reply in the thread")).to_have_value("half an answer")
    await expect(tab.locator("#actor")).to_have_value(the.bela.id)


async def test_what_others_say_marks_their_place_as_unread(tab: Page, the: Scene) -> None:
    garden = await the.control.add_channel("garden", [the.bela, the.amara])
    await _open(tab, the, f"?at={the.channel}")
    await the.bela.say(garden, "Frost tonight")
    link = tab.locator(f"#side [data-at={garden}]")
    await expect(link).to_contain_text("1 unread")
    await link.click()
    await expect(tab.locator(".message")).to_contain_text("Frost tonight")
    await expect(link).not_to_contain_text("unread")
    await the.bela.say(garden, "Cover the beans")
    await expect(tab.locator("#said")).to_have_text("Béla Kovács: Cover the beans")


async def test_five_hundred_messages(
    tab: Page, the: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    core = the.sandbox.core
    place = core.workspace.channel(the.channel)
    said = [core.messages.post(place, the.bela.id, f"Line {n}") for n in range(500)]
    the.sandbox.page.all_read()
    await _open(tab, the)
    messages = tab.locator("#place .message")
    await expect(messages).to_have_count(50)
    await expect(messages.last).to_be_in_viewport()
    area = tab.locator("[data-lines]")
    first = tab.locator(f'[id="m-{said[450].ts}"]')
    await first.scroll_into_view_if_needed()
    await expect(messages).to_have_count(100)
    await expect(first).to_be_in_viewport()
    for count in range(150, 501, 50):
        await area.evaluate("area => { area.scrollTop = 0; }")
        await expect(messages).to_have_count(count)
    await expect(tab.get_by_role("button", name="Show older messages")).to_be_hidden()
    await area.evaluate("area => { area.scrollTop = area.scrollHeight; }")
    taken = [await _latency(tab, the, f"News {n}") for n in range(20)]
    frames, milliseconds = ([one[index] for one in taken] for index in (0, 1))
    middle, worst = statistics.median(milliseconds), max(milliseconds)
    with capsys.disabled():
        print(f"\na new message is in the DOM after {middle:.1f} ms (median), {worst:.1f} (worst)")
    assert statistics.median(frames) <= TWO_FRAMES


async def _latency(tab: Page, the: Scene, words: str) -> tuple[int, float]:
    """Frames drawn, and milliseconds, from the server's having a message to its being in the DOM.

    Of frames, those too that are drawn between the test's asking and the server's having it.
    """
    await tab.evaluate(
        """words => {
          window.seen = new Promise((resolve) => {
            let frames = 0;
            const count = () => { frames += 1; drawing = requestAnimationFrame(count); };
            let drawing = requestAnimationFrame(count);
            const log = document.querySelector("#place [data-log]");
            new MutationObserver((_, watch) => {
              if (!log.lastElementChild.textContent.includes(words)) return;
              watch.disconnect();
              cancelAnimationFrame(drawing);
              resolve([frames, performance.timeOrigin + performance.now()]);
            }).observe(log, { childList: true });
          });
        }""",
        words,
    )
    place = the.sandbox.core.workspace.channel(the.channel)
    before = time.time() * 1000  # noqa: TID251 - the browser's clock is the wall's too
    the.sandbox.core.messages.post(place, the.bela.id, words)
    frames, seen = await tab.evaluate("window.seen")
    return frames, seen - before


async def test_it_says_when_the_sandbox_is_gone_and_loads_anew_when_another_is_there(
    chromium: Browser,
) -> None:
    page = await chromium.new_page()
    async with scene(manifest(events=())) as the:
        port = int(the.sandbox.url.rpartition(":")[2])
        await _open(page, the, f"?at={the.channel}")
    await expect(page.get_by_text("Not connected, trying again")).to_be_visible()
    another = Sandbox(name="Southwind")
    another.core.workspace.add_person("Chidi")
    async with another.serve(port):
        await expect(page.get_by_text("Southwind")).to_be_visible(timeout=15_000)
        await page.close()


@pytest.mark.parametrize("width", [360, 1600])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_everybody_can_use_it(tab: Page, the: Scene, width: int, scheme: Scheme) -> None:
    root = await the.bela.say(the.channel, "Who *calls*? :tada:")
    await the.amara.say(the.channel, "I do", thread_ts=root.ts)
    await the.client.chat_postEphemeral(channel=the.channel, user=the.amara.id, text="psst")
    await the.control.call(
        "react", user=the.bela.id, channel=the.channel, ts=root.ts, name="thumbsup"
    )
    the.sandbox.host = Host(
        actions=tuple(HostAction(str(n), "To the next thing due", _nothing) for n in range(4)),
        steps=(HostStep("read", "Read a message", "In the middle.", lambda _: False),),
        about="A team of two, and an app that asks them now and then what they have learnt.",
    )
    await tab.set_viewport_size({"width": width, "height": 800})
    await tab.emulate_media(color_scheme=scheme)
    for query in (f"?at={the.channel}", f"?at={the.channel}&thread={root.ts}", "?at=home"):
        await _open(tab, the, query)
        found = await Axe().run(tab)
        assert found.violations_count == 0, found.generate_report()
        for part in ("html", "body", ".frame", "[data-lines]", "#main"):
            wide = "(part) => { const one = document.querySelector(part);"
            wide += " return one && one.scrollWidth > one.clientWidth }"
            assert not await tab.evaluate(wide, part), part


async def _nothing(_user: str) -> None:
    return None
