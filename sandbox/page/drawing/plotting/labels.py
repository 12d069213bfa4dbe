"""Words under an axis so that none lies on another: side by side, in lines, or on a slant."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

__all__ = ["LINE", "SIZE", "Labels", "labels_for", "shortened", "width_of"]

SIZE = 12.0
LINE = 15.0

_GAP = 6.0
_LINES = 3
_LONGEST = 20  # Characters, as many as Slack takes; all of a longer one is in the table.
_SLANT = 50
_APART = LINE / math.sin(math.radians(_SLANT))


@dataclass(frozen=True)
class Labels:
    """How the labels of an axis stand: `lines` of each, or on a slant; only each `every`-th."""

    lines: tuple[tuple[str, ...], ...]
    slanted: bool
    every: int
    height: float

    @property
    def reach(self) -> float:
        """How far the first label reaches to the left of its category."""
        if not self.slanted or not self.lines:
            return 0.0
        return width_of(self.lines[0][0]) * math.cos(math.radians(_SLANT)) + _GAP

    def draw(self, index: int, x: float, y: float) -> Markup:
        """The label of category `index`, its middle (or, on a slant, its end) at x."""
        if index % self.every:
            return Markup("")
        if self.slanted:
            return Markup(
                '<text class="chart-label" x="{0}" y="{1}" text-anchor="end"'
                ' transform="rotate(-{2} {0} {1})">{3}</text>'
            ).format(round(x + 4, 2), round(y + 4, 2), _SLANT, self.lines[index][0])
        return Markup("").join(
            Markup('<text class="chart-label" x="{}" y="{}" text-anchor="middle">{}</text>').format(
                x, round(y + 4 + number * LINE, 2), line
            )
            for number, line in enumerate(self.lines[index])
        )


def width_of(text: str) -> float:
    """How wide a text is about, in the size of labels; rather too wide than too narrow."""
    return sum(_width(character) for character in text) * SIZE


def shortened(text: str, most: int) -> str:
    """The text, or its beginning with an ellipsis."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def labels_for(categories: Sequence[str], slot: float) -> Labels:
    """How the categories are written, each above `slot` units of the axis."""
    if whole := _all_wrapped(categories, slot - _GAP):
        most = max(len(lines) for lines in whole)
        # Alike where it costs no line: not "5 Oct" in one line beside "12" above "Oct".
        tight = _all_wrapped(categories, _widest_word(categories))
        if most > 1 and tight and max(len(lines) for lines in tight) == most:
            whole = tight
        return Labels(whole, slanted=False, every=1, height=most * LINE)
    short = tuple((shortened(category, _LONGEST),) for category in categories)
    widest = max((width_of(line[0]) for line in short), default=0.0)
    height = widest * math.sin(math.radians(_SLANT)) + LINE
    every = max(1, math.ceil(_APART / slot))
    return Labels(short, slanted=True, every=every, height=height)


def _all_wrapped(texts: Sequence[str], width: float) -> tuple[tuple[str, ...], ...] | None:
    wrapped = [_wrapped(text, width) for text in texts]
    whole = tuple(lines for lines in wrapped if lines is not None)
    return whole if len(whole) == len(wrapped) else None


def _widest_word(texts: Sequence[str]) -> float:
    return max((width_of(word) for text in texts for word in text.split()), default=0.0)


def _wrapped(text: str, width: float) -> tuple[str, ...] | None:
    """The text in lines of at most `width`; None where a word is wider, or the lines too many."""
    lines: list[str] = []
    for word in text.split() or [""]:
        if width_of(word) > width:
            return None
        if lines and width_of(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines) if len(lines) <= _LINES else None


def _width(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1.05
    if unicodedata.combining(character):
        return 0.0
    if character in " .,:;'|!ijlI()[]tf":
        return 0.33
    return 0.9 if character in "mwMW@%" else 0.68 if character.isupper() else 0.58
