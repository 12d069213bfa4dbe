"""Every element worked by hand, by keyboard, on the page: what the app is told in the end."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, expect

from tests.sandbox.page.browser import IN_BROWSER
from tests.sandbox.page.everything import (
    COLOURS,
    SURE,
    field,
    fields,
    message_words,
    pressed,
    words,
)
from tests.sandbox.page.staging import Stage
from tests.sandbox.scene import button, modal, plain, text_input

pytestmark = IN_BROWSER
Json = dict[str, Any]


async def test_every_input_by_keyboard_alone(stage: Stage) -> None:
    dialog = await stage.form(*fields())
    await expect(dialog.get_by_label("A line")).to_be_focused()
    await stage.typed("One")
    for text in ("Two\nlines", "a@b.org", "https://x.org", "12", "Rich words"):
        await stage.key("Tab")
        await stage.typed(text)
    await stage.key("Tab")
    await stage.typed("11242026")
    await stage.key("Tab")
    await _past(stage, "time")
    await stage.typed("0930AM")
    await _past(stage, "moment")
    await stage.typed("07012026")
    await stage.key("Tab")
    await stage.typed("1000AM")
    await _into(stage, "colour")
    await stage.key("Space", "ArrowDown")
    await _into(stage, "colours")
    await stage.key("Space", "Tab", "Tab", "Space")
    await _into(stage, "city")
    await stage.typed("Os")
    await _into(stage, "tone")
    await stage.typed("Bl")
    await _into(stage, "cities")
    await stage.key("Enter", "Tab")
    await stage.typed("lim")
    await stage.key("Tab", "Space", "Escape")
    await expect(dialog).to_be_visible()
    await _into(stage, "tones")
    await stage.key("Enter", "ArrowDown", "Space", "Escape")
    await _into(stage, "person")
    await stage.typed("B")
    await _into(stage, "people")
    await stage.key("Enter", "ArrowDown", "Space", "ArrowDown", "Space", "Escape")
    await _into(stage, "channel")
    await stage.typed("#")
    await _into(stage, "channels")
    await stage.key("Enter", "ArrowDown", "Space", "Escape")
    await _into(stage, "place")
    await stage.typed("#")
    await _into(stage, "places")
    await stage.key("Enter", "ArrowDown", "Space", "Escape")
    await _seek(stage, "found", "plu", "Plum")
    await _seek(stage, "finds", "p", "Pear", "ArrowDown", "ArrowDown")
    await _seek(stage, "finds", "app", "Apple")
    await dialog.get_by_role("button", name="Send").focus()
    await stage.key("Enter")
    await expect(dialog).to_be_hidden()
    values = {block_id: _held(block["v"]) for block_id, block in stage.sent[0].items()}
    amara, bela = stage.scene.amara.id, stage.scene.bela.id
    assert values == {
        "text": "One",
        "story": "Two\nlines",
        "mail": "a@b.org",
        "link": "https://x.org",
        "number": "12",
        "rich": "Rich words",
        "day": "2026-11-24",
        "time": "09:30",
        "moment": 1782896400,  # ten o'clock in London, in summer
        "colour": "green",
        "colours": ["red", "blue"],
        "city": "oslo",
        "tone": "blue",
        "cities": ["lima"],
        "tones": ["red"],
        "person": bela,
        "people": [amara, bela],
        "channel": stage.scene.channel,
        "channels": [stage.scene.channel],
        "place": stage.scene.channel,
        "places": [stage.scene.channel],
        "found": "plum",
        "finds": ["pear", "apple"],
    }


async def test_an_error_under_a_field_is_met_and_mended(stage: Stage) -> None:
    dialog = await stage.form(
        field("first", "First", "plain_text_input", optional=False),
        field("pick", "Pick", "radio_buttons", optional=False, options=COLOURS),
        field("some", "Some", "multi_static_select", optional=False, options=COLOURS),
    )
    first = dialog.get_by_label("First")
    await stage.key("Enter")
    await expect(dialog.locator(".error")).to_have_count(3)
    await expect(first).to_be_focused()
    await expect(first).to_have_attribute("aria-invalid", "true")
    await expect(first).to_have_accessible_description("Please complete this required field.")
    await expect(stage.tab.get_by_role("radiogroup", name="Pick")).to_have_attribute(
        "aria-invalid", "true"
    )
    assert stage.sent == []
    await stage.typed("There")
    stage.errors = {"pick": "Not that one."}
    await stage.key("Tab", "Space", "Tab", "Enter", "ArrowDown", "Space", "Escape")
    await dialog.get_by_role("button", name="Send").press("Enter")
    await expect(dialog.locator(".error")).to_have_text(["Not that one."])
    await expect(dialog.get_by_role("radio", name="Red")).to_be_focused()
    await expect(first).to_have_value("There")
    stage.errors = {}
    await stage.key("ArrowDown")
    await dialog.get_by_role("button", name="Send").press("Enter")
    await expect(dialog).to_be_hidden()
    assert _held(stage.sent[-1]["pick"]["v"]) == "green"


async def test_a_reload_loses_nothing(stage: Stage) -> None:
    dialog = await stage.form(
        text_input("Told", "told"), field("pick", "Pick", "checkboxes", options=COLOURS)
    )
    await stage.typed("Half a sen")
    await stage.key("Tab", "Space")
    await stage.typed("x")
    await stage.tab.reload()
    await expect(dialog.get_by_label("Told")).to_have_value("Half a sen")
    await expect(dialog.get_by_role("checkbox", name="Red")).to_be_checked()


async def test_what_is_typed_stays_where_it_is_while_the_app_changes_the_form(
    stage: Stage,
) -> None:
    told = text_input("Told", "told")
    dialog = await stage.form(told, callback_id="form")
    view = (await stage.scene.control.views(stage.scene.amara))[0]
    await stage.typed("Half a sentence")
    await stage.key("ArrowLeft", "ArrowLeft")
    above = {"type": "section", "block_id": "new", "text": plain("Something new")}
    await stage.scene.client.views_update(view_id=view["id"], view=modal(above, told))
    await expect(dialog.get_by_text("Something new")).to_be_visible()
    await expect(dialog.get_by_label("Told")).to_be_focused()
    await stage.typed("!")
    await expect(dialog.get_by_label("Told")).to_have_value("Half a senten!ce")


async def test_escape_the_cross_and_back_close_the_view_on_top(stage: Stage) -> None:
    dialog = await stage.form(text_input("Told", "told"), notify_on_close=True)
    await stage.typed("Never mind")
    await stage.key("Escape")
    await expect(dialog).to_be_hidden()
    assert _held(stage.closed[0]["told"]["text"]) == "Never mind"


async def test_back_uncovers_what_lies_under(stage: Stage) -> None:
    @stage.bolt.action("deeper")
    async def deeper(ack: Any, body: Json, client: Any) -> None:
        await client.views_push(trigger_id=body["trigger_id"], view=modal(title=plain("Deeper")))
        await ack()

    dialog = await stage.form(
        text_input("Told", "told"), {"type": "actions", "elements": [button("Deeper", "deeper")]}
    )
    await stage.typed("Above")
    await dialog.get_by_role("button", name="Deeper").press("Enter")
    await expect(dialog.get_by_role("heading", name="Deeper")).to_be_visible()
    await expect(dialog.get_by_label("What did you learn?")).to_be_focused()
    await dialog.get_by_role("button", name="Back").press("Enter")
    await expect(dialog.get_by_label("Told")).to_have_value("Above")


async def test_a_form_that_follows_a_form_begins_at_its_first_field(stage: Stage) -> None:
    stage.answer = {
        "response_action": "update",
        "view": modal(text_input("Second", "second"), title=plain("Then")),
    }
    dialog = await stage.form(text_input("First", "first"))
    await stage.typed("One")
    await stage.key("Enter")
    await expect(dialog.get_by_role("heading", name="Then")).to_be_visible()
    await expect(dialog.get_by_label("Second")).to_be_focused()


async def test_what_is_pressed_and_chosen_where_it_stands(stage: Stage) -> None:
    dialog = await stage.form(*pressed())
    await dialog.get_by_role("button", name="Plain").press("Enter")
    await dialog.locator("summary[aria-label*=More]").first.press("Enter")
    await stage.key("ArrowDown", "ArrowDown", "Enter")
    await dialog.locator("[data-action=pick]").focus()
    await stage.typed("Gr")
    await dialog.locator("[data-action=tick] input").nth(1).press("Space")
    await dialog.locator("[data-action=one] input").first.press("Space")
    await dialog.locator("[data-action=some] summary").press("Enter")
    await stage.key("ArrowDown", "ArrowDown", "Space")
    await expect(dialog.locator("[data-action=some] .chip")).to_have_text(["Bergen"])
    await stage.told(6)
    told = [(act["action_id"], _held(act)) for act in stage.acts]
    assert told == [
        ("plain", "p"),
        ("more", "second"),
        ("pick", "green"),
        ("tick", ["green"]),
        ("one", "red"),
        ("some", ["bergen"]),
    ]


async def test_what_needs_a_yes_asks_for_it(stage: Stage) -> None:
    dialog = await stage.form(*pressed())
    danger = dialog.get_by_role("button", name="Take it away")
    await danger.press("Enter")
    asked = stage.tab.get_by_role("alertdialog", name=SURE["title"]["text"])
    await expect(asked).to_contain_text("It cannot be undone.")
    await stage.key("Escape")
    await expect(asked).to_be_hidden()
    await expect(danger).to_be_focused()
    await expect(dialog).to_be_visible()
    await stage.key("Enter")
    await asked.get_by_role("button", name="Leave it").press("Enter")
    who = dialog.locator("[data-action=who]")
    await who.focus()
    await stage.typed("B")
    await asked.get_by_role("button", name="Leave it").press("Enter")
    await expect(who).to_have_value("")
    assert stage.acts == []
    await danger.press("Enter")
    await asked.get_by_role("button", name="Do it").press("Enter")
    await stage.told(1)
    assert stage.acts[0]["action_id"] == "danger"


async def test_an_input_that_tells_at_once(stage: Stage) -> None:
    watched = {"dispatch_action": True}
    each: Json = {"dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]}}
    dialog = await stage.form(
        field("enter", "On Enter", "plain_text_input") | watched,
        field("each", "On each", "plain_text_input", **each) | watched,
        field("pick", "Pick", "radio_buttons", options=COLOURS) | watched,
        field("found", "Found", "external_select", min_query_length=0) | watched,
    )
    await stage.typed("one")
    await stage.key("Enter")
    await stage.told(1)
    await stage.key("Tab")
    await stage.typed("two")
    await stage.told(2)
    await stage.key("Tab", "Space")
    await stage.told(3)
    await _seek(stage, "found", "plu", "Plum")
    await stage.told(4)
    assert [_held(act) for act in stage.acts] == ["one", "two", "red", "plum"]
    await expect(dialog).to_be_visible()


async def test_a_count_near_the_limit_and_what_is_over_it(stage: Stage) -> None:
    dialog = await stage.form(field("short", "Short", "plain_text_input", max_length=12))
    await stage.typed("abc")
    await expect(dialog.locator(".count")).to_have_text("9 of 12 left")
    await stage.typed("defghijklmno")
    await expect(dialog.locator(".count")).to_have_text("3 too many of 12")
    await stage.key("Enter")
    await expect(dialog.locator(".error")).to_have_text("Please enter no more than 12 characters.")


async def test_focus_on_load(stage: Stage) -> None:
    dialog = await stage.form(
        text_input("First", "first"),
        field("second", "Second", "static_select", options=COLOURS, focus_on_load=True),
    )
    await expect(dialog.get_by_label("Second")).to_be_focused()


async def test_nobody_is_shut_out(stage: Stage, chromium: Browser) -> None:
    dialog = await stage.form(*words(), *fields(), *pressed())
    await expect(dialog).to_be_visible()
    await dialog.locator("[data-block=cities] summary").press("Enter")
    assert (await Axe().run(stage.tab)).violations_count == 0
    await stage.key("Escape")
    await dialog.get_by_role("button", name="Send").press("Enter")
    await expect(dialog.locator(".error")).to_have_count(1)
    assert (await Axe().run(stage.tab)).violations_count == 0
    wide = await stage.tab.evaluate(
        "() => { const b = document.getElementById('modal-body');"
        " return b.scrollWidth - b.clientWidth; }"
    )
    assert wide == 0


async def test_blocks_of_a_message(stage: Stage) -> None:
    await stage.scene.client.chat_postMessage(
        channel=stage.scene.channel,
        text="All",
        blocks=[*words(), *message_words(), *pressed()],
    )
    await stage.tab.goto(
        f"{stage.scene.sandbox.url}/?as={stage.scene.amara.id}&at={stage.scene.channel}"
    )
    message = stage.tab.locator("article").last
    await expect(message.locator("[data-undrawn]")).to_have_count(0)
    await message.get_by_role("button", name="Plain").press("Enter")
    await message.get_by_role("button", name="Bin").press("Enter")
    await stage.told(2)
    assert [act["action_id"] for act in stage.acts] == ["plain", "bin"]


async def _past(stage: Stage, block_id: str) -> None:
    """Go on with Tab until the focus stands at an element; it must come."""
    at = stage.element(block_id)
    for _ in range(8):
        if await at.evaluate("node => node.contains(document.activeElement)"):
            return
        await stage.key("Tab")
    raise AssertionError(f"Tab does not lead to {block_id}")


_into = _past


async def _seek(stage: Stage, block_id: str, text: str, found: str, *keys: str) -> None:
    """Type into a combobox, and take what it offers."""
    await _into(stage, block_id)
    box = stage.element(block_id).get_by_role("combobox")
    if not await box.evaluate("node => node === document.activeElement"):
        await box.focus()
    await stage.typed(text)
    offered = stage.element(block_id).get_by_role("option", name=found)
    await expect(offered).to_be_visible()
    await stage.key(*(keys or ["ArrowDown"]))
    await expect(offered).to_have_attribute("aria-selected", "true")
    await stage.key("Enter")


def _held(entry: Json) -> Any:
    """What an entry of the state, or of a payload's actions, holds, as short as it can be said."""
    for key, value in entry.items():
        if key == "rich_text_value":
            return value["elements"][0]["elements"][0]["text"]
        if key == "value" or key.startswith("selected_"):
            if isinstance(value, list):
                return [one["value"] if isinstance(one, dict) else one for one in value]
            return value["value"] if isinstance(value, dict) else value
    return None
