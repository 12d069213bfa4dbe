"""The `rich_text` block, and whatever else holds its elements.

https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from markupsafe import Markup, escape

from sandbox.emoji import emoji
from sandbox.page.drawing import mentions
from sandbox.page.drawing.dates import slack_date
from sandbox.page.drawing.eyes import Eyes
from sandbox.page.drawing.links import link
from sandbox.page.drawing.mrkdwn import plain, shown_emoji
from sandbox.records import Json

__all__ = ["DRAWN_INLINE", "DRAWN_RICH_TEXT", "rich_text"]


# Outermost last: a struck bold word is <s><strong>…</strong></s>.
_STYLES = {
    "code": "code",
    "underline": "u",
    "italic": "em",
    "bold": "strong",
    "strike": "s",
    "highlight": "mark",
    "client_highlight": "mark",
}
_DEEPEST = 8
_COLOUR = re.compile("#[0-9a-fA-F]{6}")
_UNICODE = re.compile("[0-9a-fA-F]{2,6}(?:-[0-9a-fA-F]{2,6})*")


def rich_text(block: Json, eyes: Eyes) -> Markup:
    """Sections, lists, quotations and code, in their order: flow content."""
    return Markup("").join(_outer(element, eyes) for element in block.get("elements", []))


def _outer(element: Json, eyes: Eyes) -> Markup:
    draw = _OUTER.get(str(element.get("type")))
    return draw(element, eyes) if draw else _undrawn(element)


def _section(element: Json, eyes: Eyes) -> Markup:
    return Markup('<div class="section-text">{}</div>').format(_inline(element, eyes))


def _quote(element: Json, eyes: Eyes) -> Markup:
    return Markup("<blockquote>{}</blockquote>").format(_inline(element, eyes))


def _preformatted(element: Json, eyes: Eyes) -> Markup:
    return _bordered(element, Markup("<pre>{}</pre>").format(_inline(element, eyes)))


def _list(element: Json, eyes: Eyes) -> Markup:
    """One list; Slack sends one for each run of items that are as deep, with the count so far."""
    depth = min(int(element.get("indent") or 0), _DEEPEST)
    items = Markup("").join(
        Markup("<li>{}</li>").format(_inline(section, eyes))
        for section in element.get("elements", [])
    )
    if element.get("style") == "ordered":
        first = int(element.get("offset") or 0) + 1
        shown = Markup('<ol class="indent-{}" start="{}">{}</ol>').format(depth, first, items)
    else:
        shown = Markup('<ul class="indent-{}">{}</ul>').format(depth, items)
    return _bordered(element, shown)


def _bordered(element: Json, shown: Markup) -> Markup:
    if not element.get("border"):
        return shown
    return Markup('<div class="bordered">{}</div>').format(shown)


def _undrawn(element: Json) -> Markup:
    kind = str(element.get("type"))
    return Markup(
        '<span class="undrawn" data-undrawn="{0}">'
        "This page can't draw rich text of the type “{0}”.</span>"
    ).format(kind)


# -- within a line ---------------------------------------------------------------------------------


def _inline(element: Json, eyes: Eyes) -> Markup:
    return Markup("").join(_run(one, eyes) for one in element.get("elements", []))


def _run(element: Json, eyes: Eyes) -> Markup:
    draw = _INLINE.get(str(element.get("type")))
    if draw is None:
        return _undrawn(element)
    return _styled(draw(element, eyes), element.get("style") or {})


def _styled(shown: Markup, style: Mapping[str, object]) -> Markup:
    tags = dict.fromkeys(tag for name, tag in _STYLES.items() if style.get(name))
    for tag in tags:
        shown = Markup("<{0}>{1}</{0}>").format(Markup(tag), shown)
    return shown


def _text(element: Json, eyes: Eyes) -> Markup:
    return plain(str(element.get("text", "")), eyes, emoji=False)


def _link(element: Json, eyes: Eyes) -> Markup:
    url = str(element.get("url", ""))
    return link(url, plain(str(element.get("text") or url), eyes, emoji=False))


def _emoji(element: Json, eyes: Eyes) -> Markup:
    del eyes
    name = str(element.get("name", ""))
    tone = element.get("skin_tone")
    toned = f"{name}::skin-tone-{tone}" if isinstance(tone, int) and tone > 1 else name
    code = str(element.get("unicode", ""))
    if emoji(toned) is None and _UNICODE.fullmatch(code):
        points = [int(point, 16) for point in code.split("-")]
        if all(0x20 < point < 0x110000 and not 0xD800 <= point < 0xE000 for point in points):
            return escape("".join(map(chr, points)))
    return shown_emoji(toned)


def _date(element: Json, eyes: Eyes) -> Markup:
    return slack_date(
        element.get("timestamp", 0),
        str(element.get("format", "")),
        str(element.get("fallback") or ""),
        eyes,
        link=element.get("url"),
        zone=element.get("timezone"),
    )


def _color(element: Json, eyes: Eyes) -> Markup:
    del eyes
    value = str(element.get("value", ""))
    if not _COLOUR.fullmatch(value):
        return escape(value)
    return Markup(
        '<span class="colour"><svg class="swatch" width="12" height="12" aria-hidden="true">'
        '<rect width="12" height="12" rx="3" fill="{0}"/></svg> {0}</span>'
    ).format(value)


def _broadcast(element: Json, eyes: Eyes) -> Markup:
    del eyes
    return mentions.broadcast(str(element.get("range", "")))


_Draws = Callable[[Json, Eyes], Markup]
_INLINE: dict[str, _Draws] = {
    "text": _text,
    "link": _link,
    "emoji": _emoji,
    "date": _date,
    "color": _color,
    "broadcast": _broadcast,
    "user": lambda element, eyes: mentions.person(str(element.get("user_id", "")), eyes),
    "channel": lambda element, eyes: mentions.channel(str(element.get("channel_id", "")), eyes),
    "usergroup": lambda element, eyes: mentions.group(str(element.get("usergroup_id", ""))),
    "team": lambda element, eyes: escape(str(element.get("team_id", ""))),
}
_OUTER: dict[str, _Draws] = {
    "rich_text_section": _section,
    "rich_text_list": _list,
    "rich_text_quote": _quote,
    "rich_text_preformatted": _preformatted,
}
DRAWN_INLINE = frozenset(_INLINE)
DRAWN_RICH_TEXT = frozenset(_OUTER)
