"""Lines, lists and quotes as rich text blocks: every word of a person is a literal text element.

https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from conversation.messages import (
    Bold,
    Channel,
    Italic,
    Line,
    MessageLink,
    Moment,
    Person,
    Quote,
    Span,
)
from platforms.slack.limits import RUN
from platforms.slack.links import address_of, is_channel

__all__ = [
    "A_CHANNEL",
    "DATE_FORMAT",
    "Json",
    "bullets",
    "merged",
    "name_of",
    "paragraph",
    "quote",
    "split",
]

Json = dict[str, Any]

DATE_FORMAT = "{date_short_pretty} at {time}"
A_CHANNEL = "the channel"
"""How a channel is called where its name can't be shown."""

_NOBODY_SEEN = "a colleague"


def name_of(user: str, names: Mapping[str, str]) -> str:
    """The name by which a person is shown, never their id."""
    return names.get(user) or _NOBODY_SEEN


def paragraph(line: Line, names: Mapping[str, str], site: str = "") -> list[Json]:
    """A line as blocks: one, or several where it is long; none where it is empty.

    `site` is the workspace's own address, without which links are plain words.
    """
    return [_block(_section(run)) for run in _runs(_inline(line, names, site))]


def quote(said: Quote, names: Mapping[str, str]) -> list[Json]:
    """A person's words as blocks, their name above them where it is told."""
    blocks = [
        _block({"type": "rich_text_quote", "elements": run})
        for run in _runs(iter([_text(said.words)] if said.words else []))
    ]
    if said.by is not None and blocks:
        name = _text(name_of(said.by, names), bold=True)
        blocks[0]["elements"].insert(0, _section([name]))
    return blocks


def bullets(lines: Iterable[Line], names: Mapping[str, str], site: str = "") -> list[Json]:
    """Lines as a list, in as many blocks as their length asks for; `site` as in a paragraph."""
    blocks: list[Json] = []
    held: list[Json] = []
    size = 0
    for section in (_section(list(_inline(line, names, site))) for line in lines):
        length = sum(len(_words(element)) for element in section["elements"])
        if held and size + length > RUN:
            blocks.append(_list(held))
            held, size = [], 0
        if section["elements"]:
            held.append(section)
            size += length
    return [*blocks, _list(held)] if held else blocks


def merged(blocks: Sequence[Json]) -> list[Json]:
    """The same content in fewer blocks: neighbouring rich text becomes one block."""
    result: list[Json] = []
    for block in blocks:
        before = result[-1] if result else None
        if before is None or not before["type"] == block["type"] == "rich_text":
            result.append(block)
            continue
        last, first = before["elements"][-1], block["elements"][0]
        elements = before["elements"]
        if last["type"] == first["type"] == "rich_text_section":
            broken = {**last, "elements": [*last["elements"], _text("\n")]}
            elements = [*elements[:-1], broken]
        result[-1] = {**before, "elements": [*elements, *block["elements"]]}
    return result


def split(text: str, most: int) -> Iterator[str]:
    """The text in parts of at most `most` characters, broken after white space where there is some.

    Put together, the parts are the text.
    """
    while len(text) > most:
        cut = max(text.rfind(" ", 0, most), text.rfind("\n", 0, most)) + 1 or most
        yield text[:cut]
        text = text[cut:]
    if text:
        yield text


def _inline(line: Line, names: Mapping[str, str], site: str) -> Iterator[Json]:
    for span in line:
        element = _element(span, names, site)
        if _words(element):
            yield element


def _element(span: Span, names: Mapping[str, str], site: str) -> Json:
    match span:
        case str():
            return _text(span)
        case Bold(text):
            return _text(text, bold=True)
        case Italic(text):
            return _text(text, italic=True)
        case Person(user):
            return _text(name_of(user, names))
        case Moment(at, fallback):
            return {
                "type": "date",
                "timestamp": int(at.timestamp()),
                "format": DATE_FORMAT,
                "fallback": fallback,
            }
        case Channel(channel) if is_channel(channel):
            return {"type": "channel", "channel_id": channel}
        case Channel():
            return _text(A_CHANNEL)
        case MessageLink(text):
            url = address_of(span, site)
            return {"type": "link", "url": url, "text": text} if url and text else _text(text)


def _runs(elements: Iterator[Json]) -> Iterator[list[Json]]:
    """Elements in groups of at most RUN characters."""
    run: list[Json] = []
    size = 0
    for element in elements:
        for part in _parts(element):
            length = len(_words(part))
            if run and size + length > RUN:
                yield run
                run, size = [], 0
            run.append(part)
            size += length
    if run:
        yield run


def _parts(element: Json) -> Iterator[Json]:
    if element["type"] in {"text", "link"}:
        for words in split(element["text"], RUN):
            yield {**element, "text": words}
    else:
        yield element


def _words(element: Json) -> str:
    """What stands for its length; a channel's name is known to Slack alone."""
    shown = {"text": "text", "link": "text", "date": "format", "channel": "channel_id"}
    words: str = element[shown[element["type"]]]
    return words


def _text(text: str, **style: bool) -> Json:
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def _section(elements: list[Json]) -> Json:
    return {"type": "rich_text_section", "elements": elements}


def _list(sections: list[Json]) -> Json:
    return _block({"type": "rich_text_list", "style": "bullet", "elements": sections})


def _block(element: Json) -> Json:
    return {"type": "rich_text", "elements": [element]}
