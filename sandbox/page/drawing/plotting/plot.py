"""Lines, bars and areas over an axis of categories."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from sandbox.page.drawing.plotting.figures import Figures, told
from sandbox.page.drawing.plotting.labels import LINE, Labels, labels_for, width_of
from sandbox.page.drawing.plotting.marks import DASHES, KINDS, glyph, hatched
from sandbox.page.drawing.plotting.scale import Scale, scale_for

__all__ = ["plot"]

_HEIGHT = 180.0  # of the plot alone; labels come beneath it
_TOP = 20.0
_RIGHT = 8.0
_WIDEST_BAR = 48.0
_FULLEST = 0.72  # of a category's slot is taken by its bars
_BOLD = 1.25  # as wide as the words of labels, with a little room
_MOST_MARKED = 60  # points: of more, only every other has its shape


@dataclass(frozen=True)
class _Field:
    """The plot's place, its scale, and where each category is."""

    figures: Figures
    scale: Scale
    labels: Labels
    left: float
    right: float

    @property
    def slot(self) -> float:
        return (self.right - self.left) / max(len(self.figures.categories), 1)

    def x(self, index: float) -> float:
        """The middle of a category's slot."""
        return round(self.left + (index + 0.5) * self.slot, 2)


def plot(figures: Figures, kind: str, width: float) -> tuple[Markup, float]:
    """What is within the SVG, `width` units wide, and its height."""
    field = _field(figures, kind, width)
    inside = Markup("").join([*_axes(field), *_KINDS[kind](field)])
    return inside, round(field.scale.bottom + field.labels.height + 8, 1)


def _field(figures: Figures, kind: str, width: float) -> _Field:
    said = kind == "bar" and len(figures.series) == 1
    scale = scale_for(
        figures.drawn,
        _TOP,
        _TOP + _HEIGHT,
        from_zero=kind != "line",
        below=LINE if said else 0.0,
    )
    left = max(width_of(words) for words in scale.words()) + 10
    count = max(len(figures.categories), 1)
    slot = (width - left - _RIGHT) / count
    left = max(left, labels_for(figures.categories, slot).reach - slot / 2)
    labels = labels_for(figures.categories, (width - left - _RIGHT) / count)
    return _Field(figures, scale, labels, round(left, 2), width - _RIGHT)


def _axes(field: _Field) -> Iterator[Markup]:
    scale = field.scale
    for tick, words in zip(scale.ticks, scale.words(), strict=True):
        y = scale.y(tick)
        yield Markup(
            '<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>'
            '<text class="chart-tick" x="{}" y="{}" text-anchor="end">{}</text>'
        ).format(
            "chart-zero" if tick == 0 else "chart-rule",
            field.left,
            y,
            field.right,
            y,
            field.left - 6,
            y + 4,
            words,
        )
    for index in range(len(field.figures.categories)):
        yield field.labels.draw(index, field.x(index), scale.bottom + 12)


def _bars(field: _Field) -> Iterator[Markup]:
    count = max(len(field.figures.series), 1)
    width = min(field.slot * _FULLEST / count, _WIDEST_BAR)
    gap = min(2.0, width / 5) if count > 1 else 0.0
    ground = field.scale.ground
    for number, series in enumerate(field.figures.series):
        for index, figure in enumerate(series.drawn):
            if figure is None:
                continue
            x = round(field.x(index) + (number - count / 2) * width, 2)
            y = field.scale.y(figure)
            if y != ground:
                height = round(abs(ground - y), 2)
                yield hatched(number, x, min(y, ground), round(width - gap, 2), height)
    if count == 1:
        yield from _said(field)


def _said(field: _Field) -> Iterator[Markup]:
    """The figures at the ends of the bars of an only series, where there is room for all."""
    for series in field.figures.series:
        words = [told(figure) for figure in series.figures]
        if any(width_of(word) * _BOLD > field.slot for word in words):
            return
        for index, (figure, word) in enumerate(zip(series.drawn, words, strict=True)):
            if figure is not None:
                y = field.scale.y(figure)
                yield Markup(
                    '<text class="chart-said" x="{}" y="{}" text-anchor="middle">{}</text>'
                ).format(field.x(index), round(y + LINE if figure < 0 else y - 5, 2), word)


def _lines(field: _Field) -> Iterator[Markup]:
    points = len(field.figures.drawn)
    for number, series in enumerate(field.figures.series):
        for run in _runs(series.drawn):
            if len(run) > 1:
                yield Markup(
                    '<path class="chart-line chart-{}" d="{}" stroke-dasharray="{}"/>'
                ).format(number % KINDS + 1, _path(field, run), DASHES[number % KINDS])
    for number, series in enumerate(field.figures.series):
        marked = [pair for run in _runs(series.drawn) for pair in run]
        for place, (index, figure) in enumerate(marked):
            if points <= _MOST_MARKED or place % 2 == number % 2:
                yield glyph(number, field.x(index), field.scale.y(figure), 4)


def _areas(field: _Field) -> Iterator[Markup]:
    ground = field.scale.ground
    for number, series in enumerate(field.figures.series):
        for run in _runs(series.drawn):
            first, last = field.x(run[0][0]), field.x(run[-1][0])
            yield Markup('<path class="chart-area chart-{}" d="{}L{} {}L{} {}Z"/>').format(
                number % KINDS + 1, _path(field, run), last, ground, first, ground
            )
    yield from _lines(field)


def _path(field: _Field, run: Sequence[tuple[int, float]]) -> str:
    return "M" + "L".join(f"{field.x(index)} {field.scale.y(figure)}" for index, figure in run)


def _runs(figures: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """The points between gaps."""
    points = [(index, figure) for index, figure in enumerate(figures) if figure is not None]
    runs: list[list[tuple[int, float]]] = [points[:1]] if points else []
    for before, point in pairwise(points):
        if point[0] == before[0] + 1:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


_KINDS: dict[str, Callable[[_Field], Iterator[Markup]]] = {
    "line": _lines,
    "bar": _bars,
    "area": _areas,
}
