"""Slack's markup read out of what it hands over, and characters that no store can keep."""

import pytest

from platforms.slack.mrkdwn import as_plain, escaped, people_named_in, without_broken_characters

NAMES = {"U1": "Amara Osei"}


@pytest.mark.parametrize(
    ("marked_up", "plain"),
    [
        ("the export &lt;again&gt; &amp; again", "the export <again> & again"),
        ("&amp;lt;", "&lt;"),
        ("<@U1> and <@U2>", "@Amara Osei and @a colleague"),
        ("<@U2|bela>", "@bela"),
        ("<#C1|general> <#C2>", "#general #C2"),
        ("<!channel> <!here|here> <!subteam^S1|@board>", "@channel here @board"),
        ("<!date^1700000000^{date}|14 November>", "14 November"),
        ("<https://a.example>", "https://a.example"),
        ("<https://a.example|the report>", "the report (https://a.example)"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"),
        ("<tel:+4179|+4179>", "+4179"),
        ("a < b, no token > here", "a < b, no token > here"),
        ("<>", "<>"),
        ("", ""),
    ],
)
def test_marked_up_text_reads_as_a_reader_sees_it(marked_up: str, plain: str) -> None:
    assert as_plain(marked_up, NAMES) == plain


def test_who_is_mentioned_is_known() -> None:
    assert people_named_in("<@U1> <@W2|bela> <#C1> @U3") == {"U1", "W2"}


def test_escaping_takes_the_three_and_no_more() -> None:
    assert escaped("<!channel> & *so*") == "&lt;!channel&gt; &amp; *so*"


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("a\0b", "ab"),
        ("\ud83d\ude42", "🙂"),
        ("\ud83d alone", "\ufffd alone"),
        ("🙂 שלום", "🙂 שלום"),
    ],
)
def test_what_no_store_can_keep_is_mended(broken: str, whole: str) -> None:
    assert without_broken_characters(broken) == whole
