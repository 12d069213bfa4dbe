"""A pie: from twelve o'clock on, as the clock goes; each slice with its own shape."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from sandbox.page.drawing.plotting.figures import Figure, tamed
from sandbox.page.drawing.plotting.marks import KINDS, glyph

__all__ = ["pie", "shares", "told_share"]

_RADIUS = 90.0
_MIDDLE = 110.0
_SMALL = 0.06  # of the whole: a slice of less has its shape beside it


def pie(figures: Sequence[Figure]) -> tuple[Markup, float]:
    """What is within the SVG, and its side."""
    return Markup("").join(_slices(figures)), 2 * _MIDDLE


def shares(figures: Sequence[Figure]) -> list[float]:
    """The part of the whole that each is; nothing where all are nothing."""
    sizes = [tamed(figure) for figure in figures]
    most = max(sizes, default=0.0)
    if not most:
        return [0.0 for _ in figures]
    # Against the largest first, so that no sum of huge figures is endless.
    parts = [size / most for size in sizes]
    whole = math.fsum(parts)
    return [part / whole for part in parts]


def told_share(share: float) -> str:
    """A share in percent: `12%`, `0.4%`, `<0.1%`."""
    percent = share * 100
    if 0 < percent < 0.1:
        return "<0.1%"
    return f"{percent:.1f}%" if 0 < percent < 1 or 99 < percent < 100 else f"{percent:.0f}%"


def _slices(figures: Sequence[Figure]) -> Iterator[Markup]:
    parts = shares(figures)
    if not any(parts):
        yield Markup('<circle class="chart-nothing" cx="{0}" cy="{0}" r="{1}"/>').format(
            _MIDDLE, _RADIUS
        )
    begun = 0.0
    for number, part in enumerate(parts):
        if part > 0:
            yield _slice(number, begun, part)
            begun += part
    begun = 0.0
    for number, part in enumerate(parts):
        if part > 0:
            outside = part < _SMALL
            x, y = _at(begun + part / 2, _RADIUS + 11 if outside else _RADIUS * 0.68)
            yield glyph(number, x, y, 6, "chart-glyph" if outside else "chart-glyph within")
            begun += part


def _slice(number: int, begun: float, part: float) -> Markup:
    if part > 0.9999:
        return Markup('<circle class="chart-slice chart-{}" cx="{}" cy="{}" r="{}"/>').format(
            number % KINDS + 1, _MIDDLE, _MIDDLE, _RADIUS
        )
    x1, y1 = _at(begun, _RADIUS)
    x2, y2 = _at(begun + part, _RADIUS)
    return Markup(
        '<path class="chart-slice chart-{0}" d="M{1} {1}L{2} {3}A{4} {4} 0 {5} 1 {6} {7}Z"/>'
    ).format(number % KINDS + 1, _MIDDLE, x1, y1, _RADIUS, int(part > 0.5), x2, y2)


def _at(turn: float, distance: float) -> tuple[float, float]:
    angle = 2 * math.pi * turn
    return (
        round(_MIDDLE + distance * math.sin(angle), 2),
        round(_MIDDLE - distance * math.cos(angle), 2),
    )
