"""Blocks as HTML: what they hold, what is said of them, and that no words become markup."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from typing_extensions import override

from sandbox.block_kit import initial_state
from sandbox.block_kit.blocks import BLOCKS
from sandbox.block_kit.elements import ELEMENTS
from sandbox.page.drawing.blocks import DRAWN_BLOCKS, DRAWN_ELEMENTS, blocks
from sandbox.page.drawing.eyes import Eyes
from sandbox.page.drawing.markdown import markdown
from sandbox.page.drawing.views import home, modal
from sandbox.records import View
from sandbox.workspace import Workspace
from tests.sandbox.page.everything import (
    CITIES,
    COLOURS,
    GROUPS,
    SURE,
    field,
    fields,
    message_words,
    option,
    pressed,
    words,
)
from tests.sandbox.scene import button, plain

Json = dict[str, Any]
Tag = tuple[str, dict[str, str | None]]


class Seen(HTMLParser):
    """The tags with what they carry, and the text between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self.text = ""
        self.feed(str(html))  # as plain text: `Markup` would escape what is added to it
        self.close()

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    @override
    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        """The attributes of such tags."""
        asked = {key.rstrip("_").replace("_", "-"): value for key, value in wanted.items()}
        return [at for name, at in self.tags if name == tag and asked.items() <= at.items()]

    def one(self, tag: str, **wanted: str) -> dict[str, str | None]:
        """The attributes of the one such tag."""
        (found,) = self.all(tag, **wanted)
        return found


@pytest.fixture
def eyes() -> Eyes:
    return _eyes()


def _eyes() -> Eyes:
    workspace = Workspace("T1", "Northwind")
    amara = workspace.add_person("Amara Osei", tz="Europe/London")
    bela = workspace.add_person("Béla Kovács")
    workspace.add_person("Gone", deleted=True)
    workspace.add_channel("leadership", [amara.id])
    workspace.add_channel("secret", [bela.id], private=True)
    workspace.add_channel("ours", [amara.id], private=True)
    return Eyes(workspace, amara)


def _id(eyes: Eyes, name: str) -> str:
    """The id of a person or channel."""
    named = {user.name: user.id for user in eyes.workspace.users.values()}
    return named.get(name) or eyes.workspace.channel(name).id


def seen(eyes: Eyes, *given_blocks: Json, **more: Any) -> Seen:
    return Seen(blocks(list(given_blocks), eyes, **more))


# -- what can be drawn -----------------------------------------------------------------------------


def test_what_is_left_undrawn_is_this() -> None:
    assert BLOCKS.keys() - DRAWN_BLOCKS == {"video", "file", "call", "task_card", "plan"}
    assert ELEMENTS.keys() - DRAWN_ELEMENTS == {
        "file_input",
        "workflow_button",
        "feedback_buttons",
    }


def test_all_that_is_drawn_is_tried_here(eyes: Eyes) -> None:
    every = [*words(), *message_words(), *fields(), *pressed()]
    elements = [one for block in every for one in block.get("elements", [])]
    elements += [block[key] for block in every for key in ("element", "accessory") if key in block]
    assert {block["type"] for block in every} >= DRAWN_BLOCKS
    assert {one["type"] for one in elements} >= DRAWN_ELEMENTS
    assert not [at for _, at in seen(eyes, *every).tags if "data-undrawn" in at]


@pytest.mark.parametrize("kind", [*sorted(BLOCKS.keys() - DRAWN_BLOCKS), "made_up"])
def test_a_block_that_cannot_be_drawn_is_named(eyes: Eyes, kind: str) -> None:
    page = seen(eyes, {"type": kind})
    assert page.one("p")["data-undrawn"] == kind
    assert f"“{kind}”" in page.text


@pytest.mark.parametrize("kind", sorted(ELEMENTS.keys() - DRAWN_ELEMENTS))
def test_an_element_that_cannot_be_drawn_is_named(eyes: Eyes, kind: str) -> None:
    page = seen(eyes, {"type": "actions", "elements": [{"type": kind, "action_id": "x"}]})
    assert page.one("p")["data-undrawn"] == kind


