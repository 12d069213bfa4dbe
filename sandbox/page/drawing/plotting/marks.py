"""What tells one series from another besides its colour: a shape, a dash, a hatching.

Hatching is drawn line by line instead of by an SVG pattern: a pattern has an id, and a page holds
many charts, some of them hidden, where a pattern of theirs would not be found.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

__all__ = ["DASHES", "glyph", "hatched", "swatch"]

KINDS = 6

DASHES = ("", "7 4", "2 4", "10 4 2 4", "12 5", "5 3 1 3 1 3")
"""`stroke-dasharray` by series; the first line is whole."""

_GLYPHS = (
    "M-1 0A1 1 0 1 0 1 0A1 1 0 1 0-1 0Z",  # a disc
    "M-.9-.9H.9V.9H-.9Z",  # a square
    "M0-1.15L1.1.85H-1.1Z",  # a triangle
    "M0-1.25L1.25 0 0 1.25-1.25 0Z",  # a diamond
    "M-.4-1.2H.4V-.4H1.2V.4H.4V1.2H-.4V.4H-1.2V-.4H-.4Z",  # a cross
    "M0 1.15L1.1-.85H-1.1Z",  # a triangle on its head
)


def glyph(series: int, x: float, y: float, size: float, cls: str = "chart-glyph") -> Markup:
    """The series' shape, about `size` to each side of its middle."""
    return Markup(
        '<path class="{} chart-{}" d="{}" transform="translate({} {}) scale({})"/>'
    ).format(cls, series % KINDS + 1, _GLYPHS[series % KINDS], x, y, size)


def hatched(series: int, x: float, y: float, width: float, height: float) -> Markup:
    """A bar of the series: its colour, with the hatching that is its own."""
    kind = series % KINDS
    hollow = kind == KINDS - 1
    inset = min(1.0, width / 4, height / 2) if hollow else 0.0
    bar = Markup(
        '<rect class="chart-bar{} chart-{}" x="{}" y="{}" width="{}" height="{}"/>'
    ).format(
        " hollow" if hollow else "",
        kind + 1,
        round(x + inset, 2),
        round(y + inset, 2),
        round(max(width - 2 * inset, 0.5), 2),
        round(max(height - 2 * inset, 0.5), 2),
    )
    lines = " ".join(_hatching(kind, x, y, width, height))
    return bar + (Markup('<path class="chart-hatch" d="{}"/>').format(lines) if lines else "")


def swatch(series: int, kind: str) -> Markup:
    """The series as the legend shows it: a piece of its bar, its line with its shape, its shape."""
    if kind == "bar":
        inside = hatched(series, 2, 2, 20, 12)
    elif kind == "pie":
        inside = glyph(series, 12, 8, 6)
    else:
        inside = Markup(
            '<line class="chart-line chart-{}" x1="0" y1="8" x2="24" y2="8" stroke-dasharray="{}"/>'
        ).format(series % KINDS + 1, DASHES[series % KINDS]) + glyph(series, 12, 8, 4)
    return Markup(
        '<svg class="chart-swatch" width="24" height="16" viewBox="0 0 24 16" aria-hidden="true">'
        "{}</svg>"
    ).format(inside)


def _hatching(kind: int, x: float, y: float, width: float, height: float) -> Iterator[str]:
    right, bottom = round(x + width, 2), round(y + height, 2)
    if kind in (1, 4):  # across
        for at in _every(y, height, 5):
            yield f"M{x} {at}H{right}"
    if kind in (2, 4):  # upright
        for at in _every(x, width, 5):
            yield f"M{at} {y}V{bottom}"
    if kind == 3:  # dots, as short dashes
        for row in _every(y, height, 5):
            for at in _every(x, width, 5):
                yield f"M{round(at - 1, 2)} {row}h2"


def _every(start: float, length: float, step: float) -> Iterator[float]:
    """Points `step` apart, the first and the last as far from the ends."""
    count = int(length // step)
    if count:
        margin = (length - (count - 1) * step) / 2
        for number in range(count):
            yield round(start + margin + number * step, 2)
