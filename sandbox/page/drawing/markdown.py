"""The text of a `markdown` block: the part of Markdown that apps write.

Headings, paragraphs, lists of one level, quotes, code, rules; bold, italic, struck, code and links.
https://docs.slack.dev/reference/block-kit/blocks/markdown-block
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from urllib.parse import urlsplit

from markupsafe import Markup, escape

__all__ = ["markdown"]

_FENCE = re.compile(r"^```[^\n]*\n(.*?)(?:^```[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_LINES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("rule", re.compile(r"[ ]{0,3}(?:-{3,}|\*{3,}|_{3,})[ ]*$()")),
    ("heading", re.compile(r"#{1,6}[ ]+(.*)$")),
    ("quote", re.compile(r"[ ]{0,3}>[ ]?(.*)$")),
    ("bullets", re.compile(r"[ ]*[-*+][ ]+(.*)$")),
    ("numbers", re.compile(r"[ ]*\d{1,9}[.)][ ]+(.*)$")),
    ("blank", re.compile(r"[ \t]*$()")),
)
_INLINE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|!?\[(?P<label>[^\[\]\n]*)\]\((?P<url>[^()\s]+)\)"
    r"|\*\*(?P<bold>\S(?:.*?\S)?)\*\*|__(?P<bold2>\S(?:.*?\S)?)__"
    r"|~~(?P<struck>\S(?:.*?\S)?)~~"
    r"|\*(?P<italic>[^\s*](?:[^*]*[^\s*])?)\*|\b_(?P<italic2>[^\s_](?:[^_]*[^\s_])?)_\b"
)
_TAGS = {
    "bold": "strong",
    "bold2": "strong",
    "italic": "em",
    "italic2": "em",
    "struck": "s",
}


def markdown(text: str) -> Markup:
    """A text as HTML, escaped."""
    parts: list[Markup] = []
    at = 0
    for fence in _FENCE.finditer(text):
        parts += _blocks(text[at : fence.start()])
        parts.append(Markup("<pre><code>{}</code></pre>").format(fence[1]))
        at = fence.end()
    parts += _blocks(text[at:])
    return Markup('<div class="markdown">{}</div>').format(Markup("").join(parts))


def _blocks(text: str) -> Iterator[Markup]:
    kinds = map(_kind, text.splitlines())
    for kind, lines in groupby(kinds, key=lambda line: line[0]):
        yield from _DRAWN[kind]([_inline(words) for _, words in lines])


def _kind(line: str) -> tuple[str, str]:
    for kind, pattern in _LINES:
        if found := pattern.match(line):
            return kind, found[1]
    return "words", line


def _each(form: str) -> Callable[[list[Markup]], list[Markup]]:
    return lambda lines: [Markup(form).format(line) for line in lines]


def _all(
    form: str, between: str = "<br>", line: str = "{}"
) -> Callable[[list[Markup]], list[Markup]]:
    return lambda lines: [
        Markup(form).format(Markup(between).join(Markup(line).format(one) for one in lines))
    ]


_DRAWN: dict[str, Callable[[list[Markup]], list[Markup]]] = {
    "rule": _each("<hr>"),
    "heading": _each("<h3>{}</h3>"),
    "quote": _all("<blockquote>{}</blockquote>"),
    "bullets": _all("<ul>{}</ul>", "", "<li>{}</li>"),
    "numbers": _all("<ol>{}</ol>", "", "<li>{}</li>"),
    "blank": lambda lines: [],
    "words": _all("<p>{}</p>"),
}


def _inline(text: str) -> Markup:
    drawn, at = Markup(""), 0
    for found in _INLINE.finditer(text):
        drawn += escape(text[at : found.start()]) + _marked(found)
        at = found.end()
    return drawn + escape(text[at:])


def _marked(found: re.Match[str]) -> Markup:
    if found["code"]:
        return Markup("<code>{}</code>").format(found["code"])
    if found["url"]:
        if urlsplit(found["url"]).scheme.lower() not in {"http", "https", "mailto"}:
            return escape(found[0])
        link = Markup('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>')
        return link.format(found["url"], found["label"] or found["url"])
    name = str(found.lastgroup)
    return Markup("<{0}>{1}</{0}>").format(Markup(_TAGS[name]), _inline(found[name]))
