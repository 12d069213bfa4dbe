"""Texts that no encoding carries: an app that cuts an emoji in two breaks nothing."""

import json
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.decoding import decoded
from tests.sandbox.scene import Scene

_TEXTS = st.text(max_size=20)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | _TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(_JSON)
def test_json_is_read_as_it_is(value: Any) -> None:
    assert decoded(json.dumps(value)) == value
    assert decoded(json.dumps(value, ensure_ascii=False).encode()) == value


@given(st.text(st.characters(categories=["Cs", "Lu", "So"]), max_size=20))
def test_whatever_comes_can_be_sent_on(text: str) -> None:
    for sent in (json.dumps([text]), json.dumps([text]).encode()):
        (kept,) = decoded(sent)
        assert len(kept.encode()) >= len(kept)
    whole = json.dumps(["\N{PARTY POPPER}"])
    assert decoded(whole) == ["\N{PARTY POPPER}"]


@pytest.mark.parametrize("text", [b"\xff", b"", "", "{", b"\xff\xfe{\x00}\x00", "words"])
def test_what_is_no_json_is_refused(text: str | bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        decoded(text)


async def test_half_an_emoji_in_a_message(quiet: Scene) -> None:
    cut = {"type": "plain_text", "text": "cut \ud83c"}
    blocks = [{"type": "section", "text": cut}]
    await quiet.client.chat_postMessage(channel=quiet.channel, text="cut \ud83c", blocks=blocks)
    as_form = {"channel": quiet.channel, "text": "x", "blocks": json.dumps(blocks)}
    await quiet.client.api_call("chat.postMessage", data=as_form)
    seen = await quiet.amara.sees(quiet.channel)
    assert seen[0].text == "cut \ufffd"
    assert [one.blocks[0]["text"]["text"] for one in seen] == ["cut \ufffd"] * 2
    there = {"as": quiet.amara.id, "at": quiet.channel}
    async with (
        aiohttp.ClientSession(quiet.sandbox.url) as web,
        web.get("/", params=there) as answer,
    ):
        assert "cut \ufffd" in await answer.text()
