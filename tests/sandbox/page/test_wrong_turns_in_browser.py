"""What goes wrong by hand: pressed twice, unplugged, looked away from, closed meanwhile."""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from sandbox.page import Host, HostAction
from tests.sandbox.page.browser import IN_BROWSER
from tests.sandbox.page.everything import field, fields, option
from tests.sandbox.page.staging import Stage
from tests.sandbox.scene import ANSWER, Scene, button, manifest, modal, scene, text_input

pytestmark = IN_BROWSER
_HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest_asyncio.fixture(loop_scope="session")
async def the(tab: Page) -> AsyncIterator[Scene]:
    async with scene(manifest(events=())) as found:
        yield found
        await tab.goto("about:blank")  # so that it does not look for a server that is gone


async def _open(tab: Page, the: Scene, query: str = "") -> None:
    await tab.goto(f"{the.sandbox.url}/?at={the.channel}{query}")
    await tab.wait_for_selector("html[data-ready][data-live]")


# Pressed twice


async def test_a_double_click_sends_one_form_and_not_the_next(stage: Stage) -> None:
    following = modal(text_input("And then?", "then"))
    stage.answer = {"response_action": "update", "view": following}
    dialog = await stage.form(field("a", "First", "plain_text_input"))
    await dialog.get_by_role("button", name="Send").dblclick()
    await expect(dialog.get_by_label("And then?")).to_be_visible()
    await stage.scene.control.settled()
    assert len(stage.sent) == 1


async def test_a_double_click_is_one_press(stage: Stage) -> None:
    await stage.scene.client.chat_postMessage(channel=stage.scene.channel, text="?", blocks=ANSWER)
    await stage.page()
    await stage.tab.get_by_role("button", name="Answer").dblclick()
    await expect(stage.tab.locator("[aria-busy=true]")).to_have_count(0)
    assert len(stage.acts) == 1


async def test_the_second_click_is_not_for_what_came_after_the_first(stage: Stage) -> None:
    await stage.scene.client.chat_postMessage(channel=stage.scene.channel, text="?", blocks=ANSWER)
    await stage.page()
    await stage.tab.get_by_role("button", name="Answer").click()
    free = expect(stage.tab.locator("[aria-busy=true]"))
    await free.to_have_count(0)
    await stage.tab.mouse.down(click_count=2)
    await stage.tab.mouse.up(click_count=2)
    await free.to_have_count(0)
    await stage.tab.get_by_role("button", name="Answer").click()
    await stage.told(2)
    await free.to_have_count(0)
    assert len(stage.acts) == 2


async def test_an_action_pressed_twice_runs_once(tab: Page, the: Scene) -> None:
    runs: list[int] = []
    pressed_twice = asyncio.Event()

    async def run(_: str) -> str:
        runs.append(1)
        await pressed_twice.wait()
        return "Done."

    the.sandbox.host = Host(actions=(HostAction("on", "+1 day", run),))
    await _open(tab, the)
    await tab.get_by_role("button", name="+1 day").dblclick()
    pressed_twice.set()
    await expect(tab.locator("#news")).to_contain_text("Done.")
    assert len(runs) == 1
    await expect(tab.locator("#tell")).to_be_hidden()


async def test_a_form_that_is_closed_already_stays_so_without_a_word(tab: Page, the: Scene) -> None:
    await the.control.leave_form(the.amara, modal(), {})
    await _open(tab, the)
    view = the.sandbox.core.modals.top(the.amara.id)
    assert view is not None
    await tab.evaluate(_HIDE, True)  # so that it does not hear of it
    the.sandbox.core.modals.close(view)
    await tab.keyboard.press("Escape")
    await expect(tab.locator("#modal")).to_be_hidden()
    await expect(tab.locator("#tell")).to_be_hidden()


# An app of which nothing comes


async def test_a_press_of_which_nothing_comes_is_over_once_the_app_is_quiet(stage: Stage) -> None:
    stage.scene.sandbox.page.patience = 30.0  # longer than any look at the page takes
    await stage.scene.client.chat_postMessage(channel=stage.scene.channel, text="?", blocks=ANSWER)
    await stage.page()
    await stage.tab.wait_for_selector("html[data-ready][data-live]")
    pressed = stage.tab.get_by_role("button", name="Answer")
    await pressed.click()
    await expect(pressed).to_have_attribute("aria-busy", "true")
    await expect(pressed).not_to_have_attribute("aria-busy", "true")


# Unplugged


async def test_what_was_typed_while_unplugged_is_kept(chromium: Any, stage: Stage) -> None:
    context = await chromium.new_context()
    stage.tab = page = await context.new_page()  # which may complain
    dialog = await stage.form(field("a", "Story", "plain_text_input"))
    await page.wait_for_selector("html[data-ready][data-live]")
    await context.set_offline(True)
    await dialog.get_by_label("Story").fill("half a thought")
    said = dialog.get_by_text("The sandbox does not answer")
    await expect(said).to_be_visible()
    await expect(page.locator("#tell")).to_be_hidden()
    await dialog.get_by_role("button", name="Send").click()
    await expect(dialog.get_by_role("button", name="Send")).to_be_enabled()
    assert stage.sent == []
    await context.set_offline(False)
    await page.reload()
    await expect(dialog.get_by_label("Story")).to_have_value("half a thought")
    await page.goto("about:blank")
    await context.close()