def test_ids_are_there_once_and_lead_to_something(eyes: Eyes) -> None:
    errors = {block["block_id"]: "No." for block in fields()}
    page = seen(eyes, *fields(), *pressed(), errors=errors, within="V1")
    ids = [at["id"] for _, at in page.tags if "id" in at and at["id"] not in _CONFIRMING]
    assert len(ids) == len(set(ids))
    for _, at in page.tags:
        for key in ("for", "aria-controls", "aria-describedby", "data-confirm"):
            assert set((at.get(key) or "").split()) <= set(ids)


_CONFIRMING = ("confirm-title", "confirm-text")  # within a template: one of them at a time


# -- what elements hold ----------------------------------------------------------------------------

HELD: list[tuple[str, Json, str, str]] = [
    ("plain_text_input", {}, "value", "Words"),
    ("email_text_input", {}, "value", "a@b.org"),
    ("url_text_input", {}, "value", "https://x.org"),
    ("number_input", {"is_decimal_allowed": True}, "value", "1.5"),
    ("datepicker", {}, "selected_date", "2026-11-24"),
    ("timepicker", {}, "selected_time", "09:30"),
]


@pytest.mark.parametrize(("kind", "element", "key", "value"), HELD)
def test_an_input_holds_what_the_state_says_and_not_what_it_began_with(
    eyes: Eyes, kind: str, element: Json, key: str, value: str
) -> None:
    block = field("b", "Label", kind, **element | {"initial_value": "Began"})
    state = {"b": {"v": {"type": kind, key: value}}}
    assert seen(eyes, block, state=state).one("input", data_block="b")["value"] == value
    emptied = {"b": {"v": {"type": kind, key: None}}}
    assert seen(eyes, block, state=emptied).one("input", data_block="b")["value"] == ""


@pytest.mark.parametrize(("kind", "element", "key", "value"), HELD)
def test_an_input_without_a_state_holds_what_it_begins_with(
    eyes: Eyes, kind: str, element: Json, key: str, value: str
) -> None:
    first = key.replace("selected", "initial").replace("value", "initial_value")
    block = field("b", "Label", kind, **element | {first: value})
    assert seen(eyes, block).one("input", data_block="b")["value"] == value


def test_a_moment_is_shown_on_the_viewers_wall(eyes: Eyes) -> None:
    block = field("b", "When", "datetimepicker", initial_date_time=1782896400)
    shown = seen(eyes, block).one("input", data_block="b")
    assert (shown["value"], shown["data-zone"]) == ("2026-07-01T10:00", "Europe/London")


@pytest.mark.parametrize("kind", ["static_select", "external_select", "radio_buttons"])
def test_one_is_chosen(eyes: Eyes, kind: str) -> None:
    offered: Json = {} if kind.startswith("ext") else {"options": COLOURS}
    block = field("b", "Label", kind, **offered, initial_option=COLOURS[0])
    state = {"b": {"v": {"type": kind, "selected_option": COLOURS[2]}}}
    html = blocks([block], eyes, state)
    assert _chosen(html) == ["blue"]
    assert _chosen(blocks([block], eyes)) == ["red"]
    assert _chosen(blocks([block], eyes, {"b": {"v": {"selected_option": None}}})) == []


@pytest.mark.parametrize("kind", ["multi_static_select", "multi_external_select", "checkboxes"])
def test_several_are_chosen(eyes: Eyes, kind: str) -> None:
    offered: Json = {} if "ext" in kind else {"options": COLOURS}
    block = field("b", "Label", kind, **offered)
    state = {"b": {"v": {"type": kind, "selected_options": COLOURS[1:]}}}
    assert _chosen(blocks([block], eyes, state)) == ["green", "blue"]


