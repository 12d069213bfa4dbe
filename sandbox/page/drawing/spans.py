"""Bold, italic and struck words within one line of mrkdwn.

Slack takes a mark for one only at a word's edge: `snake_case_name` and `2*3*4` stay as they are.
Marks that cross (`*a _b* c_`) make the first that closes; the other one stays as typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

__all__ = ["Piece", "styled"]

Piece = str | Markup
"""Words as written, or what is drawn already and only stands between them."""

_TAGS = {"*": "strong", "_": "em", "~": "s"}
_MARK = re.compile("[*_~]")
_EDGE = "\N{OBJECT REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class _Open:
    """A mark that may yet be closed: the drawn pieces from `at` on are within it."""

    mark: str
    at: int


def styled(pieces: Sequence[Piece], words: Callable[[str], Markup]) -> Markup:
    """The line with its marks as elements. `words` draws what is between them."""
    drawn: list[Markup] = []
    opened: list[_Open] = []
    for index, piece in enumerate(pieces):
        if isinstance(piece, Markup):
            drawn.append(piece)
            continue
        before = _EDGE if index else " "
        after = _EDGE if index < len(pieces) - 1 else " "
        start = 0
        for at, move in _moves(before + piece + after, opened):
            drawn.append(words(piece[start:at]))
            start = at + 1
            if move == "open":
                opened.append(_Open(piece[at], len(drawn)))
                drawn.append(words(piece[at]))
            else:
                _close(piece[at], drawn, opened)
        drawn.append(words(piece[start:]))
    return Markup("").join(drawn)


def _moves(text: str, opened: Sequence[_Open]) -> Iterator[tuple[int, Literal["open", "close"]]]:
    """The marks that do something, each asked about when those before it are done."""
    for match in _MARK.finditer(text, 1, len(text) - 1):
        mark, at = match[0], match.start()
        left, right = text[at - 1], text[at + 1]
        if any(one.mark == mark for one in opened):
            if left != mark and not left.isspace() and not right.isalnum():
                yield at - 1, "close"
        elif right != mark and not left.isalnum() and not right.isspace():
            yield at - 1, "open"


def _close(mark: str, drawn: list[Markup], opened: list[_Open]) -> None:
    """Put what is within the mark into its element; marks open within it stay as typed."""
    while opened[-1].mark != mark:
        opened.pop()
    at = opened.pop().at
    inside = Markup("").join(drawn[at + 1 :])
    drawn[at:] = [Markup("<{0}>{1}</{0}>").format(Markup(_TAGS[mark]), inside)]
