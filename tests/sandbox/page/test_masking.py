"""No credential is shown, and JSON is drawn as what it is."""

import json
import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from sandbox.page.drawing.json_text import json_text
from sandbox.page.masking import MASK, masked

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def test_credentials_are_known_by_their_looks_their_names_and_by_themselves() -> None:
    shown = masked(
        {
            "url": "ws://127.0.0.1/link/?ticket=abc-DEF_1&x=1",
            "response_url": "http://127.0.0.1:1/hooks/actions/T0SANDBOX/k2_-j9",
            "upload_url": "http://127.0.0.1:1/upload/v1/t9_-x",
            "text": "keep xoxb-sandbox-1a2b and xapp-1-A0-2 and xoxe.xoxp-1-Mi0 to yourself; 5f5f",
            "access_token": "anything",
            "client_secret": "anything",
            "code": "one.two",
            "token": "sandbox-verification-token",
            "elements": [{"type": "text", "style": {"code": True}, "text": "ticket=no"}],
        },
        frozenset({"5f5f"}),
    )
    assert shown == {
        "url": f"ws://127.0.0.1/link/?ticket={MASK}&x=1",
        "response_url": f"http://127.0.0.1:1/hooks/actions/T0SANDBOX/{MASK}",
        "upload_url": f"http://127.0.0.1:1/upload/v1/{MASK}",
        "text": f"keep {MASK} and {MASK} and {MASK} to yourself; {MASK}",
        "access_token": MASK,
        "client_secret": MASK,
        "code": MASK,
        "token": "sandbox-verification-token",
        "elements": [{"type": "text", "style": {"code": True}, "text": "ticket=no"}],
    }


def test_what_no_encoding_carries_is_replaced_and_no_depth_is_too_deep() -> None:
    assert masked("\ud83c alone") == "? alone"
    deep: Any = "end"
    for _ in range(3000):
        deep = [deep]
    assert "…" in json_text(masked(deep))


@given(_JSON)
def test_drawn_json_reads_as_the_json_it_is(value: Any) -> None:
    drawn = json_text(value)
    assert isinstance(drawn, Markup)
    tags = re.findall(r"<[^>]*>", drawn)
    assert all(re.fullmatch(r'</span>|<span class="json-[a-z]+">', tag) for tag in tags)
    text = Markup(re.sub(r"<[^>]*>", "", drawn)).unescape()
    assert text == json.dumps(value, indent=2, ensure_ascii=False)


@given(_JSON)
def test_masking_leaves_the_rest_alone(value: Any) -> None:
    once = masked(value)
    assert masked(once) == once
    json.dumps(once, ensure_ascii=False).encode()


def test_keys_and_values_have_their_classes_and_great_lengths_are_cut() -> None:
    drawn = json_text({"a<b": ["<script>", 1.5, None]})
    assert '<span class="json-key">&#34;a&lt;b&#34;</span>:' in drawn
    assert '<span class="json-text">&#34;&lt;script&gt;&#34;</span>' in drawn
    assert '<span class="json-number">1.5</span>' in drawn
    assert '<span class="json-word">null</span>' in drawn
    long = json_text(["x" * 100] * 2000)
    assert len(long) < 150_000
    assert "characters more" in long
    assert "characters more" in json_text("x" * 90_000)