# Looked away from


async def test_a_tab_nobody_looks_at_lets_go_and_catches_up(tab: Page, the: Scene) -> None:
    await _open(tab, the)
    await tab.evaluate(_HIDE, True)
    await expect(tab.locator("html")).not_to_have_attribute("data-live", "")
    await the.bela.say(the.channel, "while you were away")
    await expect(tab.locator("#place .message")).to_have_count(0)
    await tab.evaluate(_HIDE, False)
    await expect(tab.locator("#place .message")).to_contain_text("while you were away")
    await expect(tab.locator("#gone")).to_be_hidden()


async def test_a_tab_that_missed_too_much_is_drawn_anew(tab: Page, the: Scene) -> None:
    await _open(tab, the)
    await tab.get_by_label("Message to #leadership").fill("half a line")
    await tab.evaluate(_HIDE, True)
    place = the.sandbox.core.workspace.channel(the.channel)
    for number in range(600):
        the.sandbox.core.messages.post(place, the.bela.id, f"Line {number}")
    async with tab.expect_navigation():
        await tab.evaluate(_HIDE, False)
    await tab.wait_for_selector("html[data-ready][data-live]")
    await expect(tab.locator("#place .message").last).to_contain_text("Line 599")
    await expect(tab.get_by_label("Message to #leadership")).to_have_value("half a line")


async def test_ten_tabs_of_one_browser_all_answer(tab: Page, the: Scene) -> None:
    others = [await tab.context.new_page() for _ in range(9)]
    for other in others:
        await other.add_init_script(f"({_HIDE})(true)")
        await other.goto(f"{the.sandbox.url}/?at={the.channel}")
        await other.wait_for_selector("html[data-ready]")
    await _open(tab, the)
    await tab.get_by_label("Message to #leadership").fill("hello")
    await tab.keyboard.press("Enter")
    await expect(tab.locator("#place .message")).to_contain_text("hello")
    await others[0].evaluate(_HIDE, False)
    await expect(others[0].locator("#place .message")).to_contain_text("hello")


async def test_only_the_open_place_is_told_aloud(tab: Page, the: Scene) -> None:
    garden = await the.control.add_channel("garden", [the.bela, the.amara])
    await _open(tab, the)
    await the.bela.say(garden, "Frost tonight")
    await expect(tab.locator(f"#side [data-at={garden}]")).to_contain_text("1 unread")
    await expect(tab.locator("#said")).to_be_empty()
    await the.bela.say(the.channel, "Good morning")
    await expect(tab.locator("#said")).to_have_text("Béla Kovács: Good morning")


# Closed meanwhile


async def test_a_channel_archived_while_open_takes_no_more_words(tab: Page, the: Scene) -> None:
    root = await the.bela.say(the.channel, "Who calls?")
    await _open(tab, the, f"&thread={root.ts}")
    field_of_place = tab.get_by_label("Message to #leadership")
    await field_of_place.fill("half a line")
    await the.control.archive_channel(the.channel)
    closed = tab.get_by_text("This channel is archived. Nothing more can be written here.")
    await expect(closed).to_have_count(2)  # here, and in the thread
    await expect(field_of_place).to_have_count(0)
    await the.control.unarchive_channel(the.channel)
    await expect(field_of_place).to_have_value("half a line")
    await field_of_place.press("Enter")
    await expect(tab.locator("#place .message").last).to_contain_text("half a line")


# Drawn anew meanwhile


async def test_the_focus_comes_back_to_a_button_of_a_home_published_anew(stage: Stage) -> None:
    tab, the = stage.tab, stage.scene
    home = {"type": "home", "blocks": [{"type": "divider"}, *ANSWER]}
    await the.client.views_publish(user_id=the.amara.id, view=home)
    await tab.goto(f"{the.sandbox.url}/?at=home")
    await tab.wait_for_selector("html[data-ready][data-live]")
    answer = tab.locator("#place").get_by_role("button", name="Answer")
    for again in ("once", "twice"):  # while the form is open; and once it is closed
        await answer.focus()
        await the.control.leave_form(the.amara, modal(), {})
        await expect(tab.locator("#modal")).to_be_visible()
        if again == "twice":
            await tab.keyboard.press("Escape")
            await expect(tab.locator("#modal")).to_be_hidden()
        said = {"type": "section", "text": {"type": "plain_text", "text": f"Kept, {again}"}}
        home = {"type": "home", "blocks": [said, *ANSWER]}
        await the.client.views_publish(user_id=the.amara.id, view=home)
        await expect(tab.locator("#place")).to_contain_text(f"Kept, {again}")
        if again == "once":
            await tab.keyboard.press("Escape")
            await expect(tab.locator("#modal")).to_be_hidden()
        await expect(answer).to_be_focused()


