"""JSON from outside, read so that what is in it can be kept, shown and sent on."""

from __future__ import annotations

import json
from typing import Any

__all__ = ["decoded"]


def decoded(text: str | bytes) -> Any:
    """A JSON value; ValueError where it is none.

    Half a surrogate pair, as of an emoji cut in two, is a text to JSON and to no encoding: U+FFFD
    takes its place. That Slack takes such a text is believed.
    """
    if isinstance(text, bytes):
        text = text.decode(errors="replace")
    value = json.loads(text)
    if "\\u" not in text:
        return value
    plain = json.dumps(value, ensure_ascii=False)
    return json.loads(plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))