def test_options_in_groups(eyes: Eyes) -> None:
    one = seen(eyes, field("b", "Label", "static_select", option_groups=GROUPS))
    assert [at["label"] for at in one.all("optgroup")] == ["Warm", "Cool"]
    several = seen(eyes, field("b", "Label", "multi_static_select", option_groups=GROUPS))
    assert len(several.all("input", type="checkbox")) == 3
    assert "Warm" in several.text


def test_a_long_list_can_be_narrowed_and_a_short_one_need_not(eyes: Eyes) -> None:
    assert seen(eyes, field("b", "L", "multi_static_select", options=CITIES)).all(
        "input", type="search"
    )
    short = seen(eyes, field("b", "L", "multi_static_select", options=COLOURS))
    assert short.all("input", type="search") == []


def test_people_and_channels_are_those_whom_the_viewer_may_choose(eyes: Eyes) -> None:
    def offered(kind: str, **more: Any) -> str:
        return seen(eyes, {"type": "actions", "elements": [{"type": kind, **more}]}).text

    assert "Béla Kovács" in offered("users_select")
    assert "Gone" not in offered("users_select")
    assert "#leadership" in offered("channels_select")
    assert "#ours" not in offered("channels_select")
    assert "#ours" in offered("conversations_select")
    assert "#secret" not in offered("conversations_select")
    private = offered("conversations_select", filter={"include": ["private"]})
    assert "#ours" in private
    assert "#leadership" not in private


def test_somebody_who_is_no_longer_on_offer_stays_chosen(eyes: Eyes) -> None:
    block = field("b", "Who", "users_select", initial_user=_id(eyes, "Gone"))
    (held,) = [at for at in seen(eyes, block).all("option") if "selected" in at]
    assert held["value"] == _id(eyes, "Gone")


def test_a_rich_text_is_typed_as_words(eyes: Eyes) -> None:
    line = {"type": "rich_text_section", "elements": [{"type": "text", "text": "Some words"}]}
    rich = {"type": "rich_text", "elements": [line]}
    assert "Some words" in seen(eyes, field("b", "L", "rich_text_input", initial_value=rich)).text


def test_a_textarea_keeps_its_first_line_though_it_be_empty(eyes: Eyes) -> None:
    block = field("b", "L", "plain_text_input", multiline=True, initial_value="\nSecond")
    assert ">\n\nSecond</textarea>" in blocks([block], eyes)


# -- what is said of them --------------------------------------------------------------------------


def test_label_hint_and_error_belong_to_the_input(eyes: Eyes) -> None:
    block = field("b", "Told", "plain_text_input", optional=False, hint="Briefly")
    page = seen(eyes, block, errors={"b": "Too <long>."}, within="V1")
    told = page.one("input", data_block="b")
    assert page.one("label", for_=str(told["id"]))
    described = str(told["aria-describedby"]).split()
    assert [page.one("p", id=one)["class"] for one in described] == ["hint", "error"]
    assert (told["aria-invalid"], told["aria-required"]) == ("true", "true")
    assert "Too <long>." in page.text
    assert "(optional)" not in page.text


def test_without_an_error_nothing_is_wrong(eyes: Eyes) -> None:
    page = seen(eyes, *fields(), errors={})
    assert not [at for _, at in page.tags if "aria-invalid" in at or "data-invalid" in at]
    assert "(optional)" in page.text


@pytest.mark.parametrize("block", [one for one in fields() if one["block_id"] != "text"])
def test_every_input_says_its_error(eyes: Eyes, block: Json) -> None:
    page = seen(eyes, block, errors={block["block_id"]: "Not that."})
    error = page.one("p", class_="error")["id"]
    described = [at for _, at in page.tags if error in (at.get("aria-describedby") or "").split()]
    assert len(described) == 1
    assert [at for _, at in page.tags if at.get("aria-invalid") == "true"]
    assert page.text.count("Not that.") == 1