async def test_the_focus_comes_back_to_a_message_that_has_lost_its_button(stage: Stage) -> None:
    tab, the = stage.tab, stage.scene
    posted = await the.client.chat_postMessage(channel=the.channel, text="?", blocks=ANSWER)
    await _open(tab, the)
    await tab.get_by_role("button", name="Answer").focus()
    await the.control.leave_form(the.amara, modal(), {})
    await expect(tab.locator("#modal")).to_be_visible()
    await the.client.chat_update(channel=the.channel, ts=posted["ts"], text="Answered", blocks=[])
    await expect(tab.locator("#place .message")).to_contain_text("Answered")
    await tab.keyboard.press("Escape")
    await expect(tab.locator("#modal")).to_be_hidden()
    await expect(tab.locator("#place .message")).to_be_focused()


# Read meanwhile


async def test_unread_replies_are_marked_until_their_thread_is_open(tab: Page, the: Scene) -> None:
    root = await the.amara.say(the.channel, "Who calls?")
    await _open(tab, the)
    await the.bela.say(the.channel, "I do", thread_ts=root.ts)
    link = tab.locator("#place .replies")
    await expect(link).to_contain_text("1 new")
    await link.click()
    await expect(tab.locator(".thread .message").last).to_contain_text("I do")
    await expect(link).not_to_contain_text("new")
    await the.bela.say(the.channel, "Now", thread_ts=root.ts)
    await expect(link).to_contain_text("2 replies")
    await expect(link).not_to_contain_text("new")


# What is told to apps


async def test_a_command_carries_ids_where_its_app_wants_them(tab: Page) -> None:
    wanted = manifest(events=())
    wanted["features"]["slash_commands"].append(
        {"command": "/ask", "description": "Ask", "should_escape": True}
    )
    async with scene(wanted) as the:
        await _open(tab, the)
        for command in ("/coach", "/ask"):
            await tab.get_by_label("Message to #leadership").click()
            await tab.keyboard.type(f"{command} @bel")
            await expect(tab.get_by_role("listbox").get_by_text("Béla Kovács")).to_be_visible()
            await tab.keyboard.press("Enter")
            await tab.keyboard.type("now")
            async with tab.expect_request("**/page/act/command") as request:
                await tab.keyboard.press("Enter")
            told: Any = (await request.value).post_data_json
            name = f"<@{the.bela.id}>" if command == "/ask" else "@Béla Kovács"
            assert told["text"] == f"{name} now"
            await tab.get_by_label("Message to #leadership").fill("")
        await tab.goto("about:blank")


async def test_an_offered_option_is_told_whole(stage: Stage) -> None:
    from_app = option("Oslo", description={"type": "plain_text", "text": "in the north"})

    @stage.bolt.options("city")
    async def offered(ack: Any) -> None:
        await ack(options=[from_app])

    external = field("where", "Where", "external_select", min_query_length=0)
    external["element"]["action_id"] = "city"
    dialog = await stage.form(external)
    await dialog.get_by_label("Where").fill("os")
    offered_line = dialog.get_by_role("option", name="Oslo")
    await expect(offered_line).to_contain_text("in the north")
    await offered_line.click()
    await dialog.get_by_role("button", name="Send").click()
    await expect(dialog).to_be_hidden()
    assert stage.sent[0]["where"]["city"]["selected_option"] == from_app


# Whoever reads it


async def test_what_is_written_from_right_to_left_runs_so(tab: Page, the: Scene) -> None:
    await the.bela.say(the.channel, "שלום לכולם")
    await _open(tab, the)
    said, words = tab.locator(".message .said"), "range => range.getBoundingClientRect().right"
    right = await said.evaluate(
        "said => { const range = document.createRange(); range.selectNodeContents(said);"
        f" return ({words})(range); }}"
    )
    box = await said.bounding_box()
    assert box is not None
    assert abs(box["x"] + box["width"] - right) < 2


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_dialogs_and_headings_are_for_everybody(
    stage: Stage, width: int, scheme: Any
) -> None:
    tab, the = stage.tab, stage.scene
    await tab.set_viewport_size({"width": width, "height": 800})
    await tab.emulate_media(color_scheme=scheme)
    header = {"type": "header", "text": {"type": "plain_text", "text": "What stands out"}}
    home = {"type": "home", "blocks": [header, *ANSWER]}
    await the.client.views_publish(user_id=the.amara.id, view=home)
    posted = await the.client.chat_postMessage(
        channel=the.channel, text="?", blocks=[header, *ANSWER]
    )
    for query in (f"&thread={posted['ts']}", "", "home"):
        await tab.goto(f"{the.sandbox.url}/?at={query if query == 'home' else the.channel + query}")
        await tab.wait_for_selector("html[data-ready][data-live]")
        await _holds_nothing_wrong(tab)
    await tab.get_by_role("button", name=re.compile("Keys")).click()
    await _holds_nothing_wrong(tab)
    await tab.keyboard.press("Escape")
    extra = {"type": "actions", "elements": [button("Sure", "sure")]}
    await stage.form(*fields(), extra)
    await _holds_nothing_wrong(tab)


async def _holds_nothing_wrong(tab: Page) -> None:
    found = await Axe().run(tab)
    assert found.violations_count == 0, found.generate_report()
