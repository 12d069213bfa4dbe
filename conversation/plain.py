"""Messages as plain text, for a terminal or a page: no platform, every person by name."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping

from conversation.messages import (
    Block,
    Bold,
    Bullets,
    Buttons,
    Channel,
    Chart,
    Divider,
    Heading,
    Italic,
    Line,
    MessageLink,
    Moment,
    Note,
    Paragraph,
    Person,
    Quote,
    Span,
)

__all__ = ["as_plain", "wrapped"]

_WIDTH = 96
_A_CHANNEL = "the channel"


def as_plain(
    blocks: Iterable[Block], names: Mapping[str, str], channel: str = _A_CHANNEL
) -> Iterator[str]:
    """The blocks, line by line: words of people behind a bar, buttons in brackets.

    `names` are people's by id: an id without one is shown itself. `channel` stands for any channel.
    """
    for block in blocks:
        match block:
            case Heading(text):
                yield from ("", f"# {text}")
            case Paragraph(line):
                yield from wrapped(_plain(line, names, channel))
            case Note(line):
                yield from wrapped(_plain(line, names, channel), "  ")
            case Bullets(lines):
                for one in lines:
                    yield from wrapped(_plain(one, names, channel), "• ", "  ")
            case Quote(words, by):
                who = f" ({names.get(by, by)})" if by else ""
                yield from wrapped(f"{words}{who}", "| ")
            case Divider():
                yield "-" * 8
            case Buttons(buttons):
                yield from wrapped(" ".join(f"[{one.label}]" for one in buttons))
            case Chart():
                yield from wrapped(block.words, "~ ", "  ")


def wrapped(text: str, first: str = "", later: str | None = None) -> list[str]:
    """The text in lines that fit: the first begins with `first`, the others with `later`.

    Without `later`, every line begins with `first`.
    """
    lines: list[str] = []
    for number, part in enumerate(text.split("\n")):
        begin = first if number == 0 or later is None else later
        folded = textwrap.wrap(
            part,
            _WIDTH,
            initial_indent=begin,
            subsequent_indent=first if later is None else later,
        )
        lines += folded or [begin.rstrip()]
    return lines


def _plain(line: Line, names: Mapping[str, str], channel: str) -> str:
    return "".join(_span(one, names, channel) for one in line)


def _span(span: Span, names: Mapping[str, str], channel: str) -> str:
    match span:
        case str():
            return span
        case Bold(text) | Italic(text) | MessageLink(text):
            return text
        case Person(user):
            return names.get(user, user)
        case Channel():
            return channel
        case Moment():
            return span.fallback
