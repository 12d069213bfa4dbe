"""mrkdwn as Slack documents it; and whatever is written, nothing of it becomes HTML."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sandbox.page.drawing.mrkdwn import mrkdwn, plain, text_object
from tests.sandbox.page.looking import seen, sight

SIGHT = sight()
EYES = SIGHT.eyes
NEW_TAB = ' target="_blank" rel="noopener noreferrer"'


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("*bold* _it_ ~gone~", "<strong>bold</strong> <em>it</em> <s>gone</s>"),
        ("*_both_*", "<strong><em>both</em></strong>"),
        ("(*so*), _and_.", "(<strong>so</strong>), <em>and</em>."),
        ("*two words* and *more*", "<strong>two words</strong> and <strong>more</strong>"),
        ("*a _b* c_", "<strong>a _b</strong> c_"),
        ("**loud**", "*<strong>loud</strong>*"),
        ("`*x* :wave:`", "<code>*x* :wave:</code>"),
        ("*run `x`*", "<strong>run <code>x</code></strong>"),
    ],
)
def test_styles(text: str, drawn: str) -> None:
    assert mrkdwn(text, EYES) == drawn


@pytest.mark.parametrize(
    "text",
    ["snake_case_name", "2*3*4", "* not *", "*not\nso*", "a ~ b ~ c", "5 * 3", "*", "**", "_ _"],
)
def test_marks_away_from_a_words_edge_stay_as_typed(text: str) -> None:
    assert seen(mrkdwn(text, EYES)).text == text
    assert not set(seen(mrkdwn(text, EYES)).tags) - {"br"}


def test_the_three_escapes_are_read_once() -> None:
    assert seen(mrkdwn("&lt;b&gt; &amp; &amp;lt; &quot;", EYES)).text == "<b> & &lt; &quot;"


def test_lines_quotations_and_code() -> None:
    text = "before\n> one\n&gt; *two*\nafter\n\n```\nx = <y>\n  z\n```\nend"
    assert mrkdwn(text, EYES) == (
        "before<blockquote>one<br><strong>two</strong></blockquote>after<br>"
        "<pre>x = &lt;y&gt;\n  z</pre>end"
    )
    assert mrkdwn("a\n>>> b\nc", EYES) == "a<blockquote>b<br>c</blockquote>"
    assert mrkdwn("a\r\nb\rc", EYES) == "a<br>b<br>c"


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("<https://a.org/x_y?a=1&amp;b=_2_|see *it*>", ("https://a.org/x_y?a=1&b=_2_", "see *it*")),
        ("<http://a.org>", ("http://a.org", "http://a.org")),
        ("<mailto:a@b.org|Ann>", ("mailto:a@b.org", "Ann")),
        ("<mailto:a@b.org>", ("mailto:a@b.org", "a@b.org")),
        ("https://a.org/a_b_c?x=1&amp;y=2", ("https://a.org/a_b_c?x=1&y=2",) * 2),
    ],
)
def test_links(text: str, drawn: tuple[str, str]) -> None:
    shown = seen(mrkdwn(text, EYES))
    assert (*shown.values("a", "href"), shown.text) == drawn
    assert NEW_TAB in mrkdwn(text, EYES)


def test_a_bare_address_ends_before_the_sentence_does() -> None:
    shown = seen(mrkdwn("(see https://a.org/b.) &lt;https://c.org&gt;", EYES))
    assert shown.values("a", "href") == ["https://a.org/b", "https://c.org"]
    assert shown.text == "(see https://a.org/b.) <https://c.org>"
    verbatim = {"type": "mrkdwn", "text": "https://a.org", "verbatim": True}
    assert text_object(verbatim, EYES) == "https://a.org"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc",
        "//a.org",
        "java\tscript:x",
        "slack://x",
    ],
)
def test_other_schemes_are_words(url: str) -> None:
    shown = seen(mrkdwn(f"<{url}|press me>", EYES))
    assert "a" not in shown.tags
    assert "press me" in shown.text


def test_mentions_are_names_and_the_viewers_are_marked() -> None:
    text = f"<@{SIGHT.amara.id}> <@{SIGHT.ben.id}> <@U999|dana> <@U999> <!here> <!subteam^S1|@all>"
    assert mrkdwn(text, EYES) == (
        '<mark class="mention">@Amara Osei</mark>'
        ' <span class="mention">@Ben &lt;Castell&gt;</span>'
        ' <span class="mention">@dana</span> <span class="mention">@U999</span>'
        ' <mark class="mention">@here</mark> <span class="mention">@all</span>'
    )


def test_a_channel_is_a_way_there_unless_the_viewer_may_not_know_of_it() -> None:
    there, hidden = SIGHT.leadership.id, SIGHT.boards.id
    shown = seen(mrkdwn(f"<#{there}> <#{hidden}|boards> <#C999|x>", EYES))
    assert shown.text == "#leadership a private channel a private channel"
    assert shown.values("a", "href") == [f"/?as={SIGHT.amara.id}&at={there}"]


def test_dates_stand_on_the_viewers_wall() -> None:
    shown = seen(mrkdwn("<!date^1793700000^{date_short_pretty} at {time}^https://a.org|x>", EYES))
    assert shown.text == "Today at 10:00"
    assert shown.values("a", "href") == ["https://a.org"]
    assert seen(mrkdwn("<!date^1793700000^{_}|*so*>", EYES)).text == "*so*"


def test_emoji_have_their_names_on_them() -> None:
    assert mrkdwn(":wave::skin-tone-3: 10:30:tada:", EYES) == (
        '<span class="emoji" title=":wave::skin-tone-3:">👋🏼</span> '
        '10:30<span class="emoji" title=":tada:">🎉</span>'
    )
    assert mrkdwn(":no_such_thing:", EYES) == ":no_such_thing:"


def test_what_stands_in_angles_and_means_nothing_stays() -> None:
    for text in ("<>", "<b>", "<script>x</script>", "<!odd>", "<@me>", "a < b > c", "<a|b"):
        assert seen(mrkdwn(text, EYES)).text == text


def test_plain_text_is_as_it_stands() -> None:
    assert plain("*a* <b> &amp;\nc :wave:", EYES, emoji=False) == (
        "*a* &lt;b&gt; &amp;amp;<br>c :wave:"
    )
    assert "👋" in plain(":wave:", EYES)
    assert text_object({"type": "plain_text", "text": ":wave:", "emoji": False}, EYES) == ":wave:"
    assert text_object({"type": "mrkdwn", "text": "*a*"}, EYES) == "<strong>a</strong>"


# -- whatever is written ---------------------------------------------------------------------------

ALLOWED = {
    "a": {"href", "target", "rel", "class"},
    "span": {"class", "title"},
    "mark": {"class"},
    "time": {"datetime", "title"},
} | {tag: set[str]() for tag in ("br", "strong", "em", "s", "code", "pre", "blockquote")}
PIECES = st.sampled_from(
    [
        "*", "_", "~", "`", "```", "<", ">", "&", "|", ":", "\n", " ", '"', "'", "=", "\x00", "-->",
        "<script>", "</", "<!--", "&lt;", "&amp;", "&gt;", "&#60;", "onload=", "javascript:",
        "https://a.b", "<https://a.b|", "mailto:", "<@U00000001>", "<#C00000003>", "<!here>",
        "<!date^1^{time}^javascript:x|y>", "<!date^99999999999999^{time}|y>", ":wave:", "> ", ">>>",
        "word", "ß", "字", "\N{OBJECT REPLACEMENT CHARACTER}",
    ]
)  # fmt: skip
WRITTEN = st.lists(PIECES | st.text(max_size=5), max_size=25).map("".join)


@given(WRITTEN)
@example('<https://a.b"onmouseover="x|y>')
@example("<javascript:alert(1)>")
@example("<a\x00b:c|d>")
@settings(deadline=None)
def test_no_tag_attribute_or_scheme_comes_from_a_text(text: str) -> None:
    for drawn in (mrkdwn(text, EYES), plain(text, EYES)):
        shown = seen(drawn)
        assert set(shown.tags) <= set(ALLOWED)
        for tag, attribute, _ in shown.attributes:
            assert attribute in ALLOWED[tag]
        for href in shown.values("a", "href"):
            assert re.match(r"(https?://|mailto:|/\?as=U)", href, re.IGNORECASE)
        assert set(shown.values("span", "class")) <= {"emoji", "mention"}


@given(st.text(st.sampled_from("ab ß字1.,;!?()[]\"'=/\\#@\n&<|"), max_size=60))
def test_words_read_as_they_were_written(text: str) -> None:
    assert seen(mrkdwn(text, EYES)).text == text
    assert seen(plain(text, EYES)).text == text


@given(st.text(st.sampled_from("ab ß.,*_~(\n"), max_size=60))
def test_only_marks_are_ever_taken_from_a_text(text: str) -> None:
    def bare(words: str) -> str:
        return re.sub(r"[*_~]", "", words)

    assert bare(seen(mrkdwn(text, EYES)).text) == bare(text)


@given(st.text(max_size=60))
def test_what_is_escaped_as_slack_says_reads_as_it_was(text: str) -> None:
    words = "x" + re.sub(r"[*_~`:\s]+", " ", text)
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert seen(mrkdwn(escaped, EYES)).text == words
