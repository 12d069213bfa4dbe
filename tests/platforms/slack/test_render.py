"""What people wrote is shown as they wrote it, whatever it is; Slack refuses nothing of it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversation.messages import (
    Bold,
    Bullets,
    Button,
    Buttons,
    Divider,
    Heading,
    Italic,
    Message,
    Moment,
    Note,
    Paragraph,
    Person,
    Quote,
    line,
)
from platforms.slack.limits import FALLBACK_TEXT, MESSAGE_SIZE
from platforms.slack.render import (
    TOO_MUCH,
    people_shown_in,
    render_message,
    route_of,
    shortened,
)
from sandbox.block_kit import problems_of_blocks

NAMES = {"U1": "Amara Osei"}
TUESDAY = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
MOMENT = Moment(TUESDAY, "Tuesday 17:00")

HOSTILE = [
    "<!channel>",
    "<!here> <!everyone>",
    "<@U0123ABC> and <#C0123ABC|general>",
    "<http://x.example|forged> http://real.example",
    "*bold* _italic_ ~gone~ `code` ```block``` > quote",
    ":smile: 👩‍👩‍👧 🇿🇦",
    "\u202eright to left\u202c שלום עולם مرحبا",
    "zero\u200bwidth\u2060\ufeff and \u00ad",
    "  leading, trailing \n\n and empty lines\n",
    "&amp; &lt;already&gt; & <b>",
    "\x01\x1f\x7f",
    "a" * 3000,
    "word " * 2000,
    "🙂" * 3000,
]

words = st.text(min_size=1) | st.sampled_from(HOSTILE)


def literal_texts(part: Any) -> list[str]:
    """Every literal text element, in reading order."""
    if isinstance(part, list):
        return [text for one in part for text in literal_texts(one)]
    if isinstance(part, dict):
        if part.get("type") == "text":
            return [part["text"]]
        return [text for value in part.values() for text in literal_texts(value)]
    return []


def kinds_in(part: Any) -> set[str]:
    """Every `type` there is."""
    if isinstance(part, list):
        return {kind for one in part for kind in kinds_in(one)}
    if isinstance(part, dict):
        found = {kind for value in part.values() for kind in kinds_in(value)}
        return found | ({part["type"]} if isinstance(part.get("type"), str) else set())
    return set()


def rendered(*blocks: Any, text: str = "Said.") -> list[dict[str, Any]]:
    said = render_message(Message(text, blocks), NAMES)
    result: list[dict[str, Any]] = said["blocks"]
    assert problems_of_blocks(result, "message") == []
    return result


@settings(deadline=None)
@given(words)
def test_a_quote_is_literal_and_whole(said: str) -> None:
    blocks = rendered(Quote(said))
    if TOO_MUCH not in literal_texts(blocks):
        assert "".join(literal_texts(blocks)) == said
    assert kinds_in(blocks) <= {"rich_text", "rich_text_quote", "rich_text_section", "text"}


@pytest.mark.parametrize("said", HOSTILE)
def test_words_that_look_like_markup_are_only_words(said: str) -> None:
    blocks = rendered(Quote(said, by="U1"))
    assert "".join(literal_texts(blocks)) == "Amara Osei" + said
    assert kinds_in(blocks) <= {"rich_text", "rich_text_quote", "rich_text_section", "text"}


@settings(deadline=None)
@given(words, words, words)
def test_words_in_lines_and_lists_are_literal_too(one: str, two: str, three: str) -> None:
    blocks = rendered(
        Paragraph(line("Before ", one, Bold(two))), Bullets((line(three), line(Italic(one))))
    )
    if TOO_MUCH not in literal_texts(blocks):
        said = "".join(literal_texts(blocks))
        whole = "Before " + one + two + three + one
        # Where blocks had to be merged, a line break stands where one of them ended.
        assert said.replace("\n", "") == whole.replace("\n", "")
    assert kinds_in(blocks).isdisjoint({"mrkdwn", "link", "user", "channel", "broadcast", "emoji"})


@settings(deadline=None)
@given(words)
def test_small_print_is_plain(said: str) -> None:
    (block, *_) = rendered(Note(line("Of ", Person("U1"), ": ", said)))
    assert {element["type"] for element in block["elements"]} == {"plain_text"}
    assert "".join(e["text"] for e in block["elements"]) == "Of Amara Osei: " + said
    assert all(element["emoji"] is False for element in block["elements"])


@settings(deadline=None)
@given(words)
def test_a_heading_is_plain(said: str) -> None:
    blocks = rendered(Heading(said))
    if not said.strip():
        assert blocks == []
    elif blocks[0]["type"] == "header":
        assert blocks[0]["text"] == {"type": "plain_text", "text": said, "emoji": False}
    elif TOO_MUCH not in literal_texts(blocks):
        assert "".join(literal_texts(blocks)) == said


@settings(deadline=None)
@given(words)
def test_the_notification_is_escaped_and_short_enough(said: str) -> None:
    text = render_message(Message(said, ()), {})["text"]
    assert "<" not in text
    assert ">" not in text
    assert len(text) <= FALLBACK_TEXT
    shown = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert shown == said or (shown.endswith("…") and said.startswith(shown[:-1]))


def test_a_notification_loses_no_more_than_it_must() -> None:
    text = render_message(Message("&" * 1000, ()), {})["text"]
    assert 3900 < len(text) <= FALLBACK_TEXT


def test_a_person_is_a_name_and_never_a_mention() -> None:
    blocks = rendered(Paragraph(line(Person("U1"), " and ", Person("U2"))))
    assert literal_texts(blocks) == ["Amara Osei", " and ", "a colleague"]
    assert "user" not in kinds_in(blocks)


def test_a_moment_is_shown_on_the_readers_clock() -> None:
    (block,) = rendered(Paragraph(line("Open until ", MOMENT, ".")))
    assert block["elements"][0]["elements"][1] == {
        "type": "date",
        "timestamp": int(TUESDAY.timestamp()),
        "format": "{date_short_pretty} at {time}",
        "fallback": "Tuesday 17:00",
    }


def test_a_moment_in_small_print_is_the_only_markup() -> None:
    (block,) = rendered(Note(line("Open until ", Moment(TUESDAY, "Tue <17:00>|"), " *so*")))
    assert [element["type"] for element in block["elements"]] == [
        "plain_text",
        "mrkdwn",
        "plain_text",
    ]
    stamp = int(TUESDAY.timestamp())
    assert block["elements"][1]["text"] == (
        f"<!date^{stamp}^{{date_short_pretty}} at {{time}}|Tue &lt;17:00&gt;/>"
    )


def test_small_print_of_many_moments_is_said_in_words() -> None:
    spans = [span for _ in range(12) for span in ("at ", MOMENT)]
    (block,) = rendered(Note(tuple(spans)))
    assert block["elements"] == [
        {"type": "plain_text", "text": "at Tuesday 17:00" * 12, "emoji": False}
    ]


@pytest.mark.parametrize(
    "empty",
    [Heading(" "), Paragraph(line("")), Paragraph(()), Bullets(()), Quote(""), Note(line(""))],
)
def test_what_holds_nothing_is_left_out(empty: Any) -> None:
    assert rendered(empty) == []


def test_a_bullet_without_words_is_left_out() -> None:
    assert rendered(Bullets((line(""), line("one")))) == rendered(Bullets((line("one"),)))


def test_a_long_quote_stands_in_several_blocks_and_nothing_is_cut() -> None:
    said = "word " * 1500
    blocks = rendered(Quote(said, by="U1"))
    assert len(blocks) == 3
    assert "".join(literal_texts(blocks)) == "Amara Osei" + said


def test_many_short_pieces_are_put_together_before_anything_is_left_out() -> None:
    blocks = rendered(*(Paragraph(line(f"piece {number}")) for number in range(80)))
    texts = "".join(literal_texts(blocks))
    assert "piece 79" in texts
    assert TOO_MUCH not in texts
    assert "piece 7\npiece 8\n" in texts


def test_too_much_ends_with_a_plain_sentence_and_keeps_the_buttons() -> None:
    pressable = Buttons((Button("Answer", "sitting.answer.v1", "1"),))
    quotes = [Quote(f"{number} " + "x" * 2000, by="U1") for number in range(10)]
    blocks = rendered(*quotes, pressable)
    texts = literal_texts(blocks)
    assert texts[-1] == TOO_MUCH
    assert blocks[-1]["type"] == "actions"
    assert texts[1].startswith("0 ")
    shown = [text for text in texts if text.endswith("x")]
    assert all(len(text) == 2002 for text in shown)
    assert 4 <= len(shown) < 10


def test_even_dividers_alone_can_be_too_many() -> None:
    blocks = rendered(*(Divider() for _ in range(60)))
    assert len(blocks) == 50
    assert literal_texts(blocks) == [TOO_MUCH]


@settings(deadline=None)
@given(st.lists(st.sampled_from(HOSTILE), max_size=40))
def test_whatever_is_said_slack_takes_it(said: list[str]) -> None:
    blocks = rendered(*(Quote(one, by="U1") for one in said), Divider(), Note(line(MOMENT)))
    assert len(str(blocks)) < 2 * MESSAGE_SIZE


def test_buttons_of_one_route_have_ids_of_their_own() -> None:
    (block,) = rendered(
        Buttons(
            (
                Button("One", "breakdown.settle.v1", "1", primary=True),
                Button("Two", "breakdown.settle.v1", "2"),
                Button("Three", "breakdown.tell.v1", ""),
            )
        )
    )
    ids = [element["action_id"] for element in block["elements"]]
    assert ids == ["breakdown.settle.v1", "breakdown.settle.v1#2", "breakdown.tell.v1"]
    assert [route_of(one) for one in ids] == [
        "breakdown.settle.v1",
        "breakdown.settle.v1",
        "breakdown.tell.v1",
    ]
    assert block["elements"][0]["style"] == "primary"
    assert "value" not in block["elements"][2]


def test_more_buttons_than_a_block_holds_take_a_second() -> None:
    blocks = rendered(Buttons(tuple(Button("x" * 90, "a.v1", str(n)) for n in range(30))))
    assert [len(block["elements"]) for block in blocks] == [25, 5]


def test_who_is_shown_is_known_before_rendering() -> None:
    blocks = (
        Quote("x", by="U1"),
        Quote("x"),
        Paragraph(line(Person("U2"))),
        Note(line(Person("U3"))),
        Bullets((line("a"), line(Person("U4")))),
        Heading("U5"),
    )
    assert people_shown_in(blocks) == {"U1", "U2", "U3", "U4"}


def test_shortening_is_visible() -> None:
    assert shortened("abcdef", 4) == "abc…"
    assert shortened("abcd", 4) == "abcd"