def test_when_the_app_hears_of_it(eyes: Eyes) -> None:
    typed = field("a", "L", "plain_text_input")
    change = field("b", "L", "plain_text_input") | {"dispatch_action": True}
    page = seen(eyes, typed, change, *pressed())
    assert page.one("input", data_block="a")["data-tells"] == "typed"
    assert page.one("input", data_block="b")["data-tells"] == "change"
    assert page.one("select", data_action="pick")["data-tells"] == "press"


def test_the_key_that_passes_words_on_is_named(eyes: Eyes) -> None:
    watched = field("b", "L", "plain_text_input") | {"dispatch_action": True}
    page = seen(eyes, watched)
    assert "Enter passes it on." in page.text
    assert (
        page.one("input", data_block="b")["aria-describedby"] == page.one("p", class_="hint")["id"]
    )
    watched["element"]["dispatch_action_config"] = {"trigger_actions_on": ["on_character_entered"]}
    assert "passes it on" not in seen(eyes, watched).text


def test_what_needs_a_yes_brings_its_question(eyes: Eyes) -> None:
    page = seen(
        eyes, {"type": "actions", "elements": [button("Go", "go", confirm=SURE)], "block_id": "b"}
    )
    asked = page.one("button", data_action="go")["data-confirm"]
    assert page.one("template")["id"] == asked
    assert page.one("button", data_answer="yes")["class"] == "button danger"
    assert "Really?" in page.text


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", " javascript:x"])
def test_only_what_may_be_opened_is_a_link(eyes: Eyes, address: str) -> None:
    linked = {"type": "actions", "elements": [button("Go", "go", url=address)]}
    image = {"type": "image", "image_url": address, "alt_text": "Picture"}
    page = seen(eyes, linked, image, {"type": "markdown", "text": f"[x]({address})"})
    assert not page.all("a")
    assert not page.all("img")


def test_a_link_opens_elsewhere_and_tells_nobody_where_from(eyes: Eyes) -> None:
    linked = {"type": "actions", "elements": [button("Go", "go", url="https://example.org")]}
    link = seen(eyes, linked).one("a")
    assert (link["rel"], link["target"]) == ("noopener noreferrer", "_blank")


# -- views -----------------------------------------------------------------------------------------


def _view(*given_blocks: Json, **more: Any) -> View:
    body = {"type": "modal", "title": plain("A <form>"), "blocks": list(given_blocks), **more}
    return View("V1", "A1", "U1", body, initial_state(body), "h", "V1")


def test_a_modal_with_its_ways_out(eyes: Eyes) -> None:
    view = _view(field("b", "L", "plain_text_input"), submit=plain("Send it"))
    page = Seen(modal(view, eyes, "Coach & Co", {}, 1))
    assert page.one("form")["data-view"] == "V1"
    assert [at["id"] for at in page.all("button")] == ["modal-cross", "modal-close", "modal-submit"]
    assert all(word in page.text for word in ("A <form>", "Coach & Co", "Send it", "Close"))


def test_a_modal_on_another_has_a_way_back(eyes: Eyes) -> None:
    page = Seen(modal(_view(), eyes, "Coach", {}, 2))
    assert "data-close" in page.one("button", id="modal-back")


def test_a_modal_that_is_only_read_can_be_scrolled_by_keyboard(eyes: Eyes) -> None:
    page = Seen(modal(_view({"type": "divider"}), eyes, "Coach", {}, 1))
    assert page.one("div", id="modal-body")["tabindex"] == "0"
    assert page.all("button", type="submit") == []


def test_what_is_said_of_no_input_is_said_above(eyes: Eyes) -> None:
    view = _view(field("b", "L", "plain_text_input"))
    page = Seen(modal(view, eyes, "Coach", {"b": "Here.", "gone": "Elsewhere."}, 1))
    assert page.one("p", role="alert")
    assert "Here." in page.text
    assert "Elsewhere." in page.text


