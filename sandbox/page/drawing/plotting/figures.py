"""The figures of a chart as its block has them, read leniently: what is no figure is a gap."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.records import Json

__all__ = ["Figure", "Figures", "Series", "read_segments", "read_series", "tamed", "told"]

Figure = int | float

_HUGE = 1e300
_TINY = 1e-300


@dataclass(frozen=True)
class Series:
    """One series: a figure, or None for a gap, at each category."""

    name: str
    figures: tuple[Figure | None, ...]

    @property
    def drawn(self) -> tuple[float | None, ...]:
        """The figures within what can be reckoned with."""
        return tuple(None if figure is None else tamed(figure) for figure in self.figures)


@dataclass(frozen=True)
class Figures:
    """A chart's categories, and its series over them."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]

    @property
    def drawn(self) -> tuple[float, ...]:
        """All figures there are, as drawn."""
        return tuple(one for series in self.series for one in series.drawn if one is not None)


def read_series(chart: Json) -> Figures:
    """The series of a line, bar or area chart over its categories."""
    axes = _mapping(chart.get("axis_config"))
    series = [_mapping(one) for one in _list(chart.get("series"))]
    points = [[_mapping(point) for point in _list(one.get("data"))] for one in series]
    categories = [str(one) for one in _list(axes.get("categories"))]
    for label in (str(point.get("label", "")) for data in points for point in data):
        if label not in categories:
            categories.append(label)
    return Figures(
        tuple(categories),
        tuple(
            Series(str(one.get("name", "")), _over(categories, data))
            for one, data in zip(series, points, strict=True)
        ),
    )


def read_segments(chart: Json) -> list[tuple[str, Figure]]:
    """The segments of a pie; what is less than nothing counts as nothing."""
    segments = [_mapping(one) for one in _list(chart.get("segments"))]
    figures = [(str(one.get("label", "")), _figure(one.get("value")) or 0) for one in segments]
    return [(label, max(figure, 0)) for label, figure in figures]


def told(figure: Figure | None) -> str:
    """A figure in full for reading: `1,234.5`; a dash for a gap."""
    if figure is None:
        return "–"  # noqa: RUF001 (a dash is meant)
    size = abs(tamed(figure))
    if size and not 1e-6 <= size < 1e15:
        return f"{tamed(figure):.4g}"
    if isinstance(figure, int) or figure.is_integer():
        return f"{int(figure):,}"
    return f"{figure:,.6f}".rstrip("0") if size < 1 else f"{figure:,.10g}"


def _over(categories: Sequence[str], data: Sequence[Json]) -> tuple[Figure | None, ...]:
    """A figure at each category: by place where the labels are those in their order, else by label.

    By place, since two categories may be called alike.
    """
    labels = [str(point.get("label", "")) for point in data]
    figures = [_figure(point.get("value")) for point in data]
    if labels == list(categories):
        return tuple(figures)
    by_label = dict(zip(labels, figures, strict=True))
    return tuple(by_label.get(category) for category in categories)


def _figure(value: object) -> Figure | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if isinstance(value, int) or math.isfinite(value) else None


def tamed(figure: Figure) -> float:
    """The figure within a range whose differences and quotients are still numbers."""
    if figure > _HUGE or figure < -_HUGE:
        return math.copysign(
            _HUGE, figure if isinstance(figure, float) else (1 if figure > 0 else -1)
        )
    return float(figure) if abs(figure) > _TINY else 0.0


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _mapping(value: object) -> Json:
    return dict(value) if isinstance(value, Mapping) else {}
