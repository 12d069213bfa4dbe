"""The `data_visualization` block as a picture, with the same figures as a table.

https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from sandbox.page.drawing.plotting.figures import Figures, read_segments, read_series, told
from sandbox.page.drawing.plotting.marks import swatch
from sandbox.page.drawing.plotting.pie import pie, shares, told_share
from sandbox.page.drawing.plotting.plot import plot
from sandbox.page.drawing.scrolling import scrolling
from sandbox.records import Json

__all__ = ["DRAWN_CHARTS", "chart"]


DRAWN_CHARTS = frozenset({"line", "bar", "area", "pie"})

_WIDTHS = (("narrow", 270.0), ("wide", 540.0))


def chart(block: Json) -> Markup:
    """A figure: title, picture, legend, and the figures as a table that opens."""
    title = str(block.get("title") or "Chart")
    what = block.get("chart") or {}
    kind = str(what.get("type"))
    if kind == "pie":
        return _pie(title, what)
    if kind in DRAWN_CHARTS:
        return _plotted(title, kind, what)
    return Markup(
        '<p class="undrawn" data-undrawn="{0}">This page can\'t draw a chart of the type “{0}”.</p>'
    ).format(kind)


def _plotted(title: str, kind: str, what: Json) -> Markup:
    figures = read_series(what)
    axes = what.get("axis_config") or {}
    pictures = Markup("").join(
        _svg(name, _summary(title, kind, figures), width, *plot(figures, kind, width))
        for name, width in _WIDTHS
    )
    across, upwards = str(axes.get("x_label") or ""), str(axes.get("y_label") or "")
    names = [series.name for series in figures.series]
    return _figure(
        title,
        _axis("chart-upwards", upwards) + pictures + _axis("chart-across", across),
        _legend(kind, names) if len(names) > 1 else Markup(""),
        _table(
            title,
            [across or "", *names],
            (
                [category, *(told(series.figures[at]) for series in figures.series)]
                for at, category in enumerate(figures.categories)
            ),
        ),
    )


def _pie(title: str, what: Json) -> Markup:
    segments = read_segments(what)
    figures = [figure for _, figure in segments]
    parts = [told_share(share) for share in shares(figures)]
    inside, side = pie(figures)
    rows = [
        (label, told(figure), part) for (label, figure), part in zip(segments, parts, strict=True)
    ]
    about = f"Pie chart, {title}: " + ", ".join(f"{label} {part}" for label, _, part in rows)
    return _figure(
        title,
        _svg("pie", about, side, inside, side),
        _legend("pie", [f"{label}: {figure} ({part})" for label, figure, part in rows]),
        _table(title, ["", "Value", "Share"], rows),
    )


def _figure(title: str, picture: Markup, legend: Markup, table: Markup) -> Markup:
    return Markup(
        '<figure class="chart"><figcaption>{}</figcaption>{}{}'
        "<details><summary>The figures as a table</summary>{}</details></figure>"
    ).format(title, picture, legend, table)


def _svg(name: str, about: str, width: float, inside: Markup, height: float) -> Markup:
    return Markup(
        '<svg class="chart-picture {}" role="img" aria-label="{}" viewBox="0 0 {:g} {:g}">{}</svg>'
    ).format(name, about, width, height, inside)


def _axis(cls: str, label: str) -> Markup:
    return Markup('<p class="chart-axis {}">{}</p>').format(cls, label) if label else Markup("")


def _legend(kind: str, names: Sequence[str]) -> Markup:
    items = Markup("").join(
        Markup("<li>{}<span>{}</span></li>").format(swatch(number, kind), name)
        for number, name in enumerate(names)
    )
    return Markup('<ul class="chart-legend">{}</ul>').format(items)


def _table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Markup:
    head = Markup("").join(
        Markup('<th scope="col">{}</th>').format(one) if one else Markup("<td></td>")
        for one in heads
    )
    body = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            first,
            Markup("").join(Markup('<td class="align-right">{}</td>').format(one) for one in rest),
        )
        for first, *rest in rows
    )
    return scrolling(
        f"Figures: {title}",
        Markup("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(head, body),
    )


def _summary(title: str, kind: str, figures: Figures) -> str:
    """What the picture shows, in a sentence: how much, the least and the most."""
    points = [
        (figure, category)
        for series in figures.series
        for category, figure in zip(figures.categories, series.figures, strict=True)
        if figure is not None
    ]
    about = f"{kind.capitalize()} chart, {title}"
    if not points:
        return f"{about}: no figures"
    (least, at_least), (most, at_most) = (
        min(points, key=lambda point: point[0]),
        max(points, key=lambda point: point[0]),
    )
    if least == most:
        return f"{about}: {told(most)} throughout"
    return f"{about}: from {told(least)} ({at_least}) to {told(most)} ({at_most})"