def test_a_home_tab(eyes: Eyes) -> None:
    page = Seen(home(_view({"type": "header", "text": plain("Hello")}), eyes))
    assert page.one("div", data_view="V1")
    assert "Hello" in page.text


# -- escaping --------------------------------------------------------------------------------------

HOSTILE = st.text(st.sampled_from("<>&\"'`/= abx*_~[]():!{}%\n"), min_size=1, max_size=40)


@given(HOSTILE)
def test_nothing_that_anybody_wrote_becomes_markup(text: str) -> None:
    eyes = _eyes()
    plainly = _shape(blocks(_written("x"), eyes, errors={"x": "x"}))
    assert _shape(blocks(_written(text), eyes, errors={text: text})) == plainly


@given(HOSTILE)
def test_markdown_makes_tags_of_its_own_alone(text: str) -> None:
    allowed = {"div", "p", "strong", "em", "s", "code", "pre", "a", "br", "hr", "h3"}
    allowed |= {"ul", "ol", "li", "blockquote"}
    page = Seen(markdown(text))
    assert {tag for tag, _ in page.tags} <= allowed
    assert {key for _, at in page.tags for key in at} <= {"class", "href", "rel", "target"}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# One", "<h3>One</h3>"),
        ("a\nb", "<p>a<br>b</p>"),
        ("1. x\n2. y", "<ol><li>x</li><li>y</li></ol>"),
        ("> q", "<blockquote>q</blockquote>"),
        ("```js\n<x>\n```", "<pre><code>&lt;x&gt;\n</code></pre>"),
        ("**a _b_**", "<p><strong>a <em>b</em></strong></p>"),
        ("~~no~~", "<p><s>no</s></p>"),
        ("snake_case_name", "<p>snake_case_name</p>"),
        ("2 * 3 * 4", "<p>2 * 3 * 4</p>"),
        ("---", "<hr>"),
    ],
)
def test_markdown(text: str, html: str) -> None:
    assert markdown(text) == Markup('<div class="markdown">{}</div>').format(Markup(html))


def _written(text: str) -> list[Json]:
    """Blocks with the same words wherever an app may write its own, beside mrkdwn."""
    said, choice = plain(text), option("Label", text, description=plain(text))
    choice["text"] = said
    again = option("Other")
    menus: Json = {"action_id": text, "placeholder": said}
    return [
        {"type": "header", "text": said},
        {"type": "section", "text": said, "fields": [said], "accessory": button("Go", text)},
        {"type": "context", "elements": [said]},
        {"type": "image", "image_url": "https://x.org/" + text, "alt_text": text, "title": said},
        {
            "type": "actions",
            "block_id": text,
            "elements": [
                {"type": "button", "text": said, "action_id": text, "value": text},
                {"type": "static_select", "options": [choice, again], **menus},
                {"type": "multi_static_select", "options": [choice, again], **menus},
                {"type": "overflow", "options": [choice, again], "action_id": text},
                {"type": "radio_buttons", "options": [choice, again], "action_id": text},
            ],
        },
        field(text, "Label", "plain_text_input", initial_value=text, placeholder=said)
        | {"label": said, "hint": said},
        field("s", "Label", "external_select", initial_option=choice, **menus),
    ]


def _shape(html: Markup) -> list[tuple[str, tuple[str, ...]]]:
    """The tags and the names of their attributes: what must not depend on the words."""
    tags = [(tag, at) for tag, at in Seen(html).tags if tag != "br" and at.get("class") != "emoji"]
    return [(tag, tuple(at)) for tag, at in tags]


def _chosen(html: Markup) -> list[str]:
    """The values of what is shown as chosen."""
    found = []
    for tag, at in Seen(html).tags:
        marked = "selected" in at or "checked" in at
        held = at.get("class") == "chip" or (at.get("class") == "sought" and "data-option" in at)
        if (marked or (held and tag != "span")) and at.get("data-option"):
            found.append(json.loads(str(at["data-option"]))["value"])
    return found
