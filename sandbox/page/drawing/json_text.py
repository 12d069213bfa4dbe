"""JSON for reading: indented, and coloured by what each word of it is."""

from __future__ import annotations

import json
import re
from typing import Any

from markupsafe import Markup, escape

__all__ = ["json_text"]

_TOKEN = re.compile(
    r'(?P<text>"(?:[^"\\]|\\.)*")(?P<colon>:)?'
    r"|(?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)"
    r"|(?P<word>true|false|null|NaN|-?Infinity)"
)
_LONGEST = 60_000


def json_text(value: Any) -> Markup:
    """A JSON value as spans of the classes `json-key`, `-text`, `-number` and `-word`.

    To stand in a `<pre>`. What goes beyond some 60,000 characters is cut off, and that is said.
    """
    text = json.dumps(value, indent=2, ensure_ascii=False)
    cut = len(text) - _LONGEST
    if cut > 0:
        text = text[: text.rindex("\n", 0, _LONGEST) if "\n" in text[:_LONGEST] else _LONGEST]
    pieces: list[str] = []
    at = 0
    for found in _TOKEN.finditer(text):
        pieces.append(str(escape(text[at : found.start()])))
        pieces.append(_span(found))
        at = found.end()
    pieces.append(str(escape(text[at:])))
    if cut > 0:
        pieces.append(f'\n<span class="json-cut">… {cut:,} characters more</span>')
    return Markup("".join(pieces))


def _span(found: re.Match[str]) -> str:
    kind = found.lastgroup or ""
    if found["colon"]:
        return f'<span class="json-key">{escape(found["text"])}</span>:'
    return f'<span class="json-{kind}">{escape(found[kind])}</span>'
