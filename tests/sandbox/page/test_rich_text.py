"""Every element of rich text; what there is none for is named."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.block_kit.objects import INLINE, RICH_TEXT
from sandbox.page.drawing.rich_text import DRAWN_INLINE, DRAWN_RICH_TEXT, rich_text
from tests.sandbox.page.looking import seen, sight

SIGHT = sight()
EYES = SIGHT.eyes
Json = dict[str, Any]


def text(words: str, **style: bool) -> Json:
    return {"type": "text", "text": words} | ({"style": style} if style else {})


def drawn(*elements: Json, kind: str = "rich_text_section", **more: object) -> str:
    block = {"type": "rich_text", "elements": [{"type": kind, "elements": [*elements], **more}]}
    return str(rich_text(block, EYES))


def inline(*elements: Json) -> str:
    whole = drawn(*elements)
    return whole.removeprefix('<div class="section-text">').removesuffix("</div>")


def test_all_that_slack_takes_is_drawn() -> None:
    assert set(INLINE) <= DRAWN_INLINE
    assert set(RICH_TEXT) <= DRAWN_RICH_TEXT


def test_text_is_literal_and_keeps_its_lines() -> None:
    assert inline(text("*a* <b> &amp; :wave:\nc")) == ("*a* &lt;b&gt; &amp;amp; :wave:<br>c")


def test_styles_nest() -> None:
    assert inline(text("x", bold=True, italic=True, strike=True, code=True)) == (
        "<s><strong><em><code>x</code></em></strong></s>"
    )
    assert inline(text("x", underline=True, highlight=True, client_highlight=True)) == (
        "<mark><u>x</u></mark>"
    )
    assert inline(text("x", bold=False, unlink=True)) == "x"


@pytest.mark.parametrize(
    ("element", "shown"),
    [
        (
            {"type": "link", "url": "https://a.org", "text": "there"},
            '<a href="https://a.org" target="_blank" rel="noopener noreferrer">there</a>',
        ),
        ({"type": "link", "url": "javascript:x", "text": "there"}, "there"),
        ({"type": "user", "user_id": "U00000001"}, '<mark class="mention">@Amara Osei</mark>'),
        ({"type": "usergroup", "usergroup_id": "S1"}, '<span class="mention">@S1</span>'),
        ({"type": "broadcast", "range": "here"}, '<mark class="mention">@here</mark>'),
        ({"type": "team", "team_id": "T1"}, "T1"),
        ({"type": "emoji", "name": "tada"}, '<span class="emoji" title=":tada:">🎉</span>'),
        (
            {"type": "emoji", "name": "wave", "skin_tone": 3},
            '<span class="emoji" title=":wave::skin-tone-3:">👋🏼</span>',
        ),
        ({"type": "emoji", "name": "ours", "unicode": "1f44b-1f3fd"}, "👋🏽"),
        ({"type": "emoji", "name": "ours", "unicode": "d800"}, ":ours:"),
        ({"type": "emoji", "name": "ours"}, ":ours:"),
    ],
)
def test_elements(element: Json, shown: str) -> None:
    assert inline(element) == shown


def test_a_channel_and_a_date() -> None:
    shown = seen(
        rich_text(
            {
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [
                            {"type": "channel", "channel_id": SIGHT.leadership.id},
                            text(", "),
                            {"type": "date", "timestamp": 1793700000, "format": "{date_pretty}"},
                        ],
                    }
                ]
            },
            EYES,
        )
    )
    assert shown.text == "#leadership, Today"


def test_a_colour_is_a_swatch_without_style() -> None:
    assert 'fill="#aa3311"' in inline({"type": "color", "value": "#aa3311"})
    assert inline({"type": "color", "value": 'red"/>'}) == "red&#34;/&gt;"


def test_lists_quotations_and_code() -> None:
    one = {"type": "rich_text_section", "elements": [text("one")]}
    assert drawn(one, kind="rich_text_list", style="bullet") == (
        '<ul class="indent-0"><li>one</li></ul>'
    )
    assert drawn(one, kind="rich_text_list", style="ordered", offset=2, indent=1, border=1) == (
        '<div class="bordered"><ol class="indent-1" start="3"><li>one</li></ol></div>'
    )
    assert drawn(text("a\nb"), kind="rich_text_quote") == "<blockquote>a<br>b</blockquote>"
    assert drawn(text("a\n  <b>"), kind="rich_text_preformatted") == ("<pre>a<br>  &lt;b&gt;</pre>")


def test_what_is_not_known_is_named() -> None:
    assert 'data-undrawn="citation"' in inline({"type": "citation"})
    assert 'data-undrawn="rich_text_table"' in drawn(kind="rich_text_table")


WORDS = st.text(max_size=20)
ELEMENTS = st.fixed_dictionaries(
    {
        "type": st.sampled_from(sorted(DRAWN_INLINE)) | WORDS,
        "text": WORDS,
        "url": WORDS,
        "name": WORDS,
        "unicode": WORDS,
        "value": WORDS,
        "user_id": WORDS,
        "channel_id": WORDS,
        "range": WORDS,
        "format": WORDS,
        "timestamp": st.integers(),
    }
)


@given(st.lists(ELEMENTS, max_size=5))
@settings(deadline=None)
def test_whatever_it_holds_no_tag_comes_of_it(elements: list[Json]) -> None:
    shown = seen(
        rich_text({"elements": [{"type": "rich_text_section", "elements": elements}]}, EYES)
    )
    allowed = {"div", "a", "span", "mark", "br", "svg", "rect", "time"}
    assert set(shown.tags) <= allowed
    assert not {name for _, name, _ in shown.attributes if name.startswith("on")}
