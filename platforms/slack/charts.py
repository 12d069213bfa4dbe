"""Figures as Slack's picture, or as a table where a workspace draws none.

https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
"""

from enum import Enum, auto

from conversation.messages import Chart
from platforms.slack import limits
from platforms.slack.rich_text import Json, paragraph

__all__ = ["Drawing", "chart_blocks"]


class Drawing(Enum):
    """How figures are shown."""

    PICTURE = auto()
    """As a picture, which Slack refuses (`invalid_blocks`) where it is not rolled out."""
    TABLE = auto()
    WORDS = auto()


_MOST = {
    Drawing.PICTURE: limits.CHARTS_IN_MESSAGE,
    Drawing.TABLE: limits.TABLES_IN_MESSAGE,
    Drawing.WORDS: 0,
}


def chart_blocks(chart: Chart, drawing: Drawing, before: int) -> list[Json]:
    """The chart as blocks; `before` it the message has so many. Too many are said in words."""
    if before >= _MOST[drawing]:
        return paragraph((chart.words,), {})
    return [_picture(chart) if drawing is Drawing.PICTURE else _table(chart)]


def _picture(chart: Chart) -> Json:
    labels = [_short(label, limits.CHART_LABEL) for label in chart.labels][: limits.CHART_POINTS]
    series = [
        {
            "name": _short(one.name, limits.CHART_LABEL),
            "data": [
                {"label": label, "value": _number(figure)}
                # A chart of more points than Slack draws keeps the first ones.
                for label, figure in zip(labels, one.figures, strict=False)
            ],
        }
        for one in chart.series[: limits.CHART_SERIES]
    ]
    drawn = {
        "type": str(chart.kind),
        "series": series,
        "axis_config": {"categories": labels},
    }
    title = _short(chart.title, limits.CHART_TITLE)
    return {"type": "data_visualization", "title": title, "chart": drawn}


def _table(chart: Chart) -> Json:
    head = [chart.title, *(one.name for one in chart.series)]
    figures = zip(chart.labels, *(one.figures for one in chart.series), strict=True)
    rows = [[label, *(f"{_number(figure)}" for figure in row)] for label, *row in figures]
    return {
        "type": "table",
        "rows": [
            [{"type": "raw_text", "text": cell} for cell in row]
            for row in [head, *rows][: limits.TABLE_ROWS]
        ],
    }


def _number(figure: float) -> int | float:
    return int(figure) if figure == int(figure) else figure


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
